/** The service's calls, by the names the client's methods have. */
export const ENDPOINT_ROUTES = {
  register: { method: "POST", path: "/auths/signin/device" },
  activationStatus: { method: "GET", path: "/auths/signin/device/activation-status" },
  send: { method: "POST", path: "/chat/openclaw/completions" },
  query: { method: "POST", path: "/chat/openclaw/query" },
  balance: { method: "GET", path: "/credits/balance" },
  unreadInbound: { method: "GET", path: "/sms_messages/unread" },
  updateAnsweringPrompt: { method: "POST", path: "/users/phone/pollyreach/update" },
} as const;

/** One of the seven calls of the service. */
export type Endpoint = keyof typeof ENDPOINT_ROUTES;
