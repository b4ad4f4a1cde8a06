import { type BaseCheckpointSaver, Command, MemorySaver } from "@langchain/langgraph";
import { type Clock, systemClock } from "../../clock.js";
import { type Answer, InvalidAnswerError, plainAnswer, readAnswer } from "../../policy/answer.js";
import type { Fact } from "../../policy/history.js";
import type { Outcome } from "../../policy/outcome.js";
import type { Question } from "../../policy/question.js";
import { standing } from "../../policy/standing.js";
import type { Conclusion, WaitReason } from "../../policy/step.js";
import { type PhoneTask, type PhoneTaskInput, parsePhoneTask } from "../../policy/task.js";
import type { CallReport } from "../../reports/call-report.js";
import type { OutboundDeps } from "./deps.js";
import { createOutboundGraph, type OutboundGraph, RUN_CONFIG } from "./graph.js";
import { TaskBusyError, UnknownTaskError } from "./graph-errors.js";
import type { OutboundInterrupt } from "./interrupts.js";
import type { Progress } from "./progress.js";
import { type CallResult, type OutboundStateUpdate, type OutboundStateValue, resultsOf } from "./state.js";
import { turnstile } from "./turnstile.js";

/** What `runPhoneTask` works with, besides what the graph does. */
export interface PhoneTaskDeps extends OutboundDeps {
  /**
   * Puts a question to the human and brings the answer. Nothing, or no callback at all, ends the run with status
   * `asking`, to be taken up by `resumePhoneTask`. Never let a model answer a decision on its own.
   */
  onQuestion?: (question: Question, task: PhoneTask) => Promise<Answer | undefined> | Answer | undefined;
  onProgress?: (progress: Progress) => void;
  /** Waits longer than this end the run with status `waiting` instead of being slept through. Milliseconds. */
  longestWaitMs?: number;
  /** Stops the run. A call that was placed goes on; `resumePhoneTask` picks up its result. */
  signal?: AbortSignal;
  /** LangGraph thread that keeps the task's state. Default: the task's id. */
  threadId?: string;
  /**
   * What becomes of an answer that a question cannot take: an `InvalidAnswerError`, or the same question again with
   * its `problem`. Default: the error.
   */
  invalidAnswers?: "throw" | "ask_again";
  /** Whether the human is asked before the first dial of a task that does not say. Default: yes on a live line. */
  approval?: PhoneTask["approval"];
}

/** How far a run of a phone task has come. */
export type PhoneTaskRun = {
  taskId: string;
  threadId: string;
  /** How many answers the task has been given so far, those that could not be taken included. */
  answersTaken: number;
} & (
  | {
      status: "finished";
      conclusion: Conclusion;
      report: CallReport;
      /** The deciding outcome; absent if nothing was ever heard. */
      outcome?: Outcome;
      history: readonly Fact[];
      /** What came back for each attempt, verbatim, and what was made of it. */
      results: readonly CallResult[];
      /** Results found on the line that belong to other calls. */
      unclaimed: readonly string[];
    }
  | { status: "asking"; question: Question }
  | { status: "waiting"; until: number; reason: WaitReason; why: string }
);

/**
 * Carries out a phone task in this process: sleeps through its waits, hands its questions to `onQuestion`, and ends
 * with a report. If the thread holds a task already, that one is taken up instead: nothing is dialed twice.
 *
 * @throws {InvalidTaskError} before anything is dialed
 * @throws {TaskBusyError} if the same task is being run already
 * @throws the signal's reason when it is aborted
 */
