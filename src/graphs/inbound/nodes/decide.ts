import { Command, END, interrupt } from "@langchain/langgraph";
import { InvalidChoiceError } from "../choices.js";
import { incomingCallById, settle } from "../decide-inbound.js";
import type { InboundParts } from "../deps.js";
import type { IncomingCall } from "../incoming-call.js";
import type { InboundStateValue } from "../state.js";

/** What the inbound graph is interrupted with; resume it with an `InboundChoice`. */
export interface InboundQuestion {
  kind: "incoming_call";
  call: IncomingCall;
  options: readonly ["call_back", "forward", "dismiss"];
  /** What was wrong with the answer that was given before. */
  problem?: string;
}

/** Asks the human what to do about one message, and notes the answer. To have answered is to have been told. */
export const decide = (parts: InboundParts) => async (state: InboundStateValue) => {
  const [id, ...undecided] = state.undecided;
  const call = id === undefined ? undefined : await incomingCallById(parts, id);
  const goto = undecided.length > 0 ? "decide" : END;
  if (call === undefined) return new Command({ update: { undecided }, goto });
  const question: InboundQuestion = {
    kind: "incoming_call",
    call,
    options: ["call_back", "forward", "dismiss"],
    ...(state.problem !== undefined && { problem: state.problem }),
  };
  const answer: unknown = interrupt(question);
  try {
    const action = await settle(parts, call, answer);
    return new Command({
      update: { undecided, problem: undefined, actions: [...state.actions, action] },
      goto,
    });
  } catch (error) {
    if (!(error instanceof InvalidChoiceError)) throw error;
    return new Command({ update: { problem: error.message }, goto: "decide" });
  }
};
