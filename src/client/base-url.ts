import { ConfigurationError } from "./errors.js";

/**
 * The base URL without a trailing slash.
 * @throws ConfigurationError unless it is https, or http to loopback, without user name, password, query or fragment.
 */
export function checkBaseUrl(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw new ConfigurationError("The base URL is not a URL.");
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError("The base URL must not contain a user name or password.");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new ConfigurationError("The base URL must not have a query or a fragment.");
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) {
    throw new ConfigurationError(
      `The base URL ${url.origin} would send the token in the clear: only https is allowed, except to loopback.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether calls through this base URL, as `checkBaseUrl` gives it, ring real phones: anything but loopback may. */
export function isLive(baseUrl: string): boolean {
  return !isLoopback(new URL(baseUrl).hostname);
}

/** On names and addresses as the URL parser writes them: `127.1` is `127.0.0.1` by then. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
