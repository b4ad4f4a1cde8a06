import { maskPaymentData } from "../../policy/disclosure/payment-data.js";
import type { PhoneLine } from "./deps.js";

/**
 * A line whose results hold no card or account numbers. What was said of one on a call is told by its last digits: the
 * rest would be kept in checkpoints, traces and reports for as long as those are.
 */
export function maskedLine(line: Pick<PhoneLine, "query" | "waitForResult">): typeof line {
  return {
    async query(options) {
      const reply = await line.query(options);
      return { ...reply, message: maskPaymentData(reply.message) };
    },
    async waitForResult({ isOurs, ...options } = {}) {
      const result = await line.waitForResult({
        ...options,
        ...(isOurs && { isOurs: (message, seen) => isOurs(maskPaymentData(message), seen) }),
      });
      if (result.done) return { ...result, message: maskPaymentData(result.message) };
      const { turnedDown } = result;
      return turnedDown === undefined ? result : { ...result, turnedDown: maskPaymentData(turnedDown) };
    },
  };
}

/** The same, with all else that a line can do. */
export function maskedPhoneLine(line: PhoneLine): PhoneLine {
  return {
    get lineId() {
      return line.lineId;
    },
    get live() {
      return line.live;
    },
    send: (message, options) => line.send(message, options),
    balance: (options) => line.balance(options),
    ...maskedLine(line),
  };
}
