import { expect, test } from "vitest";
import { explain, explainInWords } from "../../src/policy/explain.js";
import { answered, aWorld, dial, next, type World, waitedOut } from "../support/policy-world.js";

/** Busy, redialed, asked for a card, refused by the human. */
function aStory(): World {
  const busy = dial(aWorld({ approval: "first_dial" }, undefined), { heard: "busy" });
  return answered(dial(waitedOut(busy), { heard: "needs_authorization" }), "stop");
}

/** The same, with the approval that the task asks for. */
function approvedStory(): World {
  const approved = answered(aWorld({ approval: "first_dial" }), "approve");
  const busy = dial(approved, { heard: "busy" });
  return answered(dial(waitedOut(busy), { heard: "needs_authorization" }), "stop");
}

test("every decision of a task stands in its story, in order, with who approved", () => {
  const { task, history } = approvedStory();
  expect(explain(task, history).map(({ rule, humanChose }) => [rule, humanChose])).toEqual([
    ["first_dial", "approve"],
    ["first", undefined],
    ["redial", undefined],
    ["beyond_authorization", "stop"],
    ["stopped_by_human", undefined],
  ]);
});

test("the story's last record is what the policy wants now", () => {
  const world = approvedStory();
  expect(explain(world.task, world.history).at(-1)?.decision).toBe(next(world).do);
});

test("in words, each record is a line with its rule", () => {
  const { task, history } = approvedStory();
  const lines = explainInWords(task, history).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[2]).toMatch(/^2026-03-16T10:03:00.000Z \[redial\] The line was busy. Attempt 2 of 5: Roma.$/);
});

test("a task that asks for approval is not dialed without it, so no such story can be told", () => {
  expect(aStory).toThrow("The policy wants to authorize, not to dial.");
});
