import type { Chance } from "./chance.js";
import { openingTime, weekdayAndTime } from "./opening-time.js";
import { ai, type CallScene, type CallStory, callee } from "./story.js";

const failed = (result: string, issues: readonly string[], turns: CallStory["turns"] = []): CallStory => ({
  verdict: "failed",
  result,
  turns,
  issues,
});

/** Engaged tone. */
export const busyStory = (chance: Chance): CallStory =>
  failed(
    chance.pick([
      "The line was busy",
      "Busy signal, nobody could be reached",
      "The number was engaged, the call did not get through",
    ]),
    ["Busy tone: the line is in use by another call"],
  );

/** Nobody picked up. */
export const unansweredStory = (chance: Chance): CallStory =>
  failed(
    chance.pick([
      "No answer",
      "Nobody picked up the phone",
      "It rang for over 30 seconds and no one answered",
    ]),
    ["The phone rang, but nobody answered"],
  );

/** A machine took the call. */
export const voicemailStory = (chance: Chance, { name }: CallScene): CallStory =>
  failed(
    chance.pick([
      "Reached voicemail, nobody came to the phone",
      "The call went to an answering machine",
      "Only the voicemail answered; no message was left",
    ]),
    ["A recorded greeting answered instead of a person"],
    [callee(`You have reached the voicemail of ${name}. Please leave a message after the tone.`)],
  );

/** The number leads nowhere. */
export const outOfServiceStory = (chance: Chance): CallStory =>
  failed(
    chance.pick([
      "The number is not in service",
      "The number you gave is out of service",
      "Invalid number: it is not assigned to anybody",
    ]),
    ["The network announced that the number is not in service"],
  );

/** The network gave up. */
export const connectFailureStory = (chance: Chance): CallStory =>
  failed(
    chance.pick([
      "The call could not be connected",
      "Connection failed before the phone rang",
      "The call could not be put through: network error",
    ]),
    ["Temporary network failure between the carriers"],
  );

/** An announcement gives the opening time. */
export function closedStory(chance: Chance, scene: CallScene, opensAt: number): CallStory {
  const opening = openingTime(chance, opensAt, scene.timeZone);
  return failed(
    chance.pick([
      `Closed at the moment, opens again ${opening}`,
      `They are closed now and reopen ${opening}`,
      `Outside business hours; they open again ${opening}`,
    ]),
    ["The call was made outside their business hours"],
    [
      callee(
        `Thank you for calling ${scene.name}. We are closed at the moment. We open again on ${weekdayAndTime(opensAt, scene.timeZone)}.`,
      ),
    ],
  );
}

/** Talked, and cut off. */
export const cutOffStory = (chance: Chance, { purpose }: CallScene): CallStory =>
  failed(
    chance.pick([
      "The call was cut off before anything was settled",
      "The line dropped in the middle of the conversation",
      "Disconnected midway, the matter is still open",
    ]),
    ["The connection broke off during the conversation"],
    [
      callee(chance.pick(["Hello?", "Yes, good day."])),
      ai(`Hello, this is an AI assistant calling for a customer. ${purpose}`),
      callee(chance.pick(["One moment, let me have a look...", "Right, for when would that"])),
    ],
  );
