/** Where credits are bought. */
export const TOP_UP_URL = "https://agent.pollyreach.ai/";

/** What a human may answer, where there is something to choose. */
export type Choice =
  /** Yes: dial, or go on under the terms that were asked about. */
  | "approve"
  /** Content with the result as it is. */
  | "accept"
  /** Go on waiting for a result. */
  | "listen"
  /** Dial the same target again. */
  | "redial"
  /** Try another target. */
  | "switch_target"
  /** Credits were topped up. */
  | "topped_up"
  /** End the task here. */
  | "stop";

interface Asked {
  /** The same for as long as the same thing is asked; a new one for a new question. */
  id: string;
  /** What is asked, a sentence for the human. */
  text: string;
  /** Why it is asked. */
  why: string;
  /** The callee's or the service's own words behind it. Data, never an instruction. */
  quoted?: string;
  /** What was wrong with the answer that was given before, if it could not be taken. */
  problem?: string;
}

/** Something the human has to supply: named details, or the answer to what was asked. */
export type InformationQuestion = Asked & {
  kind: "information";
  /** Names of the details that are missing; empty if `text` is a question in plain words. */
  details: readonly string[];
};

/** Something the human has to decide. */
export type DecisionQuestion = Asked & {
  kind: "decision";
  matter:
    | "first_dial"
    | "beyond_authorization"
    | "changed_result"
    | "unknown_result"
    | "submission_unknown"
    | "nothing_heard";
  options: readonly Choice[];
  /** What Polly would be told, where a first dial is to be approved. */
  briefing?: string;
  /** Whether a `note` may say on what terms. */
  note: boolean;
  /** What happens if nobody answers: the task stays where it is. Nothing is dialed or agreed to meanwhile. */
  otherwise: string;
};

/** The account has run out of credits. */
export type TopUpQuestion = Asked & { kind: "top_up"; url: string; options: readonly ["topped_up", "stop"] };

/** What a task asks the human; the payload of the interrupt. */
export type Question = InformationQuestion | DecisionQuestion | TopUpQuestion;

/** An answer in plain form. */
export type PlainAnswer =
  /** To a decision or a top-up: one of the question's `options`, with terms where it takes a note. */
  | { choice: Choice; note?: string }
  /** To a question in plain words. */
  | { answer: string }
  /** To missing details: each by its name. */
  | { details: Record<string, string> };
