import { callingSlot } from "./calling-slot.js";
import { asksForSensitive } from "./disclosure/asks-for-sensitive.js";
import type { AttemptReason, DialTarget, Fact } from "./history.js";
import { LIMITS, type PolicyLimits } from "./limits.js";
import * as ask from "./questions.js";
import { attemptsUsed, type Call, callsTo, type Postponement, type Standing, standing } from "./standing.js";
import type { Conclusion, Step, WaitReason } from "./step.js";
import { firstTarget, nextTarget, sameTarget, targetForAnotherTime, targetInWords } from "./targets.js";
import type { PhoneTask } from "./task.js";

/**
 * What to do next about a task: the whole exception-handling policy, as a pure and total function.
 * Deterministic: the same task, history and instant always give the same step.
 * @param now milliseconds since the Unix epoch.
 */
export function decide(
  task: PhoneTask,
  history: readonly Fact[],
  now: number,
  limits: PolicyLimits = LIMITS,
): Step {
  const step = new Decision(task, standing(task, history), now, limits).step();
  return "question" in step ? asAnswered(step, history.at(-1)) : step;
}

/** A question whose answer could not be taken is asked again, with what was wrong with it. */
function asAnswered<S extends Extract<Step, { question: unknown }>>(step: S, last: Fact | undefined): S {
  if (last?.fact !== "answer_rejected" || last.questionId !== step.question.id) return step;
  return { ...step, question: { ...step.question, problem: last.problem } };
}

/** Something that has to pass before a target may be dialed. */
interface Earliest {
  at: number;
  reason: WaitReason;
  why: string;
}

class Decision {
  constructor(
    private readonly task: PhoneTask,
    private readonly at: Standing,
    private readonly now: number,
    private readonly limits: PolicyLimits,
  ) {}

  step(): Step {
    const { at, limits } = this;
    if (at.refused !== undefined) return end("refused_by_service", at.refused);
    if (at.capReached !== undefined) return end("cap_reached", at.capReached);
    if (at.outOfCredits) {
      if (at.answers.get(ask.topUpId(at))?.choice === "stop")
        return end("insufficient_credits", at.outOfCredits.detail);
      if (at.timesOutOfCredits > limits.topUpPrompts)
        return end("insufficient_credits", at.outOfCredits.detail);
      return { do: "topUp", question: ask.topUp(at, at.outOfCredits.detail) };
    }
    return at.last ? this.after(at.last) : this.first();
  }

  private first(): Step {
    const missing = this.task.requiredDetails.filter((name) => !this.at.details[name]?.trim());
    if (missing.length > 0) {
      const question = ask.missingDetails(missing, this.task);
      return this.at.answers.get(question.id)?.choice === "stop"
        ? end("stopped_by_human", "You chose to end it here.")
        : { do: "ask", question };
    }
    return this.dial(firstTarget(this.task), "first", "Nothing has been tried yet.");
  }

  private after(call: Call): Step {
    const attemptId = call.attempt.id;
    switch (call.phase) {
      case "submitted":
        return { do: "listen", attemptId, why: "The call was placed and its result is not known yet." };
      case "reserved":
      case "submission_unknown":
        return { do: "reconcile", attemptId, why: "It is not certain whether the call was placed." };
      case "nothing_heard":
        return this.afterNothingHeard(call);
      case "heard":
        return this.afterHeard(call);
    }
  }

  private afterNothingHeard(call: Call): Step {
    const attemptId = call.attempt.id;
    switch (call.chosen?.choice) {
      case undefined:
        return {
          do: "authorize",
          question: call.inDoubt ? ask.submissionUnknown(call, this.room()) : ask.nothingHeard(call),
        };
      case "listen":
        return call.inDoubt
          ? { do: "reconcile", attemptId, why: "You asked to go on looking for a trace of the call." }
          : { do: "listen", attemptId, why: "You asked to go on listening." };
      case "redial":
        return this.dial(sameTarget(call), "human_redial", "You asked for another call.");
      default:
        return call.inDoubt
          ? end(
              "submission_unknown",
              "Whether the call was placed is not known, and you chose to leave it there.",
            )
          : end("nothing_heard", "The call was placed, no result came, and you chose to leave it there.");
    }
  }

