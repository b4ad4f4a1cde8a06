import type { Evidence, OutcomeKind } from "../policy/outcome.js";
import { CONNECTION_KINDS, isConnection } from "./account/connection.js";
import { namesOtherDetails } from "./conversation/changes.js";
import { quoteAt } from "./evidence.js";
import type { Reading } from "./reading.js";
import type { Stretch } from "./text/stretch.js";

/** How the call ended, with the words that it rests on. */
export type Verdict =
  | { kind: Exclude<OutcomeKind, "unknown">; evidence: Evidence[]; verified: boolean }
  | { kind: "unknown"; reason: string };

/** Brings together what the service says and what the callee said. Where they disagree, nobody is believed. */
export function decide(reading: Reading): Verdict {
  const { account, conversation, transcript } = reading;
  const unknown = (reason: string): Verdict => ({ kind: "unknown", reason });
  if (transcript.turns.length === 0) return fromAccount(reading);
  if (conversation.unclearSpeakers) {
    return unknown("It cannot be told who speaks in the transcript.");
  }
  const { end } = conversation;
  if (end === "optedOut") return fromCallee(reading, "opted_out");
  if (account.kind === "opted_out") return fromService(reading, "opted_out");
  if (!conversation.talked) return fromMachine(reading);
  if (account.conflict !== undefined && end !== "declined") return unknown(account.conflict);

  switch (account.kind) {
    case "achieved":
      if (end === "agreed" || end === "yes") return settled(reading);
      if (end === "answered" && reading.goal.goal === "ask") return settled(reading);
      if (end === "changed" || end === "pending") return fromCallee(reading, "partly_achieved");
      if (end === "refused" && reading.goal.goal === "ask") return settled(reading);
      if (end === "refused" || end === "declined" || end === "closed")
        return unknown("The report claims success, but the callee's words say the opposite.");
      return unknown("The report claims success, but no words of the callee support it.");
    case "partly_achieved":
      if (end === "declined" || end === "closed")
        return unknown("The report and the callee's words do not agree.");
      return fromService(reading, "partly_achieved");
    case "not_achieved":
      if (end === "agreed" && !conversation.everRefused)
        return unknown("The report says that it failed, but the callee's words say the opposite.");
      if (end === "agreed")
        return unknown("The report says that it failed, but the callee's last words say the opposite.");
      if (end === "declined") return fromCallee(reading, "declined");
      if (end === "closed") return fromCallee(reading, "closed");
      if (end === "pending" && account.negative.every(({ name }) => name === "undone"))
        return fromCallee(reading, "partly_achieved");
      return fromService(reading, "not_achieved");
    case "needs_information":
    case "needs_authorization":
      return fromService(reading, account.kind);
    case "dropped":
      if (end === "agreed")
        return unknown("The call was cut off, but the callee seems to have agreed before.");
      return fromService(reading, "dropped");
    case "declined":
    case "closed":
    case "invalid_number":
      if (end === "agreed") return unknown("The report and the callee's words do not agree.");
      return fromService(reading, account.kind);
    case "busy":
    case "no_answer":
    case "voicemail":
    case "connect_failed":
      return unknown("The report says that nobody was reached, but the transcript has a person's words.");
    case undefined:
      // "Closed today" is no answer to another question.
      if (conversation.closedGround && (end === "yes" || end === "nothing"))
        return withEvidence("closed", reading, [conversation.closedGround], "callee", true);
      return fromConversation(reading);
    default:
      return unknown("The report does not fit the transcript.");
  }
}

function fromConversation(reading: Reading): Verdict {
  const { conversation, goal, account } = reading;
  switch (conversation.end) {
    case "agreed":
      return settled(reading);
    case "answered":
      return goal.goal === "ask"
        ? settled(reading)
        : { kind: "unknown", reason: "Nobody says whether the goal was met." };
    case "pending":
      return fromCallee(reading, "partly_achieved");
    case "changed":
      return { kind: "unknown", reason: "Something else was offered, and nobody says whether it was taken." };
    case "refused":
      return conversation.lostAtEnd
        ? { kind: "unknown", reason: "The conversation breaks off." }
        : fromCallee(reading, "not_achieved");
    case "declined":
      return fromCallee(reading, "declined");
    case "closed":
      return fromCallee(reading, "closed");
    default:
      if (conversation.lostAtEnd && account.connections.length === 0) return fromCallee(reading, "dropped");
      return { kind: "unknown", reason: "Nobody says whether the goal was met." };
  }
}

