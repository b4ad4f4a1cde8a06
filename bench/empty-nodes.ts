import { Annotation, START, StateGraph } from "@langchain/langgraph";

/** Eight nodes in a row that do nothing: what eight supersteps cost by themselves. */
export function emptyNodes() {
  const State = Annotation.Root({ at: Annotation<number> });
  const nothing = () => ({});
  return new StateGraph(State)
    .addSequence({
      one: nothing,
      two: nothing,
      three: nothing,
      four: nothing,
      five: nothing,
      six: nothing,
      seven: nothing,
      eight: nothing,
    })
    .addEdge(START, "one");
}
