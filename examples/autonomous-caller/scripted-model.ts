import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";

/**
 * A stand-in for a chat model, so that the example needs no key: it turns the human's words into one tool call, and
 * the tool's result into an answer. What it understands is little: names and numbers of businesses, the rest is the
 * purpose.
 */
export function scriptedModel() {
  return fakeModel()
    .respond((messages) => toolCall(lastText(messages)))
    .respond((messages) => new AIMessage(closingWords(messages)));
}

function toolCall(request: string): AIMessage {
  const targets = targetsIn(request);
  const args = {
    purpose: purposeOf(request),
    ...(targets.length > 0 && { targets }),
  };
  return new AIMessage({
    content: "I'll have Polly make that call.",
    tool_calls: [{ name: "pollyreach_phone_task", args, id: "call_1", type: "tool_call" }],
  });
}

/** "Trattoria Lucerna first, on +44 20 7946 0101": a capitalised name, and the number that follows it. */
function targetsIn(request: string): { name?: string; phone: string }[] {
  return [...request.matchAll(/\+[\d ()-]{7,20}\d/g)].map(({ 0: phone, index }) => {
    const before = request.slice(0, index);
    const names = [...before.matchAll(/\p{Lu}[\p{L}'&]+(?: \p{Lu}[\p{L}'&]+)+/gu)];
    const name = names.at(-1)?.[0].replace(/^(Try|Call|Ring|Phone|Ask|Then|Please) /, "");
    return { ...(name !== undefined && { name }), phone };
  });
}

/** Claims nothing of its own: the report is shown beside it. */
function closingWords(messages: BaseMessage[]): string {
  const [first = ""] = lastText(messages).split("\n");
  return first.startsWith("The phone task has ended") ? "Here is Polly's report." : lastText(messages);
}

/** The first sentence, without the courtesies. */
function purposeOf(request: string): string {
  const [sentence = request] = request.split(/(?<=[.!?])\s/);
  const plain = sentence.replace(/^(please|could you|can you)\s+/i, "").replace(/[.!?]$/, "");
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

function lastText(messages: BaseMessage[]): string {
  return messages.at(-1)?.text ?? "";
}
