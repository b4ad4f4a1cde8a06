import { loadCredentials } from "../../client/credentials.js";
import { AuthenticationError, PollyReachError } from "../../client/errors.js";
import { DASHBOARD_URL, REMEDIES } from "../../client/remedies.js";
import type { ActivationStatus, Balance } from "../../client/replies.js";
import { registrationFile } from "../../graphs/onboarding/registration-record.js";
import { CallHistory } from "../../history/call-history.js";
import type { OutcomeKind } from "../../policy/outcome.js";
import { isLowOnCredits, isOutOfCredits } from "../../reports/index.js";
import { phrase } from "../../reports/wording.js";
import type { LineCommand, Setting } from "../command.js";
import { EXIT, type ExitCode } from "../exit-codes.js";
import type { Session } from "../session.js";
import { replaceFile } from "../state-folder.js";
import { TaskFile } from "../task-file.js";

type Line = Setting & { session: Session };

/** One thing that was looked at. */
interface Check {
  name: string;
  status: "ok" | "warning" | "failed" | "skipped";
  detail: string;
  remedy?: string;
  /** The exit code that follows, where this is the worst. */
  code?: ExitCode;
}

const MARKS = { ok: "✅", warning: "⚠️", failed: "❌", skipped: "··" } as const;

const NOT_CONNECTING: ReadonlySet<string> = new Set<OutcomeKind>([
  "connect_failed",
  "invalid_number",
  "no_answer",
]);

/** `pollyreach doctor`: the service's troubleshooting table, gone through, with what to do about each thing found. */
export const doctor: LineCommand<"doctor"> = async (_, line) => {
  const key = keyCheck(line);
  const status = key.status === "failed" ? undefined : await ask(line, (client) => client.activationStatus());
  const credits = key.status === "failed" ? undefined : await ask(line, (client) => client.balance());
  const checks = [
    key,
    registrationCheck(line),
    numberCheck(status, line),
    balanceCheck(credits),
    ...(await callChecks(line)),
    storageCheck(line),
  ];
  for (const { status: found, name, detail, remedy } of checks) {
    line.output.say(`${MARKS[found]} ${name}: ${detail}`);
    if (remedy !== undefined) line.output.say(`   → ${remedy}`);
  }
  line.output.say();
  line.output.say(`Dashboard: ${DASHBOARD_URL}`);
  const worst = checks.find((each) => each.status === "failed");
  return {
    code: worst?.code ?? EXIT.done,
    result: { checks: checks.map(({ code: _code, ...check }) => check) },
  };
};

function keyCheck({ session }: Line): Check {
  const name = "Key";
  try {
    // The client warns of a file that others can read.
    const found = loadCredentials({ ...session.credentials, onWarning: () => {} });
    if (found) return { name, status: "ok", detail: `from ${found.source}` };
    const detail = "No phone line is set up here.";
    return { name, status: "failed", detail, remedy: "Run: pollyreach setup", code: EXIT.notSetUp };
  } catch (error) {
    if (!(error instanceof PollyReachError)) throw error;
    return { name, status: "failed", detail: error.message, remedy: error.nextStep, code: EXIT.notSetUp };
  }
}

function registrationCheck({ session }: Line): Check {
  const name = "Registration";
  const found = registrationFile(session.credentials, session.clock).look();
  if (!found) return { name, status: "ok", detail: "none is unfinished" };
  const since = new Date(found.since).toISOString();
  return found.state === "under_way"
    ? {
        name,
        status: "warning",
        detail: `another set-up is registering since ${since}`,
        remedy: "Wait for it to end.",
      }
    : {
        name,
        status: "warning",
        detail: `one was begun at ${since}, and its end is not known`,
        remedy: REMEDIES.registrationUnknown,
      };
}

type Asked<T> = { value: T } | { error: PollyReachError } | undefined;