export function runPhoneTask(input: PhoneTaskInput, deps: PhoneTaskDeps): Promise<PhoneTaskRun> {
  const clock = deps.clock ?? systemClock;
  const checkpointer = checkpointerOf(deps);
  // What is no task at all, parsePhoneTask says.
  const named = deps.threadId ?? (input as PhoneTaskInput | null | undefined)?.id;
  const start = () => {
    const newId = deps.newId ?? (() => crypto.randomUUID());
    const approval = deps.approval ?? (deps.client.live ? "first_dial" : "none");
    const task = parsePhoneTask(input, { now: clock.now(), newId, approval });
    const threadId = named ?? task.id;
    const run = () => drive(threadId, { ...deps, clock, checkpointer }, task);
    return named === undefined ? alone(checkpointer, threadId, run) : run();
  };
  // A thread whose name is known is taken before its turn: of two started at once, the second is refused.
  return alone(checkpointer, named, () => inTurn(clock, start));
}

/**
 * Takes up a task where it stands: after a crash, a wait, or a question.
 *
 * @param answer to the question it asks; not taken if it asks none at present.
 * @throws {UnknownTaskError} if the checkpointer holds no such thread
 * @throws {InvalidAnswerError} for an answer that the question cannot take; the task is as it was
 */
export function resumePhoneTask(
  threadId: string,
  deps: PhoneTaskDeps,
  answer?: Answer,
): Promise<PhoneTaskRun> {
  const clock = deps.clock ?? systemClock;
  const checkpointer = checkpointerOf(deps);
  const run = () => drive(threadId, { ...deps, clock, checkpointer }, undefined, answer);
  return alone(checkpointer, threadId, () => inTurn(clock, run));
}

/** Reading a task and compiling its graph also take their time, so they too wait for their turn. */
function inTurn(clock: Clock, work: () => Promise<PhoneTaskRun>): Promise<PhoneTaskRun> {
  const go = async () => {
    await turnstile("starting");
    return work();
  };
  return clock.hold ? clock.hold(go) : go();
}

/** Where runs without a checkpointer of their own are kept, until they finish. */
let processMemory: MemorySaver | undefined;

function checkpointerOf({ checkpointer }: PhoneTaskDeps): BaseCheckpointSaver {
  processMemory ??= new MemorySaver();
  return checkpointer ?? processMemory;
}

/** Threads being run in this process, by checkpointer: LangGraph itself has no lock on a thread. */
const running = new WeakMap<BaseCheckpointSaver, Set<string>>();

/** Runs `work` while nothing else runs on the thread, if it has a name yet. */
async function alone(
  checkpointer: BaseCheckpointSaver,
  threadId: string | undefined,
  work: () => Promise<PhoneTaskRun>,
): Promise<PhoneTaskRun> {
  if (threadId === undefined) return work();
  const threads = running.get(checkpointer) ?? new Set();
  running.set(checkpointer, threads);
  if (threads.has(threadId)) throw new TaskBusyError(threadId);
  threads.add(threadId);
  try {
    return await work();
  } finally {
    threads.delete(threadId);
  }
}

async function drive(
  threadId: string,
  deps: DriveDeps,
  task: PhoneTask | undefined,
  answer?: Answer,
): Promise<PhoneTaskRun> {
  const run = await new Drive(threadId, deps).go(task, answer);
  if (run.status === "finished" && deps.checkpointer === processMemory)
    await processMemory.deleteThread(threadId);
  return run;
}

type DriveDeps = PhoneTaskDeps & { clock: Clock; checkpointer: BaseCheckpointSaver };

/** Facts that an answer of the human becomes. */
const ANSWERS: ReadonlySet<Fact["fact"]> = new Set(["chosen", "details_given", "answer_rejected"]);

/** What the graph is resumed with: nothing in particular after a wait, else an answer. */
type Resume = true | ReturnType<typeof plainAnswer> | { rejected: string };

type Input = Parameters<OutboundGraph["invoke"]>[0];

class Drive {
  readonly #graph: OutboundGraph;
  readonly #config;

