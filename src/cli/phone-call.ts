import {
  type PhoneTaskDeps,
  type PhoneTaskRun,
  resumePhoneTask,
  runPhoneTask,
} from "../graphs/outbound/run-phone-task.js";
import { CallHistory } from "../history/call-history.js";
import { isIntroductionDue, noteIntroduction } from "../history/first-call.js";
import type { Answer } from "../policy/answer.js";
import { checkNumber } from "../policy/numbers/check-number.js";
import type { Question } from "../policy/question.js";
import type { PhoneTask, PhoneTaskInput } from "../policy/task.js";
import { firstCallIntroduction } from "../reports/index.js";
import { askInPlace, showQuestion } from "./ask-in-place.js";
import { CallProgress } from "./call-progress.js";
import type { CommandEnd, Setting } from "./command.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { LineFileLocks } from "./line-file-locks.js";
import { Interrupted } from "./prompter.js";
import type { Session } from "./session.js";
import type { TaskFile } from "./task-file.js";
import { UsageError } from "./usage-error.js";
import type { World } from "./world.js";

type Line = Setting & { session: Session };

/** A task, and the file that keeps it; without `task` it is taken up where it was left. */
export interface KeptCall {
  id: string;
  file: TaskFile;
  task?: PhoneTaskInput;
}

/** What the command line says in answer to what the task may ask. */
export interface GivenWords {
  answer?: Answer | undefined;
  /** The number of the first call, named once more. */
  confirm?: string | undefined;
}

/** Short enough to type; only a handful of tasks are open at a time. */
const TASK_ID_LENGTH = 8;

export function newTaskId({ newId }: World): string {
  return newId().slice(0, TASK_ID_LENGTH);
}

/** Carries out a phone task as far as it goes: to its report, to a question that nobody answers, or to Ctrl-C. */
export async function carryOutCall(
  { id, file, task }: KeptCall,
  line: Line,
  words: GivenWords = {},
): Promise<CommandEnd> {
  const { world, output } = line;
  const progress = new CallProgress(output, world.timeZone);
  const deps = depsOf(words, line, file, progress);
  let run: PhoneTaskRun;
  try {
    run = task ? await runPhoneTask(task, { ...deps, threadId: id }) : await resumePhoneTask(id, deps);
  } catch (error) {
    if (!(error instanceof Interrupted) && !world.interrupted.aborted) throw error;
    return interrupted(id, progress, line);
  }
  return tell(run, id, file, line);
}

function depsOf(
  words: GivenWords,
  { world, output, prompter, session }: Line,
  file: TaskFile,
  progress: CallProgress,
): PhoneTaskDeps {
  const { client, clock, folder, store } = session;
  const { live } = client;
  let given = words.answer;
  return {
    client,
    clock,
    checkpointer: file,
    random: world.random,
    newId: world.newId,
    signal: world.interrupted,
    guard: { store },
    locks: new LineFileLocks(folder, () =>
      output.progress("⏳ The line is in use by another call; waiting."),
    ),
    invalidAnswers: "ask_again",
    onProgress: progress.show,
    onUnclaimedResult: (message) => output.note(`A result of another call was found on the line: ${message}`),
    onQuestion: (question, task) => {
      if (isConfirmed(question, task, words)) return { choice: "approve" };
      // A live phone does not ring on an option alone: its number has to be named.
      const answer = live && isFirstDial(question) ? undefined : given;
      given = undefined;
      if (answer !== undefined) return answer;
      return prompter && askInPlace(question, task, { output, prompter, live });
    },
  };
}

/** `--confirm` names the number once more; the question it answers is the first dial's only. */
function isConfirmed(question: Question, { targets, country }: PhoneTask, { confirm }: GivenWords): boolean {
  if (!isFirstDial(question) || confirm === undefined) return false;
  const checked = checkNumber(confirm, country === undefined ? {} : { country });
  const phone = targets[0]?.phone;
  if (phone !== undefined && checked.ok && checked.e164 === phone) return true;
  throw new UsageError(
    `--confirm ${confirm} is not the number to be called${phone === undefined ? "" : `, ${phone}`}.`,
  );
}

function isFirstDial(question: Question): boolean {
  return question.kind === "decision" && question.matter === "first_dial";
}

function interrupted(id: string, { callingNow, placed }: CallProgress, { output }: Line): CommandEnd {
  const call = callingNow === undefined ? "none" : placed ? "goes_on" : "may_go_on";
  output.say();
  output.say(
    {
      none: "Stopped. No call is going on.",
      goes_on: `Stopped waiting. The call to ${callingNow} goes on without you.`,
      may_go_on: `Stopped waiting. The call to ${callingNow} may just have been placed, and then goes on without you.`,
    }[call],
  );
  output.verbatim(`Pick it up with: pollyreach call --resume ${id}`);
  return { code: EXIT.interrupted, result: { status: "interrupted", taskId: id, call } };
}

async function tell(run: PhoneTaskRun, taskId: string, file: TaskFile, line: Line): Promise<CommandEnd> {
  const { output, session } = line;
  if (run.status === "waiting") {
    output.say(run.why);
    output.verbatim(`Pick it up with: pollyreach call --resume ${taskId}`);
    return { code: EXIT.needsHuman, result: { status: run.status, taskId, until: run.until, why: run.why } };
  }
  if (run.status === "asking") {
    tellQuestion(run.question, taskId, line);
    return { code: EXIT.needsHuman, result: { status: run.status, taskId, question: run.question } };
  }
  const history = new CallHistory({ store: session.store });
  await history.recordTask(run);
  file.remove();
  output.report(run.report);
  const to = session.lineName();
  if (run.report.calls.made > 0 && (await isIntroductionDue(session.store, to))) {
    await noteIntroduction(session.store, to, session.clock.now());
    output.say();
    output.say(firstCallIntroduction());
  }
  const { conclusion, report, outcome, unclaimed } = run;
  const verified = outcome?.verified ?? false;
  return {
    code: codeOf(run),
    result: { status: run.status, taskId, conclusion, outcome: outcome?.kind, verified, report, unclaimed },
  };
}

function tellQuestion(question: Question, taskId: string, { output }: Line): void {
  showQuestion(output, question);
  if (question.kind === "decision" && question.briefing !== undefined) {
    for (const line of question.briefing.split("\n")) output.say(`   > ${line}`);
  }
  output.say();
  output.say(isFirstDial(question) ? "Run it at a terminal, or confirm the number with:" : "Answer with:");
  const how =
    question.kind === "information"
      ? '--answer "…"'
      : isFirstDial(question)
        ? "--confirm <number>"
        : `--choose ${question.options.join("|")}`;
  output.verbatim(`  pollyreach call --resume ${taskId} ${how}`);
}

function codeOf({ conclusion, outcome }: Extract<PhoneTaskRun, { status: "finished" }>): ExitCode {
  switch (conclusion) {
    case "settled":
      return outcome?.kind === "achieved" || outcome?.kind === "partly_achieved"
        ? EXIT.done
        : EXIT.failedOutcome;
    case "accepted_by_human":
      return EXIT.done;
    case "service_unavailable":
    case "line_never_free":
    case "refused_by_service":
      return EXIT.serviceTrouble;
    default:
      return EXIT.failedOutcome;
  }
}
