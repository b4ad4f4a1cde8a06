const waiting: (() => void)[] = [];
let turning = false;

/**
 * Lets one task go on per turn of the event loop. Supersteps do not yield by themselves: thousands of tasks started at
 * once, or answered at once, would freeze every timer of the process for seconds.
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
  waiting.shift()?.();
  turning = waiting.length > 0;
  if (turning) setImmediate(turn);
}
