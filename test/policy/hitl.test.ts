import { describe, expect, test } from "vitest";
import { InvalidAnswerError, readAnswer } from "../../src/policy/answer.js";
import { toHitlRequest } from "../../src/policy/hitl.js";
import type { Question } from "../../src/policy/question.js";
import { aWorld, dial, next, type World } from "../support/policy-world.js";

function questionAt(world: World): Question {
  const step = next(world);
  if (!("question" in step)) throw new Error(`The policy wants to ${step.do}.`);
  return step.question;
}

const approval = questionAt(aWorld({ approval: "first_dial" }));
const unknown = questionAt(dial(aWorld(), { heard: "unknown" }));
const details = questionAt(aWorld({ requiredDetails: ["date"] }));
const topUp = questionAt(dial(aWorld(), { not: "insufficient_credits" }));
const respond = (decision: object) => ({ decisions: [decision] });

describe("a question as agent interfaces render it", () => {
  test("is one action with a description and what may be decided", () => {
    expect(toHitlRequest(approval)).toMatchObject({
      actionRequests: [
        { name: "pollyreach_decision", description: expect.stringContaining("Purpose: Book a table") },
      ],
      reviewConfigs: [{ actionName: "pollyreach_decision", allowedDecisions: ["approve", "edit", "reject"] }],
    });
  });

  test("approve, edit and reject are answers to it", () => {
    expect(readAnswer(approval, respond({ type: "approve" }), 0)).toMatchObject({ choice: "approve" });
    expect(readAnswer(approval, respond({ type: "reject" }), 0)).toMatchObject({ choice: "stop" });
    expect(readAnswer(topUp, respond({ type: "approve" }), 0)).toMatchObject({ choice: "topped_up" });
    const editedAction = { name: "pollyreach_information", args: { details: { date: "Friday" } } };
    expect(readAnswer(details, respond({ type: "edit", editedAction }), 0)).toMatchObject({
      fact: "details_given",
      details: { date: "Friday" },
    });
  });

  test("approving an unknown result is no redial: a second call has to be asked for by name", () => {
    expect(toHitlRequest(unknown).reviewConfigs[0]?.allowedDecisions).not.toContain("approve");
    expect(() => readAnswer(unknown, respond({ type: "approve" }), 0)).toThrow(InvalidAnswerError);
  });
});

describe("an answer that holds what is sensitive", () => {
  test.each([
    ["a card number", { answer: "It is 4111 1111 1111 1111" }],
    ["a PIN as a detail", { details: { date: "PIN: 4711" } }],
  ])("%s is turned down, and not repeated in the error", (_, answer) => {
    const refused = () => readAnswer(details, answer, 0);
    expect(refused).toThrow(/never sent or said/);
    expect(refused).not.toThrow(/4111|4711/);
  });
});
