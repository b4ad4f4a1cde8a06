import { CallHistory } from "../../history/call-history.js";
import type { CallEntry, CallRecord } from "../../history/call-record.js";
import { type CallQuery, outcomeOf } from "../../history/search.js";
import { oneLine } from "../../reports/foreign-text.js";
import { ATTEMPT_WORDING, CLASSIFICATION_WORDING, SPEAKER } from "../../reports/wording.js";
import type { LineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import type { InvocationOf } from "../invocation.js";
import { parseTime } from "../times.js";
import { UsageError } from "../usage-error.js";

const USUAL_LIMIT = 20;

/** `pollyreach history`: every call made and answered that is kept on this machine. One that is found is shown whole. */
export const history: LineCommand<"history"> = async (invocation, { output, session, world }) => {
  const calls = new CallHistory({ store: session.store });
  const at = { now: session.clock.now(), timeZone: world.timeZone };
  const query = queryOf(invocation, at);
  if (invocation.delete) {
    const deleted = await calls.delete(deletionOf(query));
    output.say(`${deleted} ${deleted === 1 ? "call" : "calls"} deleted.`);
    return { code: EXIT.done, result: { deleted } };
  }
  const limit = limitOf(invocation);
  const found = (await searched(calls, query, invocation.search)).slice(0, limit);
  if (invocation.export) {
    const records = await Promise.all(
      found.toReversed().map(({ id }) => calls.get(id, { secrets: "masked" })),
    );
    for (const record of records) output.verbatim(JSON.stringify(record));
    return { code: EXIT.done, result: { calls: records } };
  }
  const [only, ...more] = found;
  if (only === undefined) output.say("No calls are kept that match.");
  const whole = only !== undefined && more.length === 0 ? await calls.get(only.id) : undefined;
  if (whole) for (const line of inFull(whole, world.timeZone)) output.say(line);
  else for (const entry of found) output.say(inShort(entry, world.timeZone));
  return { code: EXIT.done, result: { calls: whole ? [whole] : found } };
};

function queryOf(
  { number, name, since, until, outcome, direction }: InvocationOf<"history">,
  { now, timeZone }: { now: number; timeZone: string },
): CallQuery {
  return {
    phone: number,
    name,
    outcome,
    from: since === undefined ? undefined : parseTime(since, now, timeZone),
    until: until === undefined ? undefined : parseTime(until, now, timeZone),
    direction: direction === undefined ? undefined : direction === "in" ? "incoming" : "outgoing",
  };
}

function limitOf({ limit, export: all }: InvocationOf<"history">): number {
  if (limit === undefined) return all ? Number.POSITIVE_INFINITY : USUAL_LIMIT;
  const count = Number(limit);
  if (!(Number.isInteger(count) && count > 0))
    throw new UsageError(`--limit ${limit}: give a whole number above 0.`);
  return count;
}

/** Words are looked for in the subject, the name, the number and the id. */
async function searched(
  calls: CallHistory,
  query: CallQuery,
  words: string | undefined,
): Promise<CallEntry[]> {
  const found = await calls.search(query);
  const wanted = words?.toLowerCase();
  if (wanted === undefined) return found;
  return found.filter(({ id, subject, name = "", phone = "" }) =>
    [id, subject, name, phone].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** Deleting goes by number, by age, or by both, and by nothing else. */
function deletionOf({ phone, name, until, from, outcome, direction }: CallQuery) {
  if (name !== undefined || from !== undefined || outcome !== undefined || direction !== undefined) {
    throw new UsageError(
      "--delete goes with --number, --until, or both; other options would seem to narrow it.",
    );
  }
  if (phone !== undefined) return { phone, ...(until !== undefined && { before: until }) };
  if (until === undefined)
    throw new UsageError("--delete needs --number or --until, so that it is clear what goes.");
  return { before: until };
}

function when(at: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone });
  return parts.format(at);
}

function ending(entry: CallEntry): string {
  return entry.direction === "outgoing"
    ? ATTEMPT_WORDING[entry.outcome]
    : CLASSIFICATION_WORDING[entry.classification];
}

function inShort(entry: CallEntry, timeZone: string): string {
  const arrow = entry.direction === "outgoing" ? "→" : "←";
  const who = [entry.name, entry.phone]
    .filter((part) => part !== undefined)
    .map(oneLine)
    .join(" ");
  return `- ${when(entry.at, timeZone)} ${arrow} ${who || "number not stated"} · ${ending(entry)} · ${oneLine(entry.subject)}`;
}

function inFull(record: CallRecord, timeZone: string): string[] {
  const { summary, transcript, creditsUsed, detailUrl, recordingUrl } = record;
  return [
    inShort(record, timeZone),
    ...(summary === undefined ? [] : [`  ${oneLine(summary)}`]),
    ...transcript.map(({ speaker, text }) => `  ${SPEAKER[speaker]}: ${oneLine(text)}`),
    ...(creditsUsed === undefined ? [] : [`  Credits used: ${creditsUsed}`]),
    ...(detailUrl === undefined ? [] : [`  Details: ${oneLine(detailUrl)}`]),
    ...(recordingUrl === undefined ? [] : [`  Recording: ${oneLine(recordingUrl)}`]),
    `  Outcome: ${outcomeOf(record)} · id ${record.id}`,
  ];
}
