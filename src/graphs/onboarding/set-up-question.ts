import { DASHBOARD_URL } from "../../client/remedies.js";

/** What the human may answer during a set-up. */
export type SetUpChoice = "register" | "register_again" | "look_again" | "save_again" | "stop";

/** Something the human has to decide before the set-up goes on. */
export interface SetUpQuestion {
  kind: "set_up_decision";
  matter: "may_register" | "registration_unknown" | "not_saved";
  /** The same for as long as the same thing is asked. */
  id: string;
  text: string;
  why: string;
  options: readonly SetUpChoice[];
}

/** An answer that the question does not offer. Nothing was done with it. */
export class InvalidSetUpAnswerError extends Error {
  override readonly name = "InvalidSetUpAnswerError";
  readonly code = "invalid_answer";
  readonly retryable = false;
  constructor(question: SetUpQuestion) {
    super(`The answer to “${question.id}” has to be one of ${question.options.join(", ")}.`);
  }
}

/** Reads `{ choice }` or the choice itself. @throws {InvalidSetUpAnswerError} */
export function readSetUpChoice(question: SetUpQuestion, answer: unknown): SetUpChoice {
  const picked = typeof answer === "object" && answer !== null && "choice" in answer ? answer.choice : answer;
  const known = question.options.find((option) => option === picked);
  if (known === undefined) throw new InvalidSetUpAnswerError(question);
  return known;
}

export function mayRegister(at: number): SetUpQuestion {
  return {
    kind: "set_up_decision",
    matter: "may_register",
    id: `may_register:${at}`,
    text: "No phone line is set up here. Register one with PollyReach?",
    why: "Registering makes an account. It becomes usable once you have signed in by its activation link.",
    options: ["register", "stop"],
  };
}

export function registrationUnknown(
  { at, since, detail }: { at: number; since: number; detail: string },
  mayRegisterAgain: boolean,
): SetUpQuestion {
  return {
    kind: "set_up_decision",
    matter: "registration_unknown",
    id: `registration_unknown:${at}`,
    text: `A registration was begun at ${new Date(since).toISOString()}, and it is not known whether an account came of it. Look for it at ${DASHBOARD_URL} before another one is made.`,
    why: detail,
    options: mayRegisterAgain ? ["look_again", "register_again", "stop"] : ["look_again", "stop"],
  };
}

export function notSaved({
  at,
  detail,
  nextStep,
}: {
  at: number;
  detail: string;
  nextStep: string;
}): SetUpQuestion {
  return {
    kind: "set_up_decision",
    matter: "not_saved",
    id: `not_saved:${at}`,
    text: `The phone line is registered, but its key could not be saved. ${detail} ${nextStep} Then save again; until then the key is in this process only.`,
    why: "Without the key the account cannot be used, and it is shown only once.",
    options: ["save_again", "stop"],
  };
}
