import type { BaseStore } from "@langchain/langgraph";

type Item = Awaited<ReturnType<BaseStore["search"]>>[number];

const PAGE = 1_000;

/**
 * Every item of exactly this namespace; with `filter`, those whose fields have these values. Stores may order pages by
 * what changed last, so do not change items while reading; whoever deletes reads to the end first.
 */
export async function allItems(
  store: BaseStore,
  namespace: string[],
  filter?: Readonly<Record<string, string>>,
): Promise<Item[]> {
  const items = new Map<string, Item>();
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.search(namespace, { limit: PAGE, offset, ...(filter && { filter }) });
    for (const item of page) if (item.namespace.length === namespace.length) items.set(item.key, item);
    if (page.length < PAGE) return [...items.values()];
  }
}
