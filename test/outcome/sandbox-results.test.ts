import { describe, expect, it } from "vitest";
import { readOutcome } from "../../src/outcome/read-outcome.js";
import type { OutcomeKind } from "../../src/policy/outcome.js";
import { behaviours } from "../../src/sandbox/behaviour.js";
import { createChance } from "../../src/sandbox/chance.js";
import { RESULT_STYLES } from "../../src/sandbox/options.js";
import { renderResult } from "../../src/sandbox/result-styles.js";
import { type ToldBehaviour, tellStory } from "../../src/sandbox/tell-story.js";

const OPENS_AT = Date.parse("2026-03-10T09:00:00Z");
const TASK = {
  name: "Trattoria Roma",
  phone: "+12125550123",
  purpose: "Book a table for 4 on Friday 13 March at 19:00, name Lee",
  timeZone: "Europe/London",
};

const SAYS: readonly [OutcomeKind, unknown][] = [
  ["busy", behaviours.busy()],
  ["no_answer", behaviours.ringsOut()],
  ["voicemail", behaviours.voicemail()],
  ["invalid_number", behaviours.outOfService()],
  ["connect_failed", behaviours.connectFails()],
  ["closed", behaviours.closedUntil(OPENS_AT)],
  ["needs_authorization", behaviours.asksForCard()],
  [
    "needs_information",
    behaviours.asksQuestion("What name should the reservation be under?", { answeredBy: /x/ }),
  ],
  [
    "needs_information",
    behaviours.asksQuestion("Which branch do you mean, the one at the station?", { answeredBy: /x/ }),
  ],
  ["not_achieved", behaviours.refuses("we are fully booked that evening")],
  ["not_achieved", behaviours.refuses("we do not take reservations by phone")],
  ["dropped", behaviours.hangsUpMidway()],
  ["opted_out", behaviours.optsOut()],
  ["achieved", behaviours.agrees()],
  ["achieved", behaviours.agrees("a table for 4 on Friday at 19:00, name Lee")],
  ["partly_achieved", behaviours.agreesToSomethingElse("a table for 4 on Friday at 20:30")],
  ["declined", behaviours.declinesAi()],
];

const lastSentence = (text: string) => text.split(". ").at(-1) ?? text;

describe("what the sandbox says", () => {
  for (const [kind, behaviour] of SAYS) {
    for (const style of RESULT_STYLES) {
      it(`is ${kind} when told of ${(behaviour as ToldBehaviour).kind} as ${style}`, () => {
        for (let seed = 0; seed < 24; seed++) {
          const story = tellStory(behaviour as ToldBehaviour, TASK, createChance(seed));
          const message = renderResult(
            {
              ...story,
              name: seed % 3 === 0 ? null : TASK.name,
              phone: TASK.phone,
              purpose: TASK.purpose,
              creditsUsed: 12,
              creditsRemaining: 1388,
              detailUrl: "https://pollyreach.ai/calls/42",
              recordingUrl: "https://pollyreach.ai/recordings/42.mp3",
            },
            style,
          );
          const outcome = readOutcome(message, {
            purpose: TASK.purpose,
            targetName: TASK.name,
            targetPhone: TASK.phone,
            timeZone: TASK.timeZone,
            calledAt: Date.parse("2026-03-09T20:00:00Z"),
          });
          expect(outcome.kind, `${message}\n${JSON.stringify(outcome)}`).toBe(kind);
          expect(outcome.creditsUsed, message).toBe(12);
          expect(outcome.creditsRemaining, message).toBe(1388);
          expect(outcome.targetPhone?.e164).toBe(TASK.phone);
          if (style !== "one_liner") expect(outcome.detailUrl).toBe("https://pollyreach.ai/calls/42");
          if (kind === "closed")
            expect(outcome.reopens?.at, `${message}\n${JSON.stringify(outcome.reopens)}`).toBe(OPENS_AT);
          if (story.question) expect(outcome.question).toContain(lastSentence(story.question));
          if (story.question && style !== "one_liner" && style !== "prose")
            expect(outcome.question).toBe(story.question);
          if (story.turns.length > 0 && style !== "one_liner" && style !== "prose")
            expect(outcome.transcript).toEqual(story.turns);
        }
      });
    }
  }
});
