import type { OutcomeReader } from "./reader.js";

/**
 * Asks readers one after the other until one understands the message; for instance the rules, then a model.
 * If none does, the first one's `unknown` stands.
 */
export function chainReaders(first: OutcomeReader, ...others: readonly OutcomeReader[]): OutcomeReader {
  return {
    async read(message, call, options) {
      const outcome = await first.read(message, call, options);
      if (outcome.kind !== "unknown") return outcome;
      for (const reader of others) {
        const next = await reader.read(message, call, options);
        if (next.kind !== "unknown") return next;
      }
      return outcome;
    },
  };
}
