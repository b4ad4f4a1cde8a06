import { createHash } from "node:crypto";
import type { QueryResult, SendResult, WaitResult } from "../../src/client/replies.js";
import type { WaitOptions } from "../../src/client/waiting.js";
import type { PhoneLine } from "../../src/graphs/outbound/deps.js";

/** What a scripted line does; whatever is left out goes well and ends in "done". */
export interface LineScript {
  lineId?: string;
  live?: boolean;
  send?: (briefing: string) => SendResult | Promise<SendResult>;
  query?: () => QueryResult | Promise<QueryResult>;
  balance?: () => number | Promise<number>;
  /** What is served while the line listens. Undefined: nothing comes. */
  hear?: () => string | undefined | Promise<string | undefined>;
}

/** A line without a service behind it, for states that are built rather than lived through. Keeps what was sent. */
export function scriptedLine(script: LineScript = {}): PhoneLine & { sent: string[] } {
  const sent: string[] = [];
  return {
    sent,
    lineId: script.lineId ?? createHash("sha256").update("a line").digest("hex").slice(0, 16),
    live: script.live ?? false,
    async send(briefing) {
      sent.push(briefing);
      return (await script.send?.(briefing)) ?? { accepted: true };
    },
    query: async () => (await script.query?.()) ?? { done: false, message: "" },
    balance: async () => ({ balance: (await script.balance?.()) ?? 100, amount: 100 }),
    async waitForResult(options: WaitOptions = {}): Promise<WaitResult> {
      const message = script.hear ? await script.hear() : "done";
      const seen = { elapsedMs: 60_000, polls: 3, sawPending: true };
      if (message !== undefined && (options.isOurs?.(message, { sawPending: true }) ?? true)) {
        return { done: true, message, ...seen };
      }
      return { done: false, ...seen, ...(message !== undefined && { turnedDown: message }) };
    },
  };
}
