import { type PhoneTaskInput, parsePhoneTask } from "../policy/task.js";
import type { InvocationOf } from "./invocation.js";
import { parseOpeningHours } from "./opening-hours.js";
import { parseWindow } from "./times.js";
import { UsageError } from "./usage-error.js";

/** What the task is made of besides the command line. */
export interface TaskSetting {
  now: number;
  /** The zone of this machine, for times without one. */
  timeZone: string;
  id: string;
}

/** Turns the command line into a phone task. @throws UsageError, InvalidTaskError before anything is dialed */
export function taskOf(invocation: InvocationOf<"call">, { now, timeZone, id }: TaskSetting): PhoneTaskInput {
  const { what, to, name, zone, hours, when, language, country, mayTell, mayAgree, need, findOther } =
    invocation;
  if (what === undefined || what.trim() === "")
    throw new UsageError("Say what is to be done: pollyreach call “book a table” --to …");
  const window = when === undefined ? {} : parseWindow(when, now, zone ?? timeZone);
  const openingHours = hours === undefined ? undefined : parseOpeningHours(hours);
  const targets = Array.from({ length: Math.max(to.length, name.length) }, (_, index) => ({
    ...(name[index] !== undefined && { name: name[index] }),
    ...(to[index] !== undefined && { phone: to[index] }),
    ...(openingHours !== undefined && { openingHours }),
  }));
  const input: PhoneTaskInput = {
    id,
    purpose: what,
    targets,
    details: Object.fromEntries(mayTell.map(detail)),
    requiredDetails: need,
    mayAgreeTo: mayAgree,
    ...(findOther !== undefined && { mayFindOther: findOther }),
    ...(invocation.for !== undefined && { onBehalfOf: invocation.for }),
    ...(language !== undefined && { language }),
    ...(country !== undefined && { country }),
    ...(zone !== undefined && { timeZone: zone }),
    ...(window.from !== undefined && { notBefore: window.from }),
    ...(window.to !== undefined && { deadline: window.to }),
  };
  parsePhoneTask(input, { now, newId: () => id, approval: "first_dial" });
  return input;
}

/** `party size=4`, or just a fact. */
function detail(text: string, index: number): [name: string, value: string] {
  const [name = "", ...value] = text.split("=");
  if (value.length === 0) return [`note ${index + 1}`, text.trim()];
  if (name.trim() === "" || value.join("=").trim() === "") {
    throw new UsageError(`--may-tell ${text}: write name=value, such as “party size=4”.`);
  }
  return [name.trim(), value.join("=").trim()];
}
