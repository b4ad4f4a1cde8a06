import { composeBriefing } from "./briefing.js";
import type { DialTarget } from "./history.js";
import {
  type Choice,
  type DecisionQuestion,
  type InformationQuestion,
  TOP_UP_URL,
  type TopUpQuestion,
} from "./question.js";
import type { Call, Standing } from "./standing.js";
import { targetInWords } from "./targets.js";
import type { PhoneTask } from "./task.js";
import { termsOf } from "./terms.js";

/** The id of the question that stands before the first dial: another one for other terms. */
export function firstDialId(task: PhoneTask, details: Readonly<Record<string, string>>): string {
  return `first_dial:${termsOf(task, details)}`;
}

const NOTHING_HAPPENS = "Until you answer, nothing is dialed and nothing is agreed to.";

/** What the limits still leave room for. */
export interface Room {
  redial: boolean;
  switchTarget: boolean;
  goOn: boolean;
}

export function missingDetails(missing: readonly string[], task: PhoneTask): InformationQuestion {
  return {
    kind: "information",
    id: `details:${missing.join("|")}`,
    text: `Before anyone is called: what is the ${list(missing)}?`,
    why: `“${task.purpose}” cannot be asked for without it.`,
    details: missing,
  };
}

export function fromTheCall(call: Call, task: PhoneTask): InformationQuestion {
  const { question } = call.heard ?? {};
  return {
    kind: "information",
    id: `information:${state(call)}`,
    text: question ?? "Polly needs a detail to go on. What should Polly know?",
    why: `It came up while Polly worked on “${task.purpose}”.`,
    ...(question !== undefined && { quoted: question }),
    details: [],
  };
}

export function firstDial(
  task: PhoneTask,
  target: DialTarget,
  details: Readonly<Record<string, string>>,
): DecisionQuestion {
  const others = task.targets.slice(1).map((each) => targetInWords({ ...each, key: "" }));
  return {
    kind: "decision",
    matter: "first_dial",
    id: firstDialId(task, details),
    text: `May Polly call ${targetInWords(target)}${others.length > 0 ? `, and if need be ${others.join("; ")}` : ""}${
      task.mayFindOther ? ", or a place that Polly finds" : ""
    }?`,
    why: `Polly is to: ${task.purpose}`,
    briefing: composeBriefing(task, { target, reason: "first", details, reference: "(drawn for each call)" }),
    options: ["approve", "stop"],
    note: false,
    otherwise: NOTHING_HAPPENS,
  };
}

export function beyondAuthorization(call: Call, room: Room): DecisionQuestion {
  return about(call, "beyond_authorization", {
    text:
      call.heard?.question ??
      `${targetInWords(call.attempt.target)} asks for something that you have not authorised.`,
    why: "It is sensitive, costs money, or goes beyond what you allowed.",
    options: [...(room.goOn ? (["approve"] as const) : []), ...switching(room), "stop"],
    note: room.goOn,
  });
}

export function changedResult(call: Call, room: Room): DecisionQuestion {
  return about(call, "changed_result", {
    text: "Only part of what you wanted came about, or a changed version of it. Is that all right?",
    why: call.heard?.question ?? call.heard?.reason ?? "The result differs from what you asked for.",
    options: ["accept", ...(room.goOn ? (["approve"] as const) : []), ...switching(room), "stop"],
    note: room.goOn,
  });
}

export function unknownResult(call: Call, room: Room): DecisionQuestion {
  return about(call, "unknown_result", {
    text: `It is not clear what came of the call to ${targetInWords(call.attempt.target)}. What should happen?`,
    why: call.heard?.reason ?? "The result could not be understood.",
    options: ["stop", ...(room.redial ? (["redial"] as const) : []), ...switching(room)],
    note: false,
  });
}

export function cutOff(call: Call, room: Room): DecisionQuestion {
  return about(call, "unknown_result", {
    text: `The call to ${targetInWords(call.attempt.target)} was cut off while they were talking. Should Polly call again?`,
    why: "What was agreed until then is not certain, and another call may say the same thing twice.",
    options: [...(room.redial ? (["redial"] as const) : []), ...switching(room), "stop"],
    note: false,
  });
}

export function submissionUnknown(call: Call, room: Room): DecisionQuestion {
  return about(call, "submission_unknown", {
    text: `It is not certain whether ${targetInWords(call.attempt.target)} was called, and no result was found. What should happen?`,
    why: "The service did not confirm the call. A redial may be a second call about the same matter.",
    options: ["listen", "stop", ...(room.redial ? (["redial"] as const) : [])],
    note: false,
  });
}

export function nothingHeard(call: Call): DecisionQuestion {
  return about(call, "nothing_heard", {
    text: `The call to ${targetInWords(call.attempt.target)} was placed, but no result has come. Go on listening?`,
    why: "Calls rarely take this long; the result may still come.",
    options: ["listen", "stop"],
    note: false,
  });
}

/** The id of the question that the present lack of credits gives rise to. */
export function topUpId(at: Standing): string {
  return `top_up:${at.timesOutOfCredits}`;
}

export function topUp(at: Standing, detail: string): TopUpQuestion {
  return {
    kind: "top_up",
    id: topUpId(at),
    text: `Your credits have run out, so no call can be made. Top up at ${TOP_UP_URL} and say so, or stop here.`,
    why: detail,
    url: TOP_UP_URL,
    options: ["topped_up", "stop"],
  };
}

function about(
  call: Call,
  matter: DecisionQuestion["matter"],
  rest: Pick<DecisionQuestion, "text" | "why" | "options" | "note">,
): DecisionQuestion {
  const quoted = call.heard?.question ?? call.heard?.reason;
  return {
    kind: "decision",
    matter,
    id: `${matter}:${state(call)}`,
    ...rest,
    ...(quoted !== undefined && { quoted }),
    otherwise: NOTHING_HAPPENS,
  };
}

/** The same for as long as nothing more is learned of a call. */
function state(call: Call): string {
  return `${call.attempt.id}:${call.at}`;
}

function switching(room: Room): readonly Choice[] {
  return room.switchTarget ? ["switch_target"] : [];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
