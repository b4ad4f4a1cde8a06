import type { Outcome, OutcomeKind } from "../../src/policy/outcome.js";
import type { AttemptSummary, CallReportInput } from "../../src/reports/call-report-input.js";

const THEIR_WORDS = "I am afraid we cannot find that booking.";

/** An outcome that the callee's own words support, with everything a result can state. */
export function anOutcome(kind: OutcomeKind, changes: Partial<Outcome> = {}): Outcome {
  return {
    kind,
    ...(kind === "unknown" && { reason: "The headline contradicts the transcript." }),
    evidence: [{ quote: THEIR_WORDS, start: 0, end: THEIR_WORDS.length, saidBy: "callee" }],
    verified: true,
    transcript: [
      { speaker: "ai", text: "Hello, this is Polly, an AI assistant, about a booking for two." },
      { speaker: "callee", text: THEIR_WORDS },
    ],
    creditsUsed: 57,
    creditsRemaining: 1943,
    detailUrl: "https://pollyreach.ai/calls/7f",
    recordingUrl: "https://pollyreach.ai/recordings/7f.mp3",
    ...changes,
  } as Outcome;
}

export function anAttempt(number: number, changes: Partial<AttemptSummary> = {}): AttemptSummary {
  return {
    number,
    of: 5,
    at: Date.UTC(2026, 2, 16, 9, 5),
    timeZone: "Asia/Tokyo",
    target: { name: "Izakaya Megro", phone: "+81358446369" },
    kind: "busy",
    counted: true,
    ...changes,
  };
}

/** A task to cancel a booking, ended by one call. */
export function aCall(changes: Partial<CallReportInput> = {}): CallReportInput {
  return {
    purpose: "Cancel the booking for 2 on 17 March at 19:00",
    outcome: anOutcome("not_achieved"),
    target: { name: "Izakaya Megro", phone: "+81 3-5844-6369" },
    attempts: [anAttempt(1, { kind: "not_achieved" })],
    balance: { balance: 1943, amount: 2000 },
    ...changes,
  };
}
