import { behaviours, type Sandbox, startSandbox } from "langchain-pollyreach/sandbox";

/** What the human asks for unless the command line says otherwise. */
export const REQUEST =
  "Please book a table for four on Friday 20 March at 19:30, in the name of Okonjo. " +
  "Try Trattoria Lucerna first, on +44 20 7946 0101. If that doesn't work out, Osteria Nova, +44 20 7946 0102.";

/** Everything that goes wrong with real calls, on the phone of two restaurants; and who else Polly may find. */
export function startScenario(): Promise<Sandbox> {
  const { busy, closedUntil, refuses, asksQuestion, agrees, ringsOut } = behaviours;
  return startSandbox({
    people: [
      {
        name: "Trattoria Lucerna",
        phone: "+442079460101",
        timeZone: "Europe/London",
        behaviours: [
          busy(),
          closedUntil("2026-03-16T17:00:00Z"),
          refuses("We are fully booked on Friday evening."),
        ],
      },
      {
        name: "Osteria Nova",
        phone: "+442079460102",
        timeZone: "Europe/London",
        behaviours: [
          asksQuestion("Does anyone in the party have a food allergy?", { answeredBy: /nuts/i }),
          agrees(),
        ],
      },
    ],
    directory: [
      {
        name: "Harbour Kitchen",
        phone: "+442079460103",
        tags: ["table", "restaurant", "dinner"],
        behaviours: [ringsOut(), agrees()],
      },
      {
        name: "Clearview Practice",
        phone: "+442079460104",
        tags: ["doctor", "dentist", "appointment"],
        behaviours: [busy(), agrees()],
      },
    ],
    credits: { balance: 150, amount: 800 },
  });
}

/** What the human at home answers, where nobody sits at the terminal. */
export function scriptedAnswer(question: string): string {
  return /allerg/i.test(question) ? "Yes, one of us is allergic to nuts." : "I leave that to you.";
}
