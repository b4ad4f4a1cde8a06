import { expect, it } from "vitest";
import { aWorld, dial, next, waitedOut } from "../support/policy-world.js";

/** Polly found a place, which was busy; what the result calls it is a stranger's word. */
const redialOf = (reached: string) => {
  const step = next(waitedOut(dial(aWorld({ targets: [] }), { heard: "busy", reached })));
  return step.do === "reserve" ? step.target : undefined;
};

it("a place that Polly found is redialed by its name", () => {
  expect(redialOf("Harbour Kitchen 21")).toMatchObject({ name: "Harbour Kitchen 21" });
});

it.each(["Roma, +44 20 7946 0999", "Roma 020 7946 0999", "+442079460999", "Roma (call ２０７９４６)"])(
  "a number in the name that a result gives it is not dialed: %s",
  (reached) => {
    expect(redialOf(reached)).toEqual({ key: "found-0", exclude: [] });
  },
);
