/** Lengths of calls as a survival function: the chance that a call still runs `seconds` after submission. */
export type CallLengths = (seconds: number) => number;

/** Lognormal, by its median in seconds and the standard deviation of its logarithm. */
export function lognormal(median: number, sigma: number): CallLengths {
  return (seconds) => (seconds <= 0 ? 1 : normalTail(Math.log(seconds / median) / sigma));
}

/** Lognormal, by its median and the length that only one call in twenty exceeds. */
export function medianAnd95th(median: number, p95: number): CallLengths {
  return lognormal(median, Math.log(p95 / median) / 1.644854);
}

/** Any length between two equally likely. */
export function between(shortest: number, longest: number): CallLengths {
  return (seconds) => Math.min(1, Math.max(0, (longest - seconds) / (longest - shortest)));
}

/** Only those calls that end by `longest` seconds. */
export function endedBy(longest: number, lengths: CallLengths): CallLengths {
  const longer = lengths(longest);
  return (seconds) => Math.max(0, lengths(seconds) - longer) / (1 - longer);
}

/** `share` of the calls from one distribution, the rest from the other. */
export function mixed(share: number, some: CallLengths, rest: CallLengths): CallLengths {
  return (seconds) => share * some(seconds) + (1 - share) * rest(seconds);
}

/** Chance that a standard normal number exceeds `z`: Simpson's rule on the density, exact to 1e-6. */
function normalTail(z: number): number {
  const far = Math.abs(z);
  if (far > 8) return z > 0 ? 0 : 1;
  const steps = 80;
  const width = far / steps;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let area = density(0) + density(far);
  for (let i = 1; i < steps; i++) area += density(i * width) * (i % 2 === 1 ? 4 : 2);
  area *= width / 3;
  return z > 0 ? 0.5 - area : 0.5 + area;
}
