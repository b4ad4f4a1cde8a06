/** Passes per turn of the event loop: enough for throughput, few enough that timers stay on time. */
const PER_TURN = 4;

const waiting: (() => void)[] = [];
let turning = false;

/**
 * Lets only a few tasks go on per turn of the event loop. Supersteps do not yield by themselves: thousands of tasks
 * started at once would freeze every timer of the process for seconds.
 */
export function turnstile(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (!turning) {
      turning = true;
      setImmediate(turn);
    }
  });
}

function turn(): void {
  for (const pass of waiting.splice(0, PER_TURN)) pass();
  turning = waiting.length > 0;
  if (turning) setImmediate(turn);
}
