import {
  agreedStory,
  aiDeclinedStory,
  cardStory,
  changedStory,
  optOutStory,
  questionStory,
  refusedStory,
} from "./answered-stories.js";
import type { Behaviour } from "./behaviour.js";
import type { Chance } from "./chance.js";
import type { CallScene, CallStory } from "./story.js";
import {
  busyStory,
  closedStory,
  connectFailureStory,
  cutOffStory,
  outOfServiceStory,
  unansweredStory,
  voicemailStory,
} from "./unanswered-stories.js";

/** A behaviour that has words of its own, and is not a text to be passed on as it stands. */
export type ToldBehaviour = Exclude<Behaviour, { kind: "says" }>;

/** What a behaviour comes to, in words. */
export function tellStory(behaviour: ToldBehaviour, scene: CallScene, chance: Chance): CallStory {
  switch (behaviour.kind) {
    case "busy":
      return busyStory(chance);
    case "rings_out":
      return unansweredStory(chance);
    case "voicemail":
      return voicemailStory(chance, scene);
    case "out_of_service":
      return outOfServiceStory(chance);
    case "connect_fails":
      return connectFailureStory(chance);
    case "closed_until":
      return closedStory(chance, scene, behaviour.opensAt);
    case "hangs_up_midway":
      return cutOffStory(chance, scene);
    case "asks_for_card":
      return cardStory(chance, scene);
    case "asks_question":
      return questionStory(chance, scene, behaviour.question);
    case "refuses":
      return refusedStory(chance, scene, clause(behaviour.reason));
    case "opts_out":
      return optOutStory(chance, scene);
    case "agrees":
      return agreedStory(chance, scene, behaviour.details && clause(behaviour.details));
    case "agrees_to_something_else":
      return changedStory(chance, scene, clause(behaviour.details));
    case "declines_ai":
      return aiDeclinedStory(chance, scene);
  }
}

/** Words that can stand inside a sentence. */
const clause = (text: string) => text.trim().replace(/[.!]+$/, "");
