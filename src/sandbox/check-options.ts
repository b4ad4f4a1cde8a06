import { BEHAVIOUR_KINDS, type Behaviour } from "./behaviour.js";
import { type Credits, RESULT_STYLES, SandboxOptionError, type SandboxOptions } from "./options.js";
import type { ScriptedPerson } from "./person.js";
import { significantDigits } from "./phone-digits.js";
import { DEFAULT_VARIANTS, type Variants } from "./variants.js";

const VARIANT_CHOICES: { [K in keyof Variants]?: readonly Variants[K][] } = {
  result: ["once", "sticky"],
  unread: ["consumed", "kept"],
  unreadShape: ["messages", "call_record", "bare_record"],
  noCredits: ["status_false", "402"],
  inProgress: ["status_false", "409"],
};

/** @throws SandboxOptionError for the first option that makes no sense. */
export function checkOptions(options: SandboxOptions): void {
  const { credits, costPerCall, style, seed, keepAliveMs, accounts, activation } = options;
  if (credits) checkCredits("credits", credits);
  checkCount("costPerCall", costPerCall);
  checkCount("keepAliveMs", keepAliveMs);
  checkCount("activation.afterPolls", activation?.afterPolls);
  checkCount("activation.afterMs", activation?.afterMs);
  if (seed !== undefined && !Number.isSafeInteger(seed))
    throw new SandboxOptionError("seed", "not an integer");
  if (style !== undefined && style !== "mixed" && !RESULT_STYLES.includes(style)) {
    throw new SandboxOptionError("style", `"${style}" is none of ${RESULT_STYLES.join(", ")}, mixed`);
  }
  checkVariants(options.variants ?? {});
  if (accounts?.length === 0) throw new SandboxOptionError("accounts", "at least one is needed");
  if (accounts && options.token !== undefined) {
    throw new SandboxOptionError("token", "give it in accounts, not beside them");
  }
  for (const [index, account] of (accounts ?? [{ token: options.token }]).entries()) {
    if (account.token?.trim() === "") throw new SandboxOptionError(`accounts[${index}].token`, "empty");
    if ("credits" in account && account.credits) checkCredits(`accounts[${index}].credits`, account.credits);
  }
  checkPeople(options.people ?? [], options.directory ?? []);
}

/** @throws SandboxOptionError unless it is a finite number that is not negative. */
export function checkCount(option: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isFinite(value) && value >= 0)) {
    throw new SandboxOptionError(option, `${value} is not a number from 0 upwards`);
  }
}

function checkCredits(option: string, { balance, amount }: Credits): void {
  checkCount(`${option}.balance`, balance);
  checkCount(`${option}.amount`, amount);
}

function checkVariants(variants: Partial<Variants>): void {
  for (const [name, value] of Object.entries(variants)) {
    const option = `variants.${name}`;
    if (!Object.hasOwn(DEFAULT_VARIANTS, name)) throw new SandboxOptionError(option, "no such variant");
    const choices: readonly unknown[] | undefined = VARIANT_CHOICES[name as keyof Variants];
    if (choices && !choices.includes(value)) {
      throw new SandboxOptionError(option, `"${value}" is none of ${choices.join(", ")}`);
    }
  }
  checkCount("variants.staleResultMs", variants.staleResultMs);
}

function checkPeople(people: readonly ScriptedPerson[], directory: readonly ScriptedPerson[]): void {
  const seen = new Map<string, ScriptedPerson>();
  const all = [
    ...people.map((person, index) => [`people[${index}]`, person] as const),
    ...directory.map((person, index) => [`directory[${index}]`, person] as const),
  ];
  for (const [option, person] of all) {
    checkPerson(option, person);
    const digits = significantDigits(person.phone);
    const holder = seen.get(digits);
    if (holder && holder !== person) {
      throw new SandboxOptionError(`${option}.phone`, `${person.name} has the same number as ${holder.name}`);
    }
    seen.set(digits, person);
  }
}

function checkPerson(option: string, person: ScriptedPerson): void {
  if (person.name.trim() === "" || /\p{Cc}/u.test(person.name)) {
    throw new SandboxOptionError(`${option}.name`, "a name is one line of text and not empty");
  }
  const digits = significantDigits(person.phone).length;
  if (digits < 2 || digits > 15) {
    throw new SandboxOptionError(`${option}.phone`, `"${person.phone}" is not a phone number`);
  }
  if (person.timeZone !== undefined && !isTimeZone(person.timeZone)) {
    throw new SandboxOptionError(`${option}.timeZone`, `"${person.timeZone}" is not an IANA time zone`);
  }
  if (person.behaviours.length === 0) {
    throw new SandboxOptionError(`${option}.behaviours`, "at least one is needed");
  }
  for (const [index, behaviour] of person.behaviours.entries()) {
    const isLast = index === person.behaviours.length - 1;
    checkBehaviour(`${option}.behaviours[${index}]`, behaviour, isLast);
  }
}

function checkBehaviour(option: string, behaviour: Behaviour, isLast: boolean): void {
  if (!BEHAVIOUR_KINDS.includes(behaviour.kind)) {
    throw new SandboxOptionError(option, `"${behaviour.kind}" is not a behaviour`);
  }
  checkCount(`${option}.durationMs`, behaviour.durationMs);
  checkCount(`${option}.cost`, behaviour.cost);
  if (behaviour.kind === "closed_until" && isLast) {
    throw new SandboxOptionError(
      option,
      "say what happens once they are open: closedUntil cannot be the last",
    );
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
