import type { BaseStore } from "@langchain/langgraph";
import type { PollyReachClient } from "../client/client.js";
import { InvalidInputError, PollyReachError } from "../client/errors.js";
import { checkText, INPUT_LIMITS } from "../client/input.js";
import { type Clock, systemClock } from "../clock.js";
import { type AnsweringPreset, keepPrinciple, type PresetSlots, presetPrompt } from "./presets.js";
import { type PromptVersion, promptHistory, savePromptVersion } from "./prompt-versions.js";

/** How calls are to be answered: words of one's own, a preset with its slots, or an earlier version again. */
export type AnsweringPromptChoice =
  | string
  | ({ preset: AnsweringPreset } & PresetSlots)
  | { version: number };

export interface UpdatePromptOptions {
  /** Default: the machine's clock. */
  clock?: Clock | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Sets how incoming calls are answered, and keeps the version. The principle to make no commitments is added to every
 * prompt that does not have it word for word. Setting the same again does no harm.
 *
 * @throws InvalidPresetError, or InvalidInputError for an empty or too long prompt or a version that is not there, before
 * anything is sent
 * @throws PollyReachError from the service; the version is kept as `failed`, or as `setting` where the service may have
 * taken it
 */
export async function updateAnsweringPrompt(
  client: Pick<PollyReachClient, "lineId" | "updateAnsweringPrompt">,
  store: BaseStore,
  choice: AnsweringPromptChoice,
  { clock = systemClock, signal }: UpdatePromptOptions = {},
): Promise<PromptVersion> {
  const { lineId } = client;
  const versions = await promptHistory(store, lineId);
  const { prompt, preset } = wordsOf(choice, versions);
  const version: PromptVersion = {
    version: (versions[0]?.version ?? 0) + 1,
    prompt: checked(prompt),
    ...(preset !== undefined && { preset }),
    state: "setting",
    at: clock.now(),
  };
  await savePromptVersion(store, lineId, version);
  try {
    await client.updateAnsweringPrompt(version.prompt, signal ? { signal } : {});
  } catch (error) {
    if (error instanceof PollyReachError && error.sent === "no") {
      await savePromptVersion(store, lineId, { ...version, state: "failed" });
    }
    throw error;
  }
  const set: PromptVersion = { ...version, state: "set" };
  await savePromptVersion(store, lineId, set);
  return set;
}

function wordsOf(
  choice: AnsweringPromptChoice,
  versions: readonly PromptVersion[],
): Pick<PromptVersion, "prompt" | "preset"> {
  if (typeof choice === "string") return { prompt: choice };
  if ("preset" in choice) return { prompt: presetPrompt(choice.preset, choice), preset: choice.preset };
  const found = versions.find(({ version }) => version === choice.version);
  if (found) return found;
  throw new InvalidInputError(`There is no version ${choice.version} of the answering prompt.`, {
    nextStep: "See promptHistory for the versions that there are.",
  });
}

/** The prompt is checked before the principle hides that it is empty, and after, when it has its full length. */
function checked(prompt: string): string {
  checkText("prompt", prompt);
  const whole = keepPrinciple(prompt);
  if (whole.length > INPUT_LIMITS.prompt) {
    throw new InvalidInputError(
      `The prompt has ${whole.length} characters with the principle that is added to it; at most ${INPUT_LIMITS.prompt} are sent.`,
    );
  }
  return checkText("prompt", whole);
}
