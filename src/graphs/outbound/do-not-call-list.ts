import type { BaseStore } from "@langchain/langgraph";

const NUMBERS = ["pollyreach", "do_not_call"];
const NAMES = ["pollyreach", "do_not_call_names"];

/** Who asked not to be called again. For all lines that share the store, and for good: nothing takes anybody off it. */
export class DoNotCallList {
  readonly #store: BaseStore;

  constructor(store: BaseStore) {
    this.#store = store;
  }

  /** Names count for themselves where a task gives no number, and altogether where none is known. */
  async add({ number, names }: { number?: string; names: readonly string[] }, at: number): Promise<void> {
    if (number !== undefined) await this.#store.put(NUMBERS, number, { at });
    for (const name of names) {
      const key = keyOf(name);
      if (key === "") continue;
      const known = await this.#store.get(NAMES, key);
      const hasNumber = number !== undefined && known?.value.hasNumber !== false;
      await this.#store.put(NAMES, key, { at, hasNumber });
    }
  }

  /** @param number E.164 */
  async has(number: string): Promise<boolean> {
    return (await this.#store.get(NUMBERS, number)) !== null;
  }

  /** @param numberKnown whether it is known which number is to be called: others of that name may be called then. */
  async hasName(name: string | undefined, numberKnown: boolean): Promise<boolean> {
    const key = keyOf(name ?? "");
    const entry = key === "" ? null : await this.#store.get(NAMES, key);
    return entry !== null && !(numberKnown && entry.value.hasNumber === true);
  }
}

/** "Trattoria  Roma" and "trattoria roma." are one. */
function keyOf(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
