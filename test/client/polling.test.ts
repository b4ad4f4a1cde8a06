import { describe, expect, it } from "vitest";
import {
  defaultPolling,
  fixedPolling,
  LISTEN_LIMIT_MS,
  type PollingSchedule,
} from "../../src/client/polling.js";
import { between, type CallLengths, endedBy, lognormal, medianAnd95th, mixed } from "./call-lengths.js";

const conversations = medianAnd95th(90, 300);

/** From submission to result, in seconds. */
const LINES: Record<string, CallLengths> = {
  "median 90 s, 95 % under 300 s": conversations,
  "median 45 s": medianAnd95th(45, 150),
  "median 180 s": medianAnd95th(180, 600),
  "heavy tail up to 600 s": endedBy(600, lognormal(120, 1)),
  "30 % very short": mixed(0.3, between(5, 15), conversations),
};

/** Times of the questions, in seconds, until hardly any call is still running. */
function questions(schedule: PollingSchedule): number[] {
  const asked: number[] = [];
  for (let at = 0; at < 7_200; ) {
    at += schedule.delayMs(at * 1000, asked.length) / 1000;
    asked.push(at);
  }
  return asked;
}

/**
 * What a schedule costs per call on average, by integration: a question at the end of a gap is asked about the calls
 * still running at its start, and each that ends within the gap waits for the gap's end.
 */
function costs(schedule: PollingSchedule, running: CallLengths): { requests: number; delay: number } {
  let requests = 0;
  let delay = 0;
  let from = 0;
  for (const to of questions(schedule)) {
    const gap = to - from;
    requests += running(from);
    let area = running(from) + running(to);
    for (let i = 1; i < 8; i++) area += running(from + (gap * i) / 8) * (i % 2 === 1 ? 4 : 2);
    delay += gap * running(from) - (area * gap) / 24;
    from = to;
  }
  return { requests, delay };
}

const againstFixed = (running: CallLengths) => {
  const ours = costs(defaultPolling, running);
  const fixed = costs(fixedPolling(2_000), running);
  return { requests: ours.requests / fixed.requests, delay: ours.delay / fixed.delay };
};

describe("listening for the end of a call", () => {
  it("knows what asking every 2 s costs", () => {
    const { requests, delay } = costs(fixedPolling(2_000), conversations);
    expect(requests).toBeCloseTo(59.3, 1);
    expect(delay).toBeCloseTo(1, 3);
  });

  it.each(Object.entries(LINES))("asks less often than every 2 s, and learns sooner: %s", (_, running) => {
    const { requests, delay } = againstFixed(running);
    expect(requests).toBeLessThan(1);
    expect(delay).toBeLessThan(1);
  });

  it("takes at most 0.93 of the product of questions and delay on an ordinary line", () => {
    const { requests, delay } = againstFixed(conversations);
    expect(requests * delay).toBeLessThanOrEqual(0.93);
  });

  it("pays for its late first question where calls fail within seconds, and no more than it says", () => {
    const { requests, delay } = costs(defaultPolling, mixed(0.3, between(2, 8), conversations));
    expect(requests).toBeLessThan(
      costs(fixedPolling(2_000), mixed(0.3, between(2, 8), conversations)).requests,
    );
    expect(delay).toBeLessThan(1.6);
  });

  it("asks first after 8 s, and never leaves a call alone for more than 3 s after that", () => {
    const [first = 0, ...rest] = questions(defaultPolling);
    expect(first).toBe(8);
    let before = first;
    for (const at of rest) {
      expect(at - before).toBeGreaterThan(1.5);
      expect(at - before).toBeLessThan(3);
      before = at;
    }
  });

  it("goes on where it stopped when a call is listened to again", () => {
    expect(defaultPolling.delayMs(300_000, 0)).toBe(defaultPolling.delayMs(300_000, 140));
    expect(defaultPolling.delayMs(5_000, 0)).toBe(3_000);
  });

  it("listens longer than the longest call of about ten minutes", () => {
    expect(LISTEN_LIMIT_MS).toBeGreaterThanOrEqual(15 * 60_000);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a fixed gap of %s ms", (ms) => {
    expect(() => fixedPolling(ms)).toThrow(RangeError);
  });
});