  private afterHeard(call: Call): Step {
    const kind = call.heard?.kind ?? "unknown";
    switch (kind) {
      case "achieved":
        return end("settled", "The goal was met.");
      case "partly_achieved":
        return this.consult(call, () => ask.changedResult(call, this.room()));
      case "not_achieved":
        return this.switchTarget("They were reached, and the goal was not met.");
      case "declined":
        return this.switchTarget(
          "They would not take the call; they are not called again unless you say so.",
        );
      case "opted_out":
        return this.switchTarget("They asked not to be called again.");
      case "invalid_number":
        return this.switchTarget("The number does not work.");
      case "busy":
        return this.redial(call, "The line was busy.");
      case "connect_failed":
        return this.redial(call, "The call did not connect.");
      case "dropped":
        // Cut off in the middle of a talk, they may have agreed already.
        return call.heard?.spoken
          ? this.consult(call, () => ask.cutOff(call, this.room()))
          : this.redial(call, "The call was cut off before anything was said.");
      case "no_answer":
        return this.anotherTimeOrTarget("Nobody picked up.");
      case "voicemail":
        return this.anotherTimeOrTarget("A machine answered.");
      case "closed":
        return this.reschedule(call);
      case "needs_information":
        // A detail that is sensitive is no detail: giving it is for the human to decide.
        if (asksForSensitive(call.heard?.question ?? "").length > 0) {
          return this.consult(call, () => ask.beyondAuthorization(call, this.room()));
        }
        return call.chosen
          ? this.continueOrStop(call)
          : { do: "ask", question: ask.fromTheCall(call, this.task) };
      case "needs_authorization":
        return this.consult(call, () => ask.beyondAuthorization(call, this.room()));
      case "chat":
        return call.chats <= this.limits.chats
          ? {
              do: "listen",
              attemptId: call.attempt.id,
              why: "Polly has only chatted so far; the result is still to come.",
            }
          : this.consult(call, () => ask.unknownResult(call, this.room()));
      case "unknown":
        return this.consult(call, () => ask.unknownResult(call, this.room()));
      case "line_busy":
      case "insufficient_credits":
        // standing() never keeps a call that these were heard of
        return {
          do: "reconcile",
          attemptId: call.attempt.id,
          why: "It is not certain whether the call was placed.",
        };
      default:
        return kind satisfies never;
    }
  }

  /** What is still open to the human to choose. */
  private room(): ask.Room {
    return {
      redial: attemptsUsed(this.at.calls) < this.limits.attempts,
      switchTarget:
        attemptsUsed(this.at.calls) < this.limits.attempts && nextTarget(this.task, this.at) !== undefined,
      goOn: this.continuations() < this.limits.continuations,
    };
  }

  private continuations(): number {
    return this.at.calls.filter(({ attempt }) => attempt.reason === "continue").length;
  }

  private consult(call: Call, question: () => ReturnType<typeof ask.unknownResult>): Step {
    switch (call.chosen?.choice) {
      case undefined:
        return { do: "authorize", question: question() };
      case "accept":
        return end("accepted_by_human", "You accepted the result.");
      case "approve":
        return this.continueOrStop(call);
      case "redial":
        return this.dial(sameTarget(call), "human_redial", "You asked for another call.");
      case "switch_target":
        return this.switchTarget("You asked for another target.");
      case "listen":
        return { do: "listen", attemptId: call.attempt.id, why: "You asked to go on listening." };
      default:
        return end("stopped_by_human", "You chose to end it here.");
    }
  }

  private continueOrStop(call: Call): Step {
    if (call.chosen?.choice === "stop") return end("stopped_by_human", "You chose to end it here.");
    if (this.continuations() >= this.limits.continuations) {
      return end(
        "too_many_questions",
        `The conversation was taken up again ${this.limits.continuations} times already.`,
      );
    }
    return this.dial(sameTarget(call), "continue", "The conversation goes on with your answer.");
  }

  private redial(call: Call, why: string): Step {
    const target = sameTarget(call);
    const redials = callsTo(this.at.calls, target).filter(
      ({ attempt }) => attempt.reason === "redial",
    ).length;
    if (redials >= this.limits.redialsPerTarget) {
      return this.anotherTimeOrTarget(`${why} It was redialed ${redials} times, as often as is allowed.`);
    }
    const backoff = pick(this.limits.redialBackoffMs, redials);
    return this.dial(target, "redial", why, { at: call.at + backoff, reason: "redial_backoff", why });
  }

  private anotherTimeOrTarget(why: string): Step {
    const next = nextTarget(this.task, this.at);
    if (next) return this.dial(next, "switch_target", why);
    const again = targetForAnotherTime(this.at);
    if (!again) return end("no_target_left", why);
    const times = callsTo(this.at.calls, again.target).length;
    const at = again.lastCall.at + pick(this.limits.anotherTimeMs, times - 1);
    return this.dial(again.target, "another_time", why, { at, reason: "another_time", why });
  }

