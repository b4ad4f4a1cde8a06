import type { IncomingCall, SandboxOptions, ScriptedPerson } from "../sandbox/index.js";
import { behaviours } from "../sandbox/index.js";

/** Numbers are of the kind that is kept for fiction. */
const people: readonly ScriptedPerson[] = [
  {
    name: "Trattoria Roma",
    phone: "+14155550101",
    behaviours: [behaviours.agrees("a table by the window, under the name given")],
    tags: ["table", "restaurant", "dinner", "italian", "book"],
  },
  {
    name: "Dr Chen's Practice",
    phone: "+14155550102",
    behaviours: [behaviours.busy(), behaviours.agrees("an appointment on Thursday at 10:15")],
    tags: ["doctor", "appointment", "check-up"],
  },
  {
    name: "Harbour Hotel",
    phone: "+14155550103",
    behaviours: [behaviours.agreesToSomethingElse("a double room instead of a single, for the same price")],
    tags: ["hotel", "room"],
  },
  {
    name: "Quick Plumbing",
    phone: "+14155550104",
    behaviours: [behaviours.refuses("They are fully booked this week.")],
    tags: ["plumber", "leak"],
  },
  {
    name: "Sam Rivera",
    phone: "+14155550105",
    behaviours: [behaviours.ringsOut(), behaviours.voicemail()],
    tags: ["friend"],
  },
  {
    name: "City Theatre",
    phone: "+14155550106",
    behaviours: [
      behaviours.asksQuestion("Would you like seats in the stalls or in the circle?", {
        answeredBy: /stalls|circle/i,
      }),
      behaviours.agrees("two seats, kept at the box office"),
    ],
    tags: ["ticket", "theatre"],
  },
];

const inbound: readonly IncomingCall[] = [
  {
    from: "+14155550171",
    name: "Maria Lopez",
    content:
      "Maria Lopez from Northwind called: the interview is on Tuesday at 14:00; please call back to confirm.",
    cost: 12,
  },
  {
    from: "+14155550172",
    content: "Congratulations! You have been selected for a free cruise. Press 1 now to claim your prize.",
    cost: 4,
  },
];

/** The sandbox of the command: a few people to call, and two calls that came in. */
export const DEMO: Pick<SandboxOptions, "people" | "directory" | "inbound" | "activation"> = {
  people,
  directory: people,
  inbound,
  activation: { afterPolls: 3 },
};

/** Whom a person at the terminal may try, one line each. */
export const DEMO_PEOPLE: readonly { name: string; phone: string; does: string }[] = [
  { name: "Trattoria Roma", phone: "+14155550101", does: "takes the booking" },
  { name: "Dr Chen's Practice", phone: "+14155550102", does: "is engaged at first" },
  { name: "Harbour Hotel", phone: "+14155550103", does: "offers something else" },
  { name: "Quick Plumbing", phone: "+14155550104", does: "says no" },
  { name: "Sam Rivera", phone: "+14155550105", does: "does not pick up" },
  { name: "City Theatre", phone: "+14155550106", does: "asks something back" },
];
