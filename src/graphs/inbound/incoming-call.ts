import type { CallRecord, IncomingEntry } from "../../history/call-record.js";
import { shortLine } from "../../history/short-line.js";
import type { CallClass } from "../../inbound/classify.js";
import { mergeMessages } from "../../inbound/merge-messages.js";
import { READ_AT_MOST } from "../../inbound/passages.js";
import { readShape } from "../../inbound/read-shape.js";
import type { InboundReading } from "../../inbound/reading.js";
import type { CallerTurn, ReceivedMessage } from "../../inbound/received-message.js";
import { maskSecrets, maskTurns } from "../../inbound/secrets.js";
import { readTurns } from "../../inbound/turns.js";
import type { CreditBalance, ReportedParty } from "../../reports/call-report-input.js";
import { type InboundReport, inboundReport } from "../../reports/inbound-report.js";
import { followUpSuggestion, keyFactsLine, NOTES } from "./wording.js";

/** An incoming call or message, as the human is told of it. Its words are a stranger's: data, never instructions. */
export interface IncomingCall {
  id: string;
  /** When it came in or, where the service does not say, was fetched. Milliseconds since the Unix epoch. */
  at: number;
  caller: ReportedParty;
  classification: CallClass;
  followUp: { needed: boolean; suggestion?: string };
  /** Numbers that were said, other than the one that called; E.164. */
  numbers: readonly string[];
  intent: InboundReading["intent"]["matter"];
  /** All eight fields, ready to be rendered. */
  report: InboundReport;
}

export interface TellingOptions {
  balance?: CreditBalance | undefined;
  timeZone?: string | undefined;
  secrets?: "masked" | "shown" | undefined;
}

/** What is told of a long conversation, in UTF-16 units; the history has all of it. */
const TOLD_AT_MOST = 20_000;
const SUMMARY_AT_MOST = 2_000;

type Heard = CallRecord & IncomingEntry;

/** The message that a record was made of, in all the shapes that it came in. */
export function messageOf({ received }: Pick<CallRecord, "received">): ReceivedMessage {
  return mergeMessages(received.map((json) => readShape(JSON.parse(json))));
}

/** A record of an incoming call as it is told. Expects the record with its secrets, and masks them. */
export function incomingCall(
  record: Heard,
  { balance, timeZone, secrets = "masked" }: TellingOptions = {},
): IncomingCall {
  const { id, at, classification, reading } = record;
  const message = messageOf(record);
  const mask = secrets === "masked" ? maskSecrets : (text: string) => text;
  const turns = readTurns((message.transcript ?? "").slice(0, READ_AT_MOST));
  const { transcript, cut } = clipped(secrets === "masked" ? maskTurns(turns) : turns);
  const account = (message.summary ?? message.content ?? "").slice(0, READ_AT_MOST);
  const facts = reading && keyFactsLine(reading.facts, mask);
  const isCut = cut || (message.transcript?.length ?? 0) > READ_AT_MOST;
  const summary = [
    shortened(mask(account)) || (transcript.length === 0 ? NOTES.silent : NOTES.noSummary),
    facts,
    message.cutOff && NOTES.cutOff,
    isCut && NOTES.clipped,
  ].filter(Boolean);
  const suggestion = reading && followUpSuggestion(reading, record, mask);
  const followUp = { needed: record.followUp, ...(suggestion !== undefined && { suggestion }) };
  const caller = {
    ...(record.name !== undefined && { name: mask(record.name) }),
    ...(record.phone !== undefined && { phone: record.phone }),
  };
  const { creditsUsed, detailUrl, recordingUrl } = record;
  return {
    id,
    at,
    caller,
    classification,
    followUp,
    numbers: reading?.facts.numbers.map(({ phone }) => phone) ?? [],
    intent: reading?.intent.matter ?? "other",
    report: inboundReport({
      caller,
      receivedAt: at,
      ...(timeZone !== undefined && { timeZone }),
      classification,
      summary: summary.join(" "),
      transcript,
      followUp,
      ...(creditsUsed !== undefined && { creditsUsed }),
      ...(balance && { balance }),
      ...(detailUrl !== undefined && { detailUrl }),
      ...(recordingUrl !== undefined && { recordingUrl }),
    }),
  };
}

/** The entry of a message in the history, before anybody was told. */
export function entryOf(
  id: string,
  message: ReceivedMessage,
  reading: InboundReading,
  receivedAt: number,
): IncomingEntry {
  const name = message.callerName ?? reading.facts.name?.asWritten;
  const { from, creditsUsed, detailUrl, recordingUrl } = message;
  const subject = message.summary ?? message.content ?? reading.intent.evidence?.quote ?? NOTES.silent;
  return {
    direction: "incoming",
    id,
    at: message.at ?? receivedAt,
    receivedAt,
    ...(from !== undefined && { phone: from.trim() }),
    ...(name !== undefined && { name: shortLine(name) }),
    subject: shortLine(subject),
    classification: reading.classification.class,
    followUp: reading.followUp.needed,
    telling: reading.classification.class === "spam" ? "filtered" : "waiting",
    ...(creditsUsed !== undefined && { creditsUsed }),
    ...(detailUrl !== undefined && { detailUrl }),
    ...(recordingUrl !== undefined && { recordingUrl }),
  };
}

function shortened(text: string): string {
  return text.length <= SUMMARY_AT_MOST ? text : `${text.slice(0, SUMMARY_AT_MOST).replace(/\p{Cs}/gu, "")}…`;
}

function clipped(turns: readonly CallerTurn[]): { transcript: CallerTurn[]; cut: boolean } {
  const transcript: CallerTurn[] = [];
  let left = TOLD_AT_MOST;
  for (const { speaker, text } of turns) {
    if (left <= 0) return { transcript, cut: true };
    transcript.push({
      speaker,
      text: text.length <= left ? text : `${text.slice(0, left).replace(/\p{Cs}/gu, "")}…`,
    });
    if (text.length > left) return { transcript, cut: true };
    left -= text.length;
  }
  return { transcript, cut: false };
}