/** Only a machine spoke: what it said, or what the service made of it. */
function fromMachine(reading: Reading): Verdict {
  const { account, conversation } = reading;
  if (account.kind === "achieved" || account.kind === "partly_achieved") {
    return { kind: "unknown", reason: "The report claims success, but only a machine spoke." };
  }
  const { recorded, recordedGround } = conversation;
  if (recorded && isConnection(recorded)) {
    const kind = CONNECTION_KINDS[recorded];
    const plain =
      account.kind === undefined ||
      account.kind === "voicemail" ||
      account.kind === "not_achieved" ||
      account.kind === "no_answer";
    if (kind !== "unknown" && (plain || account.kind === kind))
      return withEvidence(kind, reading, [recordedGround], "callee", true);
  }
  if (
    account.kind === undefined ||
    account.kind === "not_achieved" ||
    account.kind === "no_answer" ||
    account.kind === "dropped"
  ) {
    const machine = reading.transcript.turns.find(({ speaker }) => speaker === "callee");
    return withEvidence("voicemail", reading, [machine], "callee", true);
  }
  return fromAccount(reading);
}

function fromAccount(reading: Reading): Verdict {
  const { account, heard } = reading;
  if (account.conflict !== undefined) {
    return bookedOtherwise(reading)
      ? withEvidence(
          "partly_achieved",
          reading,
          account.positive.map(({ statement }) => statement).slice(0, 3),
          "service",
          false,
        )
      : { kind: "unknown", reason: account.conflict };
  }
  if (account.kind === "achieved") return settled(reading);
  if (account.kind !== undefined && account.kind !== "unknown") return fromService(reading, account.kind);
  const chat =
    heard.find(({ name }) => name === "starting") ??
    heard.find(({ name }) => name === "capability") ??
    heard.find(({ name }) => name === "greeting");
  if (chat && heard.every(({ name }) => name !== "reached" && name !== "garbled"))
    return withEvidence("chat", reading, [chat.statement], "service", false);
  return { kind: "unknown", reason: "The message does not say how the call ended." };
}

/** What was asked was not to be had, and something else was taken: the refusal comes first, other details after it. */
function bookedOtherwise({ account, call, folded, languages }: Reading): boolean {
  const { positive, negative, connections } = account;
  const firm = positive.filter(({ name }) => name === "booked" || name === "moved");
  if (firm.length === 0 || connections.length > 0 || negative.length === 0) return false;
  if (negative.some(({ name, start }) => name !== "refused" || firm.every((cue) => cue.start < start)))
    return false;
  const places = firm.map(({ start, statement }) => ({
    start: Math.max(statement.start, ...negative.map(({ end }) => (end <= start ? end : 0))),
    end: statement.end,
  }));
  return namesOtherDetails(call.purpose, folded, places, languages);
}

/** Success is claimed and nothing speaks against it; only the details may still differ from the task. */
function settled(reading: Reading): Verdict {
  const { account, conversation, goal } = reading;
  const own = conversation.ground;
  const claims = account.grounds.map(({ statement }) => statement);
  const turn = conversation.end === "agreed" ? conversation.groundTurn : undefined;
  const places = [
    ...(turn ? [turn] : []),
    ...claims,
    ...reading.statements.filter(({ isBilling }) => !isBilling),
  ];
  const fixes = goal.goal === "book" || goal.goal === "move" || goal.goal === "any";
  const changed = fixes && namesOtherDetails(reading.call.purpose, reading.folded, places, reading.languages);
  const kind = changed ? "partly_achieved" : "achieved";
  if (reading.transcript.turns.length > 0 && own) return withEvidence(kind, reading, [own], "callee", true);
  return withEvidence(kind, reading, claims.slice(0, 3), "service", false);
}

function fromCallee(reading: Reading, kind: Exclude<OutcomeKind, "unknown">): Verdict {
  return withEvidence(kind, reading, [reading.conversation.ground], "callee", true);
}

function fromService(reading: Reading, kind: Exclude<OutcomeKind, "unknown">): Verdict {
  const { account } = reading;
  const grounds: (Stretch | undefined)[] = account.grounds.slice(0, 3).map(({ statement }) => statement);
  if (account.question) grounds.push(account.question);
  return withEvidence(kind, reading, grounds, "service", false);
}

function withEvidence(
  kind: Exclude<OutcomeKind, "unknown">,
  { message }: Reading,
  places: readonly (Stretch | undefined)[],
  saidBy: Evidence["saidBy"],
  verified: boolean,
): Verdict {
  const evidence: Evidence[] = [];
  for (const place of new Set(places)) {
    const quote = place && quoteAt(message, place, saidBy);
    if (quote) evidence.push(quote);
  }
  if (evidence.length === 0) return { kind: "unknown", reason: "No words of the message support a result." };
  return { kind, evidence, verified };
}
