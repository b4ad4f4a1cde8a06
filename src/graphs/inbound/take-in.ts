import type { CallDetails, IncomingEntry } from "../../history/call-record.js";
import { readShape } from "../../inbound/read-shape.js";
import { type InboundReading, readInbound } from "../../inbound/reading.js";
import type { ReceivedMessage } from "../../inbound/received-message.js";
import { identify, isSameMessage } from "../../inbound/same-message.js";
import { readTurns } from "../../inbound/turns.js";
import type { InboundParts } from "./deps.js";
import { entryOf, messageOf } from "./incoming-call.js";

interface Arrival {
  id: string;
  /** The message as it came, as JSON. */
  json: string;
  receivedAt: number;
  signal?: AbortSignal | undefined;
}

/** More shapes of one message than this say nothing new. */
const MOST_SHAPES = 10;

/**
 * Brings one message into the history, unless it is there already: then what is new in it is added to what is there.
 * @returns its entry if it is new.
 */
export async function takeIn(parts: InboundParts, arrival: Arrival): Promise<IncomingEntry | undefined> {
  const { inbox, history } = parts;
  const { id, json, receivedAt, signal } = arrival;
  const message = readShape(JSON.parse(json));
  const identity = identify(message, receivedAt);
  const same = (await inbox.sharing(identity)).find(
    (known) => known.id !== id && isSameMessage(known, identity),
  );
  if (same) {
    await addTo(parts, same.id, json, signal);
    await inbox.know({ ...identity, id: same.id });
    return undefined;
  }
  const before = await history.entry(id);
  const entry = before ?? (await record(parts, id, message, [json], receivedAt, signal));
  await inbox.know({ ...identity, id });
  return entry.direction === "incoming" ? entry : undefined;
}

/** A richer shape of a message that nobody was told of yet makes it richer; later it is only kept. */
async function addTo(
  parts: InboundParts,
  id: string,
  json: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const known = await parts.history.get(id, { secrets: "shown" });
  if (
    known?.direction !== "incoming" ||
    known.received.includes(json) ||
    known.received.length >= MOST_SHAPES
  )
    return;
  const received = [...known.received, json];
  if (known.telling === "waiting" || known.telling === "filtered") {
    await record(parts, id, messageOf({ received }), received, known.receivedAt, signal);
    return;
  }
  await parts.history.addReceived(id, json);
}

async function record(
  { history, reader, country }: InboundParts,
  id: string,
  message: ReceivedMessage,
  received: readonly string[],
  receivedAt: number,
  signal: AbortSignal | undefined,
): Promise<IncomingEntry> {
  const context = { ...(country !== undefined && { country }), ...(signal && { signal }) };
  let reading: InboundReading;
  try {
    reading = await reader.read(message, context);
  } catch {
    // A reader that fails must not keep a message from being told.
    reading = readInbound(message, context);
  }
  const entry = entryOf(id, message, reading, receivedAt);
  const summary = message.summary ?? message.content;
  const details: CallDetails = {
    transcript: readTurns(message.transcript ?? "").map(({ speaker, text }) => ({ speaker, text })),
    ...(summary !== undefined && { summary }),
    reading,
    received,
  };
  await history.record(entry, details);
  return entry;
}
