import type { ReceivedMessage } from "./received-message.js";

/** One message out of all the shapes that it came in: of each field, the first that is there. */
export function mergeMessages(shapes: readonly ReceivedMessage[]): ReceivedMessage {
  const record = shapes.find(({ shape }) => shape === "call_record") ?? shapes[0];
  return Object.assign({ shape: "other" }, ...[...shapes].reverse(), record && { shape: record.shape });
}

const TELLING_FIELDS = ["callId", "messageId", "from", "content", "summary", "transcript"] as const;

/** Whether anything of a message arrived that says something. */
export function saysSomething(message: ReceivedMessage): boolean {
  return message.shape !== "other" && TELLING_FIELDS.some((field) => message[field] !== undefined);
}

/** Whether `whole` is the message that `fragment` is the beginning of. */
export function isContinued(fragment: ReceivedMessage, whole: ReceivedMessage): boolean {
  const stated = TELLING_FIELDS.filter((field) => fragment[field] !== undefined);
  return (
    stated.length > 0 && stated.every((field) => whole[field]?.startsWith(fragment[field] ?? "") === true)
  );
}
