type Who = "starting" | "under_way";

const waiting: Record<Who, (() => void)[]> = { starting: [], under_way: [] };
let turning = false;

/**
 * Lets one task go on per turn of the event loop, and starts one only when none that is under way wants to go on.
 * Supersteps do not yield by themselves: thousands of tasks started at once, or answered at once, would freeze every
 * timer of the process for seconds. What is under way goes first, so that few are at a time: their memory is what the
 * longest pauses of the garbage collector come from.
 */
export function turnstile(who: Who = "under_way"): Promise<void> {
  return new Promise((resolve) => {
    waiting[who].push(resolve);
    if (!turning) {
      turning = true;
      setImmediate(turn);
    }
  });
}

function turn(): void {
  const pass = waiting.under_way.shift() ?? waiting.starting.shift();
  pass?.();
  turning = waiting.under_way.length + waiting.starting.length > 0;
  if (turning) setImmediate(turn);
}