async function ask<T>(
  { session, world }: Line,
  question: (client: Session["client"], options: { signal: AbortSignal }) => Promise<T>,
): Promise<Asked<T>> {
  try {
    return { value: await question(session.client, { signal: world.interrupted }) };
  } catch (error) {
    if (!(error instanceof PollyReachError) || error.code === "aborted") throw error;
    return { error };
  }
}

function troubled(name: string, error: PollyReachError): Check {
  const code = error instanceof AuthenticationError ? EXIT.notSetUp : EXIT.serviceTrouble;
  return { name, status: "failed", detail: error.message, remedy: error.nextStep, code };
}

function numberCheck(asked: Asked<ActivationStatus>, { session }: Line): Check {
  const name = "Number";
  if (!asked) return { name, status: "skipped", detail: "needs the key" };
  if ("error" in asked) return troubled(name, asked.error);
  const { phoneNumber } = asked.value;
  if (phoneNumber !== null) return { name, status: "ok", detail: `${phoneNumber} is active` };
  const { activationUrl } = session.client;
  const link = activationUrl === undefined ? `Sign in at ${DASHBOARD_URL}` : `The link: ${activationUrl}`;
  const remedy = `${REMEDIES.activationLinkNotReceived} ${REMEDIES.noNumberYet} ${link}`;
  return {
    name,
    status: "failed",
    detail: "nobody has signed in yet, so there is none",
    remedy,
    code: EXIT.notSetUp,
  };
}

function balanceCheck(asked: Asked<Balance>): Check {
  const name = "Credits";
  if (!asked) return { name, status: "skipped", detail: "needs the key" };
  if ("error" in asked) return troubled(name, asked.error);
  const { balance, amount } = asked.value;
  const detail = phrase.ofAmount(balance, amount);
  if (isOutOfCredits(asked.value)) {
    return { name, status: "failed", detail, remedy: REMEDIES.noCredits, code: EXIT.failedOutcome };
  }
  return isLowOnCredits(asked.value)
    ? { name, status: "warning", detail, remedy: REMEDIES.noCredits }
    : { name, status: "ok", detail };
}

/** What the history tells: calls that did not connect, incoming calls that never came, tasks left open. */
async function callChecks({ session }: Line): Promise<Check[]> {
  const history = new CallHistory({ store: session.store });
  const [last] = await history.search({ direction: "outgoing", limit: 1 });
  const [received] = await history.search({ direction: "incoming", limit: 1 });
  const open = TaskFile.list(session.folder);
  const outgoing: Check =
    last?.direction !== "outgoing"
      ? { name: "Outgoing calls", status: "skipped", detail: "none was made yet" }
      : NOT_CONNECTING.has(last.outcome)
        ? {
            name: "Outgoing calls",
            status: "warning",
            detail: `the last one did not connect: ${last.phone ?? last.name ?? ""}`,
            remedy: REMEDIES.callDoesNotConnect,
          }
        : { name: "Outgoing calls", status: "ok", detail: `the last one ended with: ${last.outcome}` };
  const incoming: Check = received
    ? {
        name: "Incoming calls",
        status: "ok",
        detail: `the last one came at ${new Date(received.at).toISOString()}`,
      }
    : {
        name: "Incoming calls",
        status: "skipped",
        detail: "none was seen yet",
        remedy: REMEDIES.noInboundMessages,
      };
  const tasks: Check =
    open.length === 0
      ? { name: "Open tasks", status: "ok", detail: "none" }
      : {
          name: "Open tasks",
          status: "warning",
          detail: open.map(({ id, what }) => `${id} (${what})`).join("; "),
          remedy: "Pick one up with: pollyreach call --resume <id>",
        };
  return [outgoing, incoming, tasks];
}

function storageCheck({ session: { folder } }: Line): Check {
  const name = "Storage";
  try {
    replaceFile(`${folder}/writable`, "");
    return { name, status: "ok", detail: folder };
  } catch {
    const remedy = "Make room and make the folder writable, or name another one in POLLYREACH_STATE_DIR.";
    return {
      name,
      status: "failed",
      detail: `${folder} cannot be written`,
      remedy,
      code: EXIT.failedOutcome,
    };
  }
}
