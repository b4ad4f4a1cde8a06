import { type BaseCheckpointSaver, Command, MemorySaver } from "@langchain/langgraph";
import { type Clock, systemClock } from "../../clock.js";
import type { SetUpEnd } from "./decide-set-up.js";
import type { OnboardingDeps } from "./deps.js";
import { createOnboardingGraph, ONBOARDING_RUN_CONFIG, type OnboardingGraph } from "./graph.js";
import type { OnboardingInterrupt, SignInNotice } from "./interrupts.js";
import { readSetUpChoice, type SetUpChoice, type SetUpQuestion } from "./set-up-question.js";
import type { OnboardingStateUpdate, OnboardingStateValue } from "./state.js";
import type { Welcome } from "./wording.js";

/** What `runOnboarding` works with, besides what the graph does. */
export interface RunOnboardingDeps extends OnboardingDeps {
  /** What the assistant is called. Default: "Polly's client". */
  agentName?: string;
  /** Puts a question to the human. Nothing, or no callback at all, ends the run with status `asking`. */
  onQuestion?: (question: SetUpQuestion) => Promise<SetUpChoice | undefined> | SetUpChoice | undefined;
  /** Shows the human the link, each time it is waited for. */
  onSignIn?: (notice: SignInNotice) => void;
  /**
   * Resolves when the human says that they have signed in, so that it is checked at once. Called for each wait; the
   * signal is aborted when the wait is over.
   */
  untilSignedIn?: (signal: AbortSignal) => Promise<void>;
  /** Waits longer than this end the run instead of being slept through. Milliseconds; 0 for a chat. */
  longestWaitMs?: number;
  signal?: AbortSignal;
  /** LangGraph thread that keeps the state. Default: one of its own, in memory. */
  threadId?: string;
}

/** How far a set-up has come. */
export type OnboardingRun = { threadId: string } & (
  | { status: "ready"; welcome: Welcome }
  /** The human has to sign in; run it again when they say so, or at `until`. */
  | { status: "activating"; notice: SignInNotice; until: number }
  | { status: "asking"; question: SetUpQuestion }
  | { status: "waiting"; until: number; why: string }
  | { status: "stopped"; end: SetUpEnd; detail: string; nextStep: string }
);

const DEFAULT_NAME = "Polly's client";

/**
 * Sets a phone line up, or goes on where an earlier set-up was left: with a number it greets, with a key and no number
 * it hands the link over again, with nothing it registers once. Run again on the same thread it goes on with that; on
 * a new one it finds the same by the saved key.
 *
 * @param answer to the question that the thread asks, if it asks one.
 * @throws {CredentialsError} for a key file that is broken or a place that cannot be written
 * @throws {InvalidSetUpAnswerError} for an answer that the question does not offer
 * @throws the signal's reason, or an AbortedError, when it is aborted
 */
export async function runOnboarding(deps: RunOnboardingDeps, answer?: SetUpChoice): Promise<OnboardingRun> {
  const clock = deps.clock ?? systemClock;
  const run = new SetUpRun({ ...deps, clock });
  return clock.hold ? clock.hold(() => run.go(answer)) : run.go(answer);
}

class SetUpRun {
  readonly #graph: OnboardingGraph;
  readonly #threadId: string;
  readonly #config;

  constructor(private readonly deps: RunOnboardingDeps & { clock: Clock }) {
    const checkpointer: BaseCheckpointSaver = deps.checkpointer ?? new MemorySaver();
    this.#graph = createOnboardingGraph({ ...deps, checkpointer });
    this.#threadId = deps.threadId ?? crypto.randomUUID();
    this.#config = {
      ...ONBOARDING_RUN_CONFIG,
      configurable: { thread_id: this.#threadId },
      ...(deps.signal && { signal: deps.signal }),
    };
  }

  async go(answer: SetUpChoice | undefined): Promise<OnboardingRun> {
    const saved = await this.#graph.getState(this.#config);
    const isOpen = saved.next.length > 0;
    let state: OnboardingStateValue = saved.values;
    let pending: OnboardingInterrupt | undefined = saved.tasks.flatMap(({ interrupts }) => interrupts)[0]
      ?.value;
    // A thread that has ended begins anew: what counts is what is saved, not what was once found.
    if (!isOpen) {
      ({ state, pending } = await this.#invoke({
        agentName: this.deps.agentName ?? DEFAULT_NAME,
        facts: [{ fact: "begun", at: this.deps.clock.now() }],
      }));
    } else if (!pending) ({ state, pending } = await this.#invoke(null));
    let given = answer;
    let resumed = isOpen;
    while (pending) {
      let resume: SetUpChoice | true = true;
      if (pending.kind === "set_up_decision") {
        const choice: SetUpChoice | undefined = given ?? (await this.deps.onQuestion?.(pending));
        if (choice === undefined) return { threadId: this.#threadId, status: "asking", question: pending };
        resume = readSetUpChoice(pending, choice);
        given = undefined;
      } else if (!resumed) {
        const left = await this.#wait(pending);
        if (left) return left;
      }
      resumed = false;
      ({ state, pending } = await this.#invoke(
        new Command<unknown, OnboardingStateUpdate, "plan">({ resume }),
      ));
    }
    return this.#ended(state);
  }

  /** Waits as the interrupt says; what is left of the run if the wait is longer than wanted. */
  async #wait(pending: Exclude<OnboardingInterrupt, SetUpQuestion>): Promise<OnboardingRun | undefined> {
    const { clock, longestWaitMs = Number.POSITIVE_INFINITY, onSignIn, signal, untilSignedIn } = this.deps;
    const { until } = pending;
    if (pending.kind === "sign_in") onSignIn?.(pending);
    const ms = until - clock.now();
    if (ms > longestWaitMs) {
      return pending.kind === "sign_in"
        ? { threadId: this.#threadId, status: "activating", notice: pending, until }
        : { threadId: this.#threadId, status: "waiting", until, why: pending.why };
    }
    if (pending.kind === "sign_in" && untilSignedIn) await firstOf(clock, ms, untilSignedIn, signal);
    else await clock.sleep(ms, signal);
    return undefined;
  }

  async #invoke(input: Parameters<OnboardingGraph["invoke"]>[0]) {
    const state: OnboardingStateValue & { __interrupt__?: { value?: OnboardingInterrupt }[] } =
      await this.#graph.invoke(input, this.#config);
    return { state, pending: state.__interrupt__?.[0]?.value };
  }

  #ended({ step, welcome }: OnboardingStateValue): OnboardingRun {
    const threadId = this.#threadId;
    if (welcome && step.do === "welcome") return { threadId, status: "ready", welcome };
    if (step.do !== "stop") throw new Error(`A set-up does not end with a step to ${step.do}.`);
    const { end, detail, nextStep } = step;
    return { threadId, status: "stopped", end, detail, nextStep };
  }
}

/** Sleeps, or less if the human says "done" before. */
async function firstOf(
  clock: Clock,
  ms: number,
  untilSignedIn: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const said = untilSignedIn(either).then(() => over.abort());
  try {
    await clock.sleep(ms, either);
  } catch (error) {
    if (signal?.aborted || !over.signal.aborted) throw error;
  } finally {
    over.abort();
  }
  await said.catch((error: unknown) => {
    if (signal?.aborted) throw error;
  });
}
