import type { Chance } from "./chance.js";
import { ai, type CallScene, type CallStory, callee, type Turn } from "./story.js";

function opening(chance: Chance, { name, purpose }: CallScene): Turn[] {
  return [
    callee(chance.pick([`${name}, hello.`, `Good day, ${name}.`, `Hello, this is ${name}.`])),
    ai(
      chance.pick([
        `Hello, this is an AI assistant calling on behalf of a customer. ${purpose}`,
        `Good day, I am an AI assistant and I call for a customer. ${purpose}`,
      ]),
    ),
  ];
}

/** Did what was asked. */
export function agreedStory(chance: Chance, scene: CallScene, details: string | undefined): CallStory {
  const what = details === undefined ? "" : `: ${details}`;
  return {
    verdict: "done",
    result: chance.pick([`Success, confirmed${what}`, `Done${what}`, `It is arranged${what}`]),
    turns: [
      ...opening(chance, scene),
      callee(chance.pick(["Let me check. Yes, that is possible.", "Sure, one second. Yes, that works."])),
      ai("Thank you. Could you confirm that, please?"),
      callee(
        details === undefined
          ? chance.pick(["Yes, it is confirmed.", "Yes, that is confirmed, all done."])
          : chance.pick([`Yes, it is confirmed: ${details}.`, `All confirmed: ${details}.`]),
      ),
      ai("Thank you very much. Goodbye."),
    ],
    issues: [],
  };
}

/** Settled on something that was not asked for. */
export function changedStory(chance: Chance, scene: CallScene, details: string): CallStory {
  return {
    verdict: "changed",
    result: chance.pick([
      `Partly done: not what was asked for, but instead: ${details}`,
      `What was asked for was not possible; agreed instead: ${details}`,
      `Confirmed with a change: ${details}`,
    ]),
    turns: [
      ...opening(chance, scene),
      callee(`I am afraid we cannot do exactly that. What we can offer instead: ${details}.`),
      ai("Then please put that down for now. I will tell the customer."),
      callee(`All right, I have put that down: ${details}.`),
    ],
    issues: ["They could not offer exactly what was asked for"],
  };
}

/** Listened, and said no. */
export function refusedStory(chance: Chance, scene: CallScene, reason: string): CallStory {
  return {
    verdict: "failed",
    result: chance.pick([`Failed: ${reason}`, `They said no: ${reason}`, `It could not be done: ${reason}`]),
    turns: [
      ...opening(chance, scene),
      callee(chance.pick([`I am sorry, that is not possible. ${reason}.`, `Sorry, no. ${reason}.`])),
      ai("I understand. Thank you for your time."),
    ],
    issues: [reason],
  };
}

/** Wants a card first. */
export function cardStory(chance: Chance, scene: CallScene): CallStory {
  const question = chance.pick([
    "They require a credit card number to go on. May I give one, and which?",
    "They ask for a credit card to secure it. Do you want to give a card number?",
  ]);
  return {
    verdict: "asks",
    result: chance.pick([
      "Not settled: they require a credit card number first",
      "On hold: a credit card is needed as a guarantee",
    ]),
    turns: [
      ...opening(chance, scene),
      callee("We can do that, but I need a credit card number to secure it."),
      ai("I am not authorized to give card details. I will ask the customer and call back."),
      callee("All right. Without a card I cannot put it down."),
    ],
    issues: ["A credit card is required, and giving one was not authorized"],
    question,
  };
}

/** Wants to know something that only the human can say. */
export function questionStory(chance: Chance, scene: CallScene, question: string): CallStory {
  return {
    verdict: "asks",
    result: chance.pick([
      "Not settled: they asked for more information",
      "They need one more detail from you",
    ]),
    turns: [
      ...opening(chance, scene),
      callee(question),
      ai("I do not have that information. I will ask the customer and get back to you."),
      callee("All right, let me know."),
    ],
    issues: [],
    question,
  };
}

/** Never again, please. */
export const optOutStory = (chance: Chance, scene: CallScene): CallStory => ({
  verdict: "failed",
  result: chance.pick([
    "They asked not to be called again",
    "The callee wants no more calls and asked to be removed from the list",
  ]),
  turns: [
    ...opening(chance, scene),
    callee(
      chance.pick([
        "Do not call this number again. Take me off your list.",
        "Please stop calling me. Remove my number.",
      ]),
    ),
    ai("I apologize. You will not be called again."),
  ],
  issues: ["The callee does not want to be called"],
});

/** Will not talk to a machine. */
export const aiDeclinedStory = (chance: Chance, scene: CallScene): CallStory => ({
  verdict: "failed",
  result: chance.pick([
    "They refused to talk to an AI and hung up",
    "The callee does not speak with AI assistants and ended the call",
  ]),
  turns: [
    ...opening(chance, scene),
    callee(chance.pick(["I do not talk to robots. Goodbye.", "An AI? No, I do not speak with machines."])),
  ],
  issues: ["The callee hung up when they learned that an AI was calling"],
});
