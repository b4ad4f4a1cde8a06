import type { SetUpQuestion } from "./set-up-question.js";
import * as ask from "./set-up-question.js";

/**
 * Who may make an account. `never`: nobody here. `ask`: the human is asked first, by an interrupt. `allowed`: the
 * developer hands it over, or the human has asked for it already.
 */
export type RegistrationPolicy = "never" | "ask" | "allowed";

/** What has happened to a set-up, in order. `at` is in milliseconds since the Unix epoch. None holds a token. */
export type SetUpFact = { at: number } /** What came before, on the same thread, counts no more. */ & (
  | { fact: "begun" }
  | { fact: "looked"; registered: boolean; activationUrl?: string }
  | { fact: "registered"; activationUrl?: string }
  /** The service turned the registration away, or it was never sent: there is no account. */
  | { fact: "not_registered"; detail: string; nextStep: string }
  /** An account was made, and its token is only in this process. */
  | { fact: "not_saved"; detail: string; nextStep: string }
  /** Another set-up is registering at this moment. */
  | { fact: "under_way"; since: number }
  /** A registration was begun, and nobody knows whether an account came of it. */
  | { fact: "registration_unknown"; since: number; detail: string }
  | { fact: "checked"; phoneNumber: string | null }
  | { fact: "check_failed"; detail: string; nextStep: string }
  | { fact: "token_rejected"; detail: string; nextStep: string }
  /** The human said "done", or the time for the next check came. */
  | { fact: "waited" }
  | { fact: "chosen"; questionId: string; choice: ask.SetUpChoice }
);

/** Why a set-up ended without a number. */
export type SetUpEnd =
  | "stopped_by_human"
  | "not_registered"
  | "not_activated"
  | "token_rejected"
  | "service_unavailable";

/** One thing to do next. */
export type SetUpStep =
  | { do: "look" }
  | { do: "register"; again: boolean }
  | { do: "save" }
  | { do: "check" }
  | { do: "ask"; question: SetUpQuestion }
  | { do: "signIn"; activationUrl?: string; until: number; checks: number }
  | { do: "wait"; until: number; reason: "another_set_up" | "service_unavailable"; why: string }
  | { do: "welcome"; phoneNumber: string; isNew: boolean }
  | { do: "stop"; end: SetUpEnd; detail: string; nextStep: string };

/** When activation is checked, and how long anything is waited for. Durations in milliseconds. */
export const SET_UP_LIMITS = {
  /** The wait before the first check after the link was handed over. */
  firstCheckMs: 5_000,
  /** Each wait is twice the one before, up to this. */
  longestCheckMs: 30 * 60_000,
  /** After so long without a sign-in the set-up ends; the link stays good, and it can be taken up again. */
  activationMs: 24 * 3_600_000,
  /** How often another set-up is looked at, while it registers. */
  anotherSetUpMs: 2_000,
  /** Failed checks in a row after which the set-up ends. */
  failedChecks: 12,
} as const;

const NOTHING_KNOWN = {
  signIn: "Open the activation link, sign in with an e-mail address and confirm it; then set up again.",
  register: "Let the human run `pollyreach setup`, or allow the registration.",
  again: "Nothing was registered. Set up again whenever you like.",
};

/** Decides what is next. Pure: the same facts give the same step. */
export function decideSetUp(
  history: readonly SetUpFact[],
  now: number,
  registration: RegistrationPolicy,
): SetUpStep {
  const facts = history.slice(history.findLastIndex(({ fact }) => fact === "begun") + 1);
  const last = facts.at(-1);
  switch (last?.fact) {
    case undefined:
    case "begun":
      return { do: "look" };
    case "looked":
      if (last.registered) return { do: "check" };
      if (registration === "allowed") return { do: "register", again: false };
      if (registration === "ask") return { do: "ask", question: ask.mayRegister(last.at) };
      return stop("not_registered", "No phone line is set up here.", NOTHING_KNOWN.register);
    case "registered":
      return signIn(facts, now);
    case "not_registered":
      return stop("not_registered", last.detail, last.nextStep);
    case "not_saved":
      return { do: "ask", question: ask.notSaved(last) };
    case "under_way":
      return {
        do: "wait",
        until: last.at + SET_UP_LIMITS.anotherSetUpMs,
        reason: "another_set_up",
        why: "Another set-up is registering this phone line at this moment.",
      };
    case "registration_unknown":
      return { do: "ask", question: ask.registrationUnknown(last, registration !== "never") };
    case "checked":
      if (last.phoneNumber === null) return signIn(facts, now);
      return { do: "welcome", phoneNumber: last.phoneNumber, isNew: linkHandedOverAt(facts) !== undefined };
    case "check_failed":
      return afterFailedCheck(facts, last);
    case "token_rejected":
      return stop("token_rejected", last.detail, last.nextStep);
    case "waited":
      return facts.some(({ fact }) => fact === "registered" || fact === "checked" || fact === "check_failed")
        ? { do: "check" }
        : { do: "look" };
    case "chosen":
      return afterChoice(last.choice);
  }
}

function afterChoice(choice: ask.SetUpChoice): SetUpStep {
  switch (choice) {
    case "register":
      return { do: "register", again: false };
    case "register_again":
      return { do: "register", again: true };
    case "look_again":
      return { do: "look" };
    case "save_again":
      return { do: "save" };
    case "stop":
      return stop("stopped_by_human", "The set-up was stopped at your word.", NOTHING_KNOWN.again);
  }
}

function signIn(facts: readonly SetUpFact[], now: number): SetUpStep {
  const since = linkHandedOverAt(facts) ?? now;
  if (now - since >= SET_UP_LIMITS.activationMs) {
    return stop("not_activated", "Nobody has signed in yet, so there is no number.", NOTHING_KNOWN.signIn);
  }
  const activationUrl = linkIn(facts);
  const checks = facts.filter(({ fact, at }) => fact === "checked" && at > since).length;
  const wait = Math.min(SET_UP_LIMITS.firstCheckMs * 2 ** Math.min(checks, 20), SET_UP_LIMITS.longestCheckMs);
  return { do: "signIn", ...(activationUrl !== undefined && { activationUrl }), until: now + wait, checks };
}

function afterFailedCheck(
  facts: readonly SetUpFact[],
  last: Extract<SetUpFact, { fact: "check_failed" }>,
): SetUpStep {
  let failures = 0;
  for (const { fact } of facts.toReversed()) {
    if (fact === "check_failed") failures++;
    else if (fact !== "waited") break;
  }
  if (failures >= SET_UP_LIMITS.failedChecks) return stop("service_unavailable", last.detail, last.nextStep);
  const wait = Math.min(SET_UP_LIMITS.firstCheckMs * 2 ** (failures - 1), SET_UP_LIMITS.longestCheckMs);
  return { do: "wait", until: last.at + wait, reason: "service_unavailable", why: last.detail };
}

/** When this set-up first had to hand the link over: with the registration, or when a check found no number. */
function linkHandedOverAt(facts: readonly SetUpFact[]): number | undefined {
  return facts.find(
    (each) => each.fact === "registered" || (each.fact === "checked" && each.phoneNumber === null),
  )?.at;
}

function linkIn(facts: readonly SetUpFact[]): string | undefined {
  const known = facts.findLast((each) => each.fact === "registered" || each.fact === "looked");
  return known?.fact === "registered" || known?.fact === "looked" ? known.activationUrl : undefined;
}

function stop(end: SetUpEnd, detail: string, nextStep: string): SetUpStep {
  return { do: "stop", end, detail, nextStep };
}
