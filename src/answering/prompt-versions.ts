import type { BaseStore } from "@langchain/langgraph";
import { allItems } from "../history/pages.js";
import { storable } from "../history/storable.js";
import type { AnsweringPreset } from "./presets.js";

/**
 * One version of the answering prompt of a line. `setting`: sent, and whether the service took it is not known.
 * `failed`: the service did not take it.
 */
export interface PromptVersion {
  /** 1 for the first. */
  version: number;
  /** In full, as sent. */
  prompt: string;
  preset?: AnsweringPreset;
  state: "setting" | "set" | "failed";
  /** When it was sent, in milliseconds since the Unix epoch. */
  at: number;
}

/** What is known of the prompt that calls are answered by. The service cannot be asked for it. */
export interface CurrentPrompt {
  /** The last one that the service took; undefined if none was set from here. */
  current?: PromptVersion;
  /** A later one of which it is not known whether the service took it. Setting any prompt settles it. */
  uncertain?: PromptVersion;
}

const where = (lineId: string) => ["pollyreach", "answering_prompts", lineId];

/** Every version of a line's prompt, the latest first. Other ways of setting it, such as the dashboard, leave no trace here. */
export async function promptHistory(store: BaseStore, lineId: string): Promise<PromptVersion[]> {
  const versions = (await allItems(store, where(lineId))).map(({ value }) => ({ ...value }) as PromptVersion);
  return versions.sort((a, b) => b.version - a.version);
}

export async function currentPrompt(store: BaseStore, lineId: string): Promise<CurrentPrompt> {
  const versions = await promptHistory(store, lineId);
  const current = versions.find(({ state }) => state === "set");
  const uncertain = versions.find(
    ({ state, version }) => state === "setting" && version > (current?.version ?? 0),
  );
  return { ...(current && { current }), ...(uncertain && { uncertain }) };
}

export async function savePromptVersion(
  store: BaseStore,
  lineId: string,
  version: PromptVersion,
): Promise<void> {
  const key = String(version.version).padStart(8, "0");
  await store.put(where(lineId), key, storable(version), false);
}
