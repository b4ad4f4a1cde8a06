import { z } from "zod";

/** Where the service lives. */
export const DEFAULT_BASE_URL = "https://api.pollyreach.ai/platform/v1";

/** The seven calls of the HTTP API; paths are relative to the base URL. */
export const ENDPOINTS = {
  register: { method: "POST", path: "/auths/signin/device" },
  activationStatus: { method: "GET", path: "/auths/signin/device/activation-status" },
  send: { method: "POST", path: "/chat/openclaw/completions" },
  query: { method: "POST", path: "/chat/openclaw/query" },
  balance: { method: "GET", path: "/credits/balance" },
  unreadInbound: { method: "GET", path: "/sms_messages/unread" },
  updateAnsweringPrompt: { method: "POST", path: "/users/phone/pollyreach/update" },
} as const satisfies Record<string, { method: "GET" | "POST"; path: string }>;

export type EndpointName = keyof typeof ENDPOINTS;

export const registerRequest = z.looseObject({
  name: z.string(),
  /** The service knows registrations of this kind as "openclaw" and asks for it always. */
  source: z.literal("openclaw"),
  description: z.string(),
});

export const registerReply = z.looseObject({
  agent: z.looseObject({ token: z.string().min(1), activation_url: z.string().nullish() }),
  important: z.string().nullish(),
});

/** The number is null until the human has signed in. */
export const activationStatusReply = z.looseObject({
  status: z.string(),
  ai_virtual_phone: z.string().nullish(),
});

export const sendRequest = z.looseObject({ message: z.string() });

/** `status` false: not taken on, with the reason in `message`. */
export const sendReply = z.looseObject({
  status: z.boolean(),
  task_id: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});

export const queryRequest = z.looseObject({});

export const queryReply = z.looseObject({ message: z.string().nullish(), done: z.boolean() });

/** Both in credits: what is left, and what was granted. */
export const balanceReply = z.looseObject({ balance: z.number(), amount: z.number() });

export const updateAnsweringPromptRequest = z.looseObject({ prompt: z.string() });

export const updateAnsweringPromptReply = z.looseObject({
  status: z.boolean(),
  message: z.string().nullish(),
  task_id: z.union([z.string(), z.number()]).nullish(),
});

/** A failure as several endpoints put it, with or without an HTTP error status. */
export const failureReply = z.looseObject({
  detail: z.unknown().optional(),
  message: z.unknown().optional(),
});

/** One shape of an incoming message. */
export const inboundText = z.looseObject({ content: z.string().nullish(), from_phone: z.string().nullish() });

/** The other shape: the record of an answered call. */
export const inboundCallRecord = z.looseObject({
  call_id: z.string(),
  from: z.string().nullish(),
  to: z.string().nullish(),
  status: z.string().nullish(),
  summary: z.string().nullish(),
  transcript: z.string().nullish(),
  recording_url: z.string().nullish(),
  detail_url: z.string().nullish(),
});

/** The list is checked for being one and no further: one odd element must not cost the others. */
export const unreadInboundReply = z.union([
  z.looseObject({ success: z.boolean().nullish(), messages: z.array(z.unknown()).nullable() }),
  inboundCallRecord,
  z.array(z.unknown()),
]);
