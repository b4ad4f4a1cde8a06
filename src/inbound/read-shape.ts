import type { ReceivedMessage } from "./received-message.js";

/** Under which names the fields are known to come, or may well come. The first that is there counts. */
const NAMES = {
  callId: ["call_id", "callId"],
  messageId: ["id", "message_id", "messageId", "sid", "uuid"],
  from: ["from_phone", "from", "caller_phone", "from_number", "caller"],
  to: ["to", "to_phone", "to_number"],
  callerName: ["caller_name", "from_name", "callerName"],
  status: ["status"],
  content: ["content", "text", "body", "message"],
  summary: ["summary"],
  transcript: ["transcript", "transcription"],
  detailUrl: ["detail_url", "detailUrl"],
  recordingUrl: ["recording_url", "recordingUrl"],
} as const;

const TIMES = ["created_at", "received_at", "started_at", "start_time", "timestamp", "ended_at", "date"];
const CREDITS = ["credits_used", "creditsUsed", "credits"];

/** Marks what was saved of a message that broke off. */
export const CUT_OFF = "pollyreach_cut_off";

/** No PollyReach call is older, and no clock of a living service is later. */
const EARLIEST = Date.UTC(2015, 0);
const LATEST = Date.UTC(2100, 0);

/**
 * Reads one unread message in any known shape: `{content, from_phone}`, the record of an answered call, or a bare text.
 * Total: what has no known shape keeps its JSON as content, so that it is told rather than lost.
 */
export function readShape(raw: unknown): ReceivedMessage {
  if (typeof raw === "string") return { shape: "text", ...(raw.trim() !== "" && { content: raw }) };
  const fields = isRecord(raw) ? raw : {};
  const message: ReceivedMessage = { shape: "other" };
  for (const [name, sources] of Object.entries(NAMES) as [keyof typeof NAMES, readonly string[]][]) {
    const value = sources.map((source) => textOf(name, fields[source])).find((text) => text !== undefined);
    if (value !== undefined) message[name] = value;
  }
  const at = TIMES.map((name) => instantOf(fields[name])).find((instant) => instant !== undefined);
  if (at !== undefined) message.at = at;
  const credits = CREDITS.map((name) => fields[name]).find(
    (value) => typeof value === "number" && value >= 0 && Number.isFinite(value),
  );
  if (typeof credits === "number") message.creditsUsed = credits;
  if (fields[CUT_OFF] === true) message.cutOff = true;
  if (message.callId !== undefined || message.summary !== undefined || message.transcript !== undefined) {
    return { ...message, shape: "call_record" };
  }
  if (message.content !== undefined || message.from !== undefined) return { ...message, shape: "text" };
  return saysNothing(raw) ? message : { ...message, content: JSON.stringify(raw) };
}

function saysNothing(raw: unknown): boolean {
  if (raw === null || raw === undefined || raw === "") return true;
  return (
    typeof raw === "object" &&
    Object.entries(raw).every(([name, value]) => name === CUT_OFF || saysNothing(value))
  );
}

function textOf(name: keyof typeof NAMES, value: unknown): string | undefined {
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (name === "transcript" && Array.isArray(value)) return value.map(turnText).join("\n") || undefined;
  return undefined;
}

/** A transcript may come as a list of turns; it is written out as the other shape has it. */
function turnText(turn: unknown): string {
  if (typeof turn === "string") return turn;
  if (!isRecord(turn)) return "";
  const speaker = [turn.speaker, turn.role, turn.from].find((value) => typeof value === "string");
  const text = [turn.text, turn.content, turn.message].find((value) => typeof value === "string");
  return typeof text === "string" ? `${typeof speaker === "string" ? `${speaker}: ` : ""}${text}` : "";
}

function instantOf(value: unknown): number | undefined {
  const at =
    typeof value === "number" ? fromNumber(value) : typeof value === "string" ? fromText(value) : Number.NaN;
  return at > EARLIEST && at < LATEST ? at : undefined;
}

/** Seconds or milliseconds since the epoch; the two cannot be mistaken for one another within the years allowed. */
function fromNumber(value: number): number {
  return value < LATEST / 1000 ? value * 1000 : value;
}

/** ISO 8601; without an offset it is taken for UTC, as services log. */
function fromText(text: string): number {
  const iso = text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T");
  if (/^\d{10,13}$/.test(iso)) return fromNumber(Number(iso));
  return Date.parse(/T[\d:.]+$/.test(iso) ? `${iso}Z` : iso);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
