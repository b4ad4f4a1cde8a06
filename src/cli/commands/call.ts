import { taskOf } from "../call-task.js";
import type { LineCommand } from "../command.js";
import type { InvocationOf } from "../invocation.js";
import { carryOutCall, newTaskId } from "../phone-call.js";
import type { Session } from "../session.js";
import { TaskFile } from "../task-file.js";
import { UsageError } from "../usage-error.js";

/** `pollyreach call`: one phone task from request to report, or the next part of one that was left. */
export const call: LineCommand<"call"> = async (invocation, line) => {
  const { world, session } = line;
  const { answer, choose, confirm } = invocation;
  const words = { answer: choose ?? (answer === undefined ? undefined : { answer }), confirm };
  if (invocation.resume !== undefined) return carryOutCall(takeUp(invocation, session), line, words);
  const id = newTaskId(world);
  const task = taskOf(invocation, { now: session.clock.now(), timeZone: world.timeZone, id });
  const file = TaskFile.create(session.folder, id, task.purpose);
  return carryOutCall({ id, file, task }, line, words);
};

/** Finds the task that is to be taken up. */
function takeUp({ resume }: InvocationOf<"call">, { folder }: Session): { id: string; file: TaskFile } {
  const open = TaskFile.list(folder);
  const id = typeof resume === "string" ? resume : open[0]?.id;
  const file = id === undefined ? undefined : TaskFile.open(folder, id);
  if (id !== undefined && file !== undefined) return { id, file };
  const others = open.map((each) => `${each.id} (${each.what})`).join("; ");
  throw new UsageError(
    `${id === undefined ? "No call is open" : `No call ${id} is open`}.${others === "" ? "" : ` Open are: ${others}.`}`,
  );
}
