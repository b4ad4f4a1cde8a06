import { ENDPOINTS, type EndpointName } from "../client/wire.js";

/** One of the seven calls of the service. */
export type Endpoint = EndpointName;

/** The prefix of today, and the one that older scripts use. */
export const PREFIXES = ["/platform/v1", "/api/v1"] as const;

/** What a request's method and path lead to. */
export type Route =
  | { found: true; endpoint: Endpoint }
  | { found: false; status: 404 | 405; endpoint: Endpoint | null };

/** Finds the endpoint; a query string does not matter. */
export function routeOf(method: string, path: string): Route {
  const [bare = ""] = path.split("?");
  const prefix = PREFIXES.find((candidate) => bare.startsWith(`${candidate}/`));
  const endpoint = endpointNames().find((name) => `${prefix}${ENDPOINTS[name].path}` === bare);
  if (endpoint === undefined) return { found: false, status: 404, endpoint: null };
  return ENDPOINTS[endpoint].method === method
    ? { found: true, endpoint }
    : { found: false, status: 405, endpoint };
}

/** All seven. */
export function endpointNames(): Endpoint[] {
  return Object.keys(ENDPOINTS) as Endpoint[];
}