  private switchTarget(why: string): Step {
    const next = nextTarget(this.task, this.at);
    if (next) return this.dial(next, "switch_target", why);
    return end(this.task.targets.length > 1 ? "no_target_left" : "settled", why);
  }

  private reschedule(call: Call): Step {
    const target = sameTarget(call);
    const reopensAt = call.heard?.reopensAt;
    const at =
      reopensAt !== undefined && reopensAt > call.at ? reopensAt : call.at + this.limits.closedRetryMs;
    const why = `${targetInWords(target)} was closed.`;
    const { deadline } = this.task;
    const next = nextTarget(this.task, this.at);
    if (deadline !== undefined && at > deadline && next) {
      return this.dial(next, "switch_target", `${why} It opens again only after the deadline.`);
    }
    return this.dial(target, "reopened", why, { at, reason: "closed", why });
  }

  /** Everything that stands between a decision to dial and the dial. */
  private dial(target: DialTarget, reason: AttemptReason, why: string, earliest?: Earliest): Step {
    const { task, now, limits, at } = this;
    const barred = at.barred.get(target.key);
    if (barred !== undefined) {
      // What a human asked to dial again may have been reached already: no other is called in its place.
      const next = reason === "human_redial" ? undefined : nextTarget(task, at);
      return next ? this.dial(next, "switch_target", barred) : end("no_target_left", barred);
    }
    const goesOn = reason === "continue";
    const used = attemptsUsed(at.calls);
    if (!goesOn && used >= limits.attempts) {
      return end("attempts_exhausted", `${why} ${used} attempts were made, as many as are allowed.`);
    }
    const unapproved = this.approval(target);
    if (unapproved) return unapproved;
    if (at.postponed && at.postponed.inARow > limits.postponements) {
      const { reason: cause, detail } = at.postponed;
      return end(POSTPONED_FOR_GOOD[cause], detail);
    }
    const wait = latest([earliest, this.postponement(at.postponed), notBefore(task)]);
    const slot = callingSlot(task, target, Math.max(now, wait?.at ?? now));
    if (slot === undefined || (task.deadline !== undefined && slot.at > task.deadline)) {
      return end("deadline_passed", `${why} No time to call is left before the deadline.`);
    }
    if (slot.at > now) {
      const cause = slot.why === undefined ? wait : { reason: "calling_hours" as const, why: slot.why };
      return { do: "wait", until: slot.at, reason: cause?.reason ?? "calling_hours", why: cause?.why ?? why };
    }
    const number = goesOn ? (at.last?.attempt.number ?? 1) : used + 1;
    return { do: "reserve", target, number, of: limits.attempts, reason, why };
  }

  /** A yes covers the terms that were shown. */
  private approval(target: DialTarget): Step | undefined {
    const { task, at } = this;
    if (task.approval !== "first_dial") return undefined;
    const approval = at.answers.get(ask.firstDialId(task, at.details));
    if (approval?.choice === "approve") return undefined;
    return approval
      ? end("stopped_by_human", "You did not approve the call.")
      : { do: "authorize", question: ask.firstDial(task, target, at.details) };
  }

  private postponement(postponed: Postponement | undefined): Earliest | undefined {
    if (!postponed) return undefined;
    const [first, longest] = this.limits.postponeMs;
    const backoff = Math.min(first * 2 ** (postponed.inARow - 1), longest);
    return {
      at: postponed.retryAt ?? postponed.at + backoff,
      reason: postponed.reason,
      why: postponed.detail,
    };
  }
}

const POSTPONED_FOR_GOOD = {
  line_busy: "line_never_free",
  service_unavailable: "service_unavailable",
  calling_cap: "cap_reached",
} as const satisfies Record<Postponement["reason"], Conclusion>;

function notBefore(task: PhoneTask): Earliest | undefined {
  return task.notBefore === undefined
    ? undefined
    : { at: task.notBefore, reason: "not_before", why: "The task is not to start before then." };
}

function latest(all: readonly (Earliest | undefined)[]): Earliest | undefined {
  return all.filter((one) => one !== undefined).sort((a, b) => b.at - a.at)[0];
}

function pick(waits: readonly number[], index: number): number {
  return waits[Math.min(index, waits.length - 1)] ?? 0;
}

function end(conclusion: Conclusion, why: string): Step {
  return { do: "report", conclusion, why };
}