  constructor(
    private readonly threadId: string,
    private readonly deps: DriveDeps,
  ) {
    this.#graph = createOutboundGraph(deps);
    this.#config = {
      ...RUN_CONFIG,
      configurable: { thread_id: threadId },
      ...(deps.signal && { signal: deps.signal }),
    };
  }

  async go(task: PhoneTask | undefined, answer: Answer | undefined): Promise<PhoneTaskRun> {
    const saved = await this.#graph.getState(this.#config);
    let state: OutboundStateValue = saved.values;
    let pending: OutboundInterrupt | undefined;
    // An answer is to the question that stood there when it was given, never to one that comes up later.
    let given: Answer | undefined;
    if (state.task) {
      // A step that was done but not yet followed by a checkpoint is not in `next`, and its interrupt is answered.
      if (saved.next.length > 0) pending = saved.tasks.flatMap(({ interrupts }) => interrupts)[0]?.value;
      if (pending && pending.kind !== "wait") given = answer;
      if (!pending && !state.callReport) ({ state, pending } = await this.#invoke(null));
    } else {
      if (!task) throw new UnknownTaskError(this.threadId);
      ({ state, pending } = await this.#invoke({ task }));
    }
    while (pending) {
      const run = this.#run(state);
      let resume: Resume = true;
      if (pending.kind === "wait") {
        const { until, reason, why } = pending;
        const left = until - this.deps.clock.now();
        if (left > (this.deps.longestWaitMs ?? Number.POSITIVE_INFINITY)) {
          return { ...run, status: "waiting", until, reason, why };
        }
        await this.deps.clock.sleep(left, this.deps.signal);
      } else {
        const reply: Answer | undefined = given ?? (await this.deps.onQuestion?.(pending, state.task));
        if (reply === undefined) return { ...run, status: "asking", question: pending };
        resume = this.#checked(pending, reply);
        given = undefined;
      }
      // Many waits may end in the same moment.
      await turnstile();
      ({ state, pending } = await this.#invoke(
        new Command<unknown, OutboundStateUpdate, "plan">({ resume }),
      ));
    }
    return this.#finished(state);
  }

  /** Looked at before the graph sees it: what is turned down, for being sensitive for instance, is not kept. */
  #checked(question: Question, answer: Answer): Resume {
    try {
      readAnswer(question, answer, this.deps.clock.now());
      // Words beside the answer, such as why it is a no, would be kept without having been looked at.
      return plainAnswer(question, answer);
    } catch (error) {
      if (!(error instanceof InvalidAnswerError) || this.deps.invalidAnswers !== "ask_again") throw error;
      return { rejected: error.problem };
    }
  }

  async #invoke(
    input: Input,
  ): Promise<{ state: OutboundStateValue; pending: OutboundInterrupt | undefined }> {
    const { onProgress } = this.deps;
    let state: (OutboundStateValue & { __interrupt__?: { value?: OutboundInterrupt }[] }) | undefined;
    if (onProgress) {
      const stream = await this.#graph.stream(input, { ...this.#config, streamMode: ["custom", "values"] });
      for await (const [mode, chunk] of stream) {
        if (mode === "custom") onProgress(chunk as Progress);
        else state = { ...state, ...chunk };
      }
    } else {
      state = await this.#graph.invoke(input, this.#config);
    }
    if (!state) throw new UnknownTaskError(this.threadId);
    return { state, pending: state.__interrupt__?.[0]?.value };
  }

  #run({ task, history }: OutboundStateValue): Pick<PhoneTaskRun, "taskId" | "threadId" | "answersTaken"> {
    const answersTaken = history.filter(({ fact }) => ANSWERS.has(fact)).length;
    return { taskId: task.id, threadId: this.threadId, answersTaken };
  }

  #finished(state: OutboundStateValue): PhoneTaskRun {
    const { history, unclaimed, step, callReport: report, results } = state;
    if (step.do !== "report" || !report) throw new UnknownTaskError(this.threadId);
    const { last } = standing(state.task, history);
    const outcome = last && resultsOf(state, last.attempt.id).findLast((result) => result.outcome)?.outcome;
    return {
      ...this.#run(state),
      status: "finished",
      conclusion: step.conclusion,
      report,
      ...(outcome && { outcome }),
      history,
      results,
      unclaimed,
    };
  }
}
