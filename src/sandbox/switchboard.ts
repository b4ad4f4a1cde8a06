import type { Account, Job } from "./account.js";
import { type Behaviour, behaviours } from "./behaviour.js";
import { CallScript } from "./call-script.js";
import { createChance } from "./chance.js";
import { type Callee, findCallee } from "./find-callee.js";
import { RESULT_STYLES, type SandboxOptions } from "./options.js";
import type { ScriptedPerson } from "./person.js";
import { isSameNumber } from "./phone-digits.js";
import type { Ring } from "./record.js";
import { renderResult } from "./result-styles.js";
import { tellStory } from "./tell-story.js";
import { DEFAULT_VARIANTS } from "./variants.js";

const DEFAULT_COST = 20;
/** How long the assistant takes for an answer without a call. */
const ANSWER_MS = 3000;

/** Turns messages into calls, and keeps the record of every phone that rang. */
export class Switchboard {
  readonly rings: Ring[] = [];
  readonly #options: SandboxOptions;
  readonly #everybody: readonly ScriptedPerson[];
  readonly #scripts = new Map<ScriptedPerson, CallScript>();
  #jobs = 0;

  constructor(options: SandboxOptions) {
    this.#options = options;
    this.#everybody = [...new Set([...(options.people ?? []), ...(options.directory ?? [])])];
    for (const person of this.#everybody) this.#scripts.set(person, new CallScript(person.behaviours));
  }

  /** What the service makes of a message. If it means a call, the phone rings now. */
  start(message: string, account: Account, now: number): Job {
    this.#jobs += 1;
    const awaiting = account.awaiting;
    account.awaiting = null;
    if (isSmallTalk(message)) return answer(SMALL_TALK, now);
    const found = findCallee(message, this.#everybody, this.#options.directory ?? []);
    const callee: Callee =
      awaiting && found.kind !== "named" && found.kind !== "stray_number"
        ? { kind: "named", person: awaiting }
        : found;
    if (callee.kind === "nobody") return answer(this.#withReference(NOBODY_FOUND, message), now);
    if (callee.kind === "stray_number") {
      return this.#call(null, callee.phone, behaviours.outOfService(), message, account, now);
    }
    const { person } = callee;
    const behaviour = this.#scripts.get(person)?.advance(message, now) ?? behaviours.ringsOut();
    if (behaviour.kind === "asks_question") account.awaiting = person;
    return this.#call(person, person.phone, behaviour, message, account, now);
  }

  /** How often a number rang; without one, how often any did. */
  count(phone: string | undefined): number {
    return phone === undefined
      ? this.rings.length
      : this.rings.filter((ring) => isSameNumber(ring.phone, phone)).length;
  }

  #call(
    person: ScriptedPerson | null,
    phone: string,
    behaviour: Behaviour,
    message: string,
    account: Account,
    now: number,
  ): Job {
    if (!(behaviour.kind === "asks_question" && behaviour.beforeDialing)) {
      this.rings.push({
        at: now,
        phone,
        name: person?.name ?? null,
        account: account.label,
        attempt: this.count(phone) + 1,
        behaviour: behaviour.kind,
        message,
      });
    }
    return {
      endsAt: now + behaviour.durationMs,
      cost: behaviour.cost ?? this.#options.costPerCall ?? DEFAULT_COST,
      result: this.#teller(person, phone, behaviour, message),
    };
  }

  #teller(
    person: ScriptedPerson | null,
    phone: string,
    behaviour: Behaviour,
    message: string,
  ): Job["result"] {
    const name = person?.name ?? null;
    if (behaviour.kind === "says") return () => behaviour.text;
    if (behaviour.kind === "asks_question" && behaviour.beforeDialing) {
      const text = `Before I call ${name ?? phone}, I need to know: ${behaviour.question}`;
      return () => this.#withReference(text, message);
    }
    const chance = createChance((this.#options.seed ?? 1) * 7919 + this.#jobs);
    const style = this.#options.style ?? "report";
    const chosen = style === "mixed" ? chance.pick(RESULT_STYLES) : style;
    const purpose = purposeIn(message);
    const scene = { name: name ?? phone, purpose, timeZone: person?.timeZone ?? "UTC" };
    const story = tellStory(behaviour, scene, chance);
    const reference = this.#referenceIn(message);
    const id = `call-${(chance.next() * 2 ** 32).toString(36).slice(0, 6)}-${this.#jobs}`;
    return (creditsUsed, creditsRemaining) =>
      renderResult(
        {
          ...story,
          name,
          phone,
          purpose,
          creditsUsed,
          creditsRemaining,
          detailUrl: `https://pollyreach.ai/calls/${id}`,
          recordingUrl: `https://pollyreach.ai/recordings/${id}.mp3`,
          ...(reference === undefined ? {} : { reference }),
        },
        chosen,
      );
  }

  #referenceIn(message: string): string | undefined {
    const echoes = this.#options.variants?.echoesReference ?? DEFAULT_VARIANTS.echoesReference;
    return echoes ? /^\s*Reference:\s*(\S+)/im.exec(message)?.[1] : undefined;
  }

  #withReference(text: string, message: string): string {
    const reference = this.#referenceIn(message);
    return reference === undefined ? text : `${text} (Reference: ${reference})`;
  }
}

const SMALL_TALK = "Hello! I am Polly. Tell me whom to call and what for, and I will make the call for you.";

const NOBODY_FOUND =
  "I could not find out whom to call. Which business or person should I call, and what is their phone number?";

const answer = (text: string, now: number): Job => ({
  endsAt: now + ANSWER_MS,
  cost: 0,
  result: () => text,
});

function isSmallTalk(message: string): boolean {
  const text = message.trim();
  return (
    text.length < 3 ||
    /^(hi|hello|hey|thanks|thank you|ok|good (morning|day|evening))\b[\s\w!.,]{0,12}$/i.test(text)
  );
}

/** The line that says what the call is for; else the first line of the message. */
function purposeIn(message: string): string {
  const stated = /^\s*Purpose:\s*(.+)$/im.exec(message)?.[1];
  const first = message.trim().split(/\r?\n/)[0] ?? "";
  const purpose = (stated ?? first).trim();
  return purpose.length > 200 ? `${purpose.slice(0, 199)}…` : purpose;
}
