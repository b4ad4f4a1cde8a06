import { checkInbound, type InboundRound } from "../../graphs/inbound/check-inbound.js";
import type { InboundAction, InboundChoice } from "../../graphs/inbound/choices.js";
import type { IncomingCall } from "../../graphs/inbound/incoming-call.js";
import type { InboundTrouble } from "../../graphs/inbound/state.js";
import { watchInbound } from "../../graphs/inbound/watch-inbound.js";
import { INBOUND_CHECK_MS } from "../../graphs/onboarding/wording.js";
import { oneLine } from "../../reports/foreign-text.js";
import type { CommandEnd, LineCommand, Setting } from "../command.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import { carryOutCall } from "../phone-call.js";
import { Interrupted, type Prompter } from "../prompter.js";
import type { Session } from "../session.js";
import { TaskFile } from "../task-file.js";
import { UsageError } from "../usage-error.js";

type Line = Setting & { session: Session };

const MINUTE_MS = 60_000;

/** On the sandbox, watching ends by itself after so much virtual time. */
const SANDBOX_WATCH_MS = 60 * MINUTE_MS;

/**
 * `pollyreach inbound`: the calls that Polly answered, each told once. With `--json`, one line for each as it comes,
 * then the document. At a terminal, and without `--watch`, it asks after each what should follow.
 */
export const inbound: LineCommand<"inbound"> = async ({ watch, every, showSecrets }, line) => {
  const { output, session, world, prompter } = line;
  const told: string[] = [];
  let left = false;
  const { client, clock, store } = session;
  const deps = {
    client,
    clock,
    store,
    timeZone: world.timeZone,
    secrets: showSecrets ? ("shown" as const) : ("masked" as const),
    signal: world.interrupted,
    onMessage: async (call: IncomingCall): Promise<InboundChoice | undefined> => {
      // After Ctrl-C at a question nothing more is shown, so the next look tells it.
      if (left) throw new Interrupted();
      output.report(call.report);
      output.say();
      output.document({ command: "inbound", event: "message", call });
      told.push(call.id);
      if (!prompter || watch) return undefined;
      const choice = await whatFollows(call, prompter).catch(unlessInterrupted);
      left = choice === "left";
      return choice === "left" ? undefined : choice;
    },
  };
  if (watch) return watching(deps, everyMs(every), told, line);
  const round = await checkInbound(deps);
  if (left) throw new Interrupted();
  if (told.length === 0 && !round.trouble) output.say("No new calls.");
  list(round, line);
  let code: ExitCode = EXIT.done;
  for (const action of round.actions)
    code = Math.max(code, (await follow(action, line))?.code ?? 0) as ExitCode;
  if (round.trouble) {
    showTrouble(round.trouble, line);
    code = codeOf(round.trouble);
  }
  return { code, result: resultOf(told, round) };
};

type WatchDeps = Parameters<typeof checkInbound>[0] & Pick<Parameters<typeof watchInbound>[0], "onMessage">;

async function watching(deps: WatchDeps, every: number, told: string[], line: Line): Promise<CommandEnd> {
  const { output, session, world } = line;
  const enough = new AbortController();
  if (session.simulated)
    void session.clock.sleep(SANDBOX_WATCH_MS, world.interrupted).then(
      () => enough.abort(),
      () => enough.abort(),
    );
  output.note(
    `Looking for new calls every ${every / MINUTE_MS} minutes. Ctrl-C ends it; nothing is lost by that.`,
  );
  await watchInbound({
    ...deps,
    signal: AbortSignal.any([world.interrupted, enough.signal]),
    everyMs: every,
    random: world.random,
    onPossiblyTold: (calls) => list({ possiblyTold: calls, filtered: [] }, line),
    onFiltered: (calls) => list({ possiblyTold: [], filtered: calls }, line),
    onTrouble: (trouble) => showTrouble(trouble, line),
  });
  output.say("No longer looking for calls.");
  return { code: EXIT.done, result: { told, watched: true } };
}

function unlessInterrupted(error: unknown): "left" {
  if (error instanceof Interrupted) return "left";
  throw error;
}

/** @throws UsageError unless it is 5 to 10 minutes, as the service advises */
function everyMs(every: string | undefined): number {
  const minutes = every === undefined ? INBOUND_CHECK_MS / MINUTE_MS : Number(every);
  if (!(minutes >= 5 && minutes <= 10)) throw new UsageError(`--every ${every}: give 5 to 10 minutes.`);
  return minutes * MINUTE_MS;
}

function list(
  { possiblyTold, filtered }: Pick<InboundRound, "possiblyTold" | "filtered">,
  { output }: Line,
): void {
  if (possiblyTold.length > 0) output.say("You may have been told of these before:");
  for (const call of possiblyTold) output.say(inShort(call));
  if (filtered.length > 0) output.say("Kept from you as spam:");
  for (const call of filtered) output.say(inShort(call));
}

function inShort({ caller, report }: IncomingCall): string {
  const who = [caller.name, caller.phone]
    .filter((part) => part !== undefined)
    .map(oneLine)
    .join(" ");
  return `- ${who || "unknown caller"} · ${oneLine(report.summary ?? "")}`;
}

function showTrouble({ message, nextStep }: InboundTrouble, { output }: Line): void {
  output.note(`⚠️ ${oneLine(message)}\n${nextStep}`);
}

function codeOf({ code }: InboundTrouble): ExitCode {
  return code === "authentication" || code === "credentials" ? EXIT.notSetUp : EXIT.serviceTrouble;
}

function resultOf(told: readonly string[], { possiblyTold, filtered, trouble }: InboundRound) {
  return {
    told,
    possiblyTold: possiblyTold.map(({ id }) => id),
    filtered: filtered.map(({ id }) => id),
    ...(trouble && { trouble }),
  };
}

async function whatFollows({ caller }: IncomingCall, prompter: Prompter): Promise<InboundChoice | undefined> {
  const choice = await prompter.choose<"call_back" | "forward" | "dismiss" | "later">("What should follow?", [
    ...(caller.phone === undefined
      ? []
      : [{ value: "call_back" as const, label: `Call back ${oneLine(caller.phone)}` }]),
    { value: "forward", label: "Forward it to somebody" },
    { value: "dismiss", label: "Nothing" },
    { value: "later", label: "Decide later" },
  ]);
  if (choice === "later") return undefined;
  if (choice === "dismiss") return { choice };
  if (choice === "forward") {
    const to = await prompter.text("To whom?", (answer) => (answer === "" ? "Name somebody." : undefined));
    return { choice, to };
  }
  const purpose = await prompter.text(
    "What is the call to achieve? (Enter alone: find out what they wanted)",
  );
  return purpose === "" ? { choice } : { choice, purpose };
}

/** A call back goes through every guardrail of any other call. */
async function follow(action: InboundAction, line: Line): Promise<CommandEnd | undefined> {
  const { output, session } = line;
  switch (action.action) {
    case "call_back": {
      const { task } = action;
      const id = task.id ?? action.callId;
      const kept = TaskFile.open(session.folder, id);
      const file = kept ?? TaskFile.create(session.folder, id, task.purpose);
      return carryOutCall({ id, file, ...(!kept && { task }) }, line);
    }
    case "forward":
      output.say(`To be sent to ${oneLine(action.to)}:`);
      output.say(action.text);
      return undefined;
    case "impossible":
      output.say(`⚠️ ${oneLine(action.why)}`);
      return undefined;
    case "dismiss":
      return undefined;
  }
}
