/** The characters a URL may have (RFC 3986), so that none can end a Markdown link or a line. */
const URL_CHARACTERS = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;

/**
 * The address if it is one a human may be sent to: http or https, of plain URL characters, and without a user name,
 * which can pass for the host. The text itself, unchanged.
 */
export function webLink(text: string | undefined): string | undefined {
  const address = text?.trim();
  if (!address || !URL_CHARACTERS.test(address)) return undefined;
  try {
    const { protocol, username, password } = new URL(address);
    return /^https?:$/.test(protocol) && !username && !password ? address : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a link stays on the service's own site. */
export function isOwnSite(link: string): boolean {
  const { hostname } = new URL(link);
  return hostname === "pollyreach.ai" || hostname.endsWith(".pollyreach.ai");
}
