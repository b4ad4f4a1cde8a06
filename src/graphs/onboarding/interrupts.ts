import type { SetUpQuestion } from "./set-up-question.js";

/** The human has to sign in. Resume when they say "done", or at `until` (milliseconds since the Unix epoch). */
export interface SignInNotice {
  kind: "sign_in";
  /** Absent where the link was never saved. */
  activationUrl?: string;
  /** What to tell the human. */
  message: string;
  until: number;
  /** How often activation was checked since the link was handed over. */
  checks: number;
}

/** The set-up waits by itself; resume at `until` or later. */
export interface SetUpWait {
  kind: "wait";
  until: number;
  reason: "another_set_up" | "service_unavailable";
  why: string;
}

/** What the onboarding graph is interrupted with. */
export type OnboardingInterrupt = SignInNotice | SetUpWait | SetUpQuestion;
