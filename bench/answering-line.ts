import type { PhoneLine } from "../src/graphs/outbound/deps.js";
import type { PhoneTaskInput } from "../src/policy/task.js";

/**
 * A line without a network: every call is answered at once, and the goal is met. What is measured on it is the
 * workflow alone.
 * @param listening how long the call takes
 */
export function answeringLine(lineId: string, listening: () => Promise<void> = async () => {}): PhoneLine {
  let calls = 0;
  return {
    lineId,
    live: false,
    send: async () => ({ accepted: true, taskId: `call-${++calls}` }),
    query: async () => ({ done: false, message: "" }),
    balance: async () => ({ balance: 690, amount: 800 }),
    waitForResult: async () => {
      await listening();
      return { done: true, message: RESULT, elapsedMs: 96_000, polls: 52, sawPending: true };
    },
  };
}

/** What is to be done on it. */
export const BOOKING: PhoneTaskInput = {
  purpose: "Book a table for two at seven tonight",
  targets: [{ name: "Trattoria Roma", phone: "+12025550143" }],
};

const RESULT = `Call complete

Target: Trattoria Roma | +1 202-555-0143
Purpose: Book a table for two at seven tonight
Result: Success

Call Transcript:
AI: Hello, I am an AI assistant. I would like to book a table for two at seven tonight.
Recipient: Yes, your table for two at seven is booked.
AI: Thank you, goodbye.

This call used 20 credits | 670 credits remaining
Details and recording: https://pollyreach.ai/calls/1`;
