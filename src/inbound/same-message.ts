import { createHash } from "node:crypto";
import { foldKeepingLength } from "../policy/disclosure/folding.js";
import type { ReceivedMessage } from "./received-message.js";
import { readTurns } from "./turns.js";

/** By what a message is known again. Holds no words of it: only hashes, ids and times. */
export interface MessageIdentity {
  shape: ReceivedMessage["shape"];
  callId?: string;
  messageId?: string;
  /** When it came in, as the service says; and when it was fetched. Milliseconds since the Unix epoch. */
  at?: number;
  receivedAt: number;
  /** Two messages may be the same only if they share one of these. */
  keys: readonly string[];
}

/** Two shapes may give the beginning and the end of a call, which lasts 10 minutes at most, as its time. */
const SHAPES_APART_MS = 15 * 60_000;
/** One shape gives one time, but for rounding to the minute. */
const ONE_SHAPE_APART_MS = 60_000;
/** Where one of two has no time of its own, the other may have waited unread for so long. */
const UNTIMED_APART_MS = 24 * 3_600_000;

/** An id so long is drawn at random, so it means the same under whatever name it comes. */
const UNMISTAKABLE = 12;

const LINKED_CALL = /\/(?:calls|recordings)\/([\w-]+)/;

/** What a message is known by: its ids, and its caller with each of its texts, normalised. */
export function identify(message: ReceivedMessage, receivedAt: number): MessageIdentity {
  const { shape, callId = linkedCall(message), messageId, at } = message;
  const ids = {
    ...(callId !== undefined && { callId: idHash("call", callId) }),
    ...(messageId !== undefined && { messageId: idHash("message", messageId) }),
  };
  const keys = new Set<string>(Object.values(ids));
  const from = callerKey(message);
  const texts = textsOf(message);
  for (const text of texts) keys.add(hash("text", from, text));
  if (texts.length === 0) keys.add(hash("silent", from));
  return {
    shape,
    ...ids,
    ...(at !== undefined && { at }),
    receivedAt,
    keys: [...keys],
  };
}

/**
 * Whether two messages that share a key are one and the same, perhaps in different shapes. Ids decide where they can;
 * else the times must agree. The same words of the same caller on another day are another message.
 *
 * A message that has neither id nor time of its own, and comes again in the same shape, is told apart by nothing but
 * whether the service has been serving it ever since; see `ServedBefore`.
 */
export function isSameMessage(a: MessageIdentity, b: MessageIdentity): boolean {
  if (a.callId !== undefined && b.callId !== undefined) return a.callId === b.callId;
  if (a.messageId !== undefined && b.messageId !== undefined && a.shape === b.shape)
    return a.messageId === b.messageId;
  if (shareId(a, b)) return true;
  if (a.at !== undefined && b.at !== undefined) {
    return Math.abs(a.at - b.at) <= (a.shape === b.shape ? ONE_SHAPE_APART_MS : SHAPES_APART_MS);
  }
  if (a.shape === b.shape && isAnonymous(a) && isAnonymous(b)) return false;
  return Math.abs((a.at ?? a.receivedAt) - (b.at ?? b.receivedAt)) <= UNTIMED_APART_MS;
}

/** How often each message stood in the service's last good reply, by `servedAs`. */
export type ServedBefore = Readonly<Record<string, number>>;

/** A message as it is served: the same for as long as the service says the same of it. */
export function servedAs({ keys, callId, messageId, at, shape }: MessageIdentity): string {
  return hash("served", shape, callId ?? "", messageId ?? "", String(at ?? ""), ...keys);
}

function shareId(a: MessageIdentity, b: MessageIdentity): boolean {
  const ids = [a.callId, a.messageId].filter((id) => id !== undefined);
  return ids.some((id) => id === b.callId || id === b.messageId);
}

function isAnonymous({ callId, messageId, at }: MessageIdentity): boolean {
  return callId === undefined && messageId === undefined && at === undefined;
}

function linkedCall({ detailUrl = "", recordingUrl = "" }: ReceivedMessage): string | undefined {
  return LINKED_CALL.exec(detailUrl)?.[1] ?? LINKED_CALL.exec(recordingUrl)?.[1];
}

/** The last eight digits: what remains the same with or without country code. */
function callerKey({ from = "" }: ReceivedMessage): string {
  const digits = foldKeepingLength(from).replace(/\D/g, "");
  return digits === "" ? normalised(from) : digits.slice(-8);
}

function textsOf({ content, summary, transcript }: ReceivedMessage): string[] {
  const said =
    transcript === undefined ? [] : readTurns(transcript).filter(({ speaker }) => speaker === "caller");
  const texts = [content, summary, transcript, said.map(({ text }) => text).join(" ")];
  return [...new Set(texts.map((text) => normalised(text ?? "")).filter((text) => text !== ""))];
}

/** Letters and digits alone, so that spacing, punctuation, width and case do not matter. */
function normalised(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

function idHash(space: string, id: string): string {
  return hash(id.length >= UNMISTAKABLE ? "id" : space, id.toLowerCase());
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
}
