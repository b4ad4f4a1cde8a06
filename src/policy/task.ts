import { z } from "zod";
import { maskSensitive } from "./disclosure/find-sensitive.js";
import { checkNumber } from "./numbers/check-number.js";
import { neverSent, sentTexts } from "./sent-texts.js";

/** The longest purpose, in UTF-16 code units. What is longer is a document, not a task for one call. */
export const LONGEST_PURPOSE = 4_000;

/** What lies farther from now than this is a mistake in the unit, not a plan. */
const FARTHEST_MS = 366 * 24 * 3_600_000;

/** So far back, a "now" of another machine's clock is not yet past. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Control characters, line separators and bidirectional overrides: none belongs into a name. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const line = (what: string, longest = 200) =>
  z
    .string()
    .trim()
    .min(1, `${what} is empty; leave it out or fill it in`)
    .max(longest, `${what} is longer than ${longest} characters; shorten it`)
    .refine((text) => !UNPRINTABLE.test(text), `${what} has a control character or a line break; remove it`);

const timeZone = z
  .string()
  .refine(isTimeZone, "is not an IANA time zone; write one like Europe/Paris or Asia/Tokyo");

const country = z
  .string()
  .regex(/^[A-Za-z]{2}$/, "is not an ISO 3166-1 alpha-2 country; write two letters like US or JP")
  .transform((code) => code.toUpperCase());

const instant = z
  .union(
    [z.number(), z.string(), z.date()],
    "is no time; write ISO 8601 with an offset, like 2026-03-17T19:00+09:00",
  )
  .transform((value, context) => {
    const at =
      value instanceof Date ? value.getTime() : typeof value === "number" ? value : parseInstant(value);
    if (Number.isFinite(at)) return at;
    context.addIssue("is no instant; write ISO 8601 with an offset, like 2026-03-17T19:00+09:00");
    return z.NEVER;
  });

const clockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/, "is no time of day; write 09:00 or 17:30");
const spans = z
  .array(z.tuple([clockTime, clockTime]))
  .max(8)
  .optional();
const openingHours = z.strictObject({
  mon: spans,
  tue: spans,
  wed: spans,
  thu: spans,
  fri: spans,
  sat: spans,
  sun: spans,
});

const targetInput = z
  .strictObject({
    /** The person or business to ask for. */
    name: line("the name").optional(),
    /** Their number, E.164 or, with `country`, national. */
    phone: z.string().optional(),
    timeZone: timeZone.optional(),
    openingHours: openingHours.optional(),
  })
  .refine(
    (target) => target.name !== undefined || target.phone !== undefined,
    "has neither name nor phone; give one",
  );

/** What a phone task may say. Everything but the purpose may be left out. */
export const phoneTaskInput = z.strictObject({
  /** Names the task in logs and reports; 1 to 64 letters, digits, `-` or `_`. Drawn at random if left out. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/, "may have 1 to 64 letters, digits, - or _")
    .optional(),
  /** What is to be done over the phone, in plain words. */
  purpose: z
    .string()
    .trim()
    .min(1, "is empty; say what the call is for")
    .max(
      LONGEST_PURPOSE,
      `is longer than ${LONGEST_PURPOSE} characters; say what the call is for in a few sentences`,
    ),
  /** Whom to call, in order of preference: the next is tried when one cannot be reached or says no. */
  targets: z.array(targetInput).max(20, "may be 20 at most").default([]),
  /** Whether Polly may look for another business once the targets are exhausted. Default: only without targets. */
  mayFindOther: z.boolean().optional(),
  /** On whose behalf the call is made. */
  onBehalfOf: line("the name").optional(),
  /** What the callee may be told, each by its name: `{ "party size": "4" }`. */
  details: z.record(line("a detail's name", 80), line("a detail", 1_000)).default({}),
  /** Details without which nothing may be dialed; the human is asked for those that are not there. */
  requiredDetails: z.array(line("a detail's name", 80)).max(20).default([]),
  /** What may be agreed to without asking: "any time from 18:00 to 20:00", "up to 40 euros a head". */
  mayAgreeTo: z.array(line("a permission", 500)).max(20).default([]),
  /** BCP-47 language to speak in, if not the callee's own. */
  language: z
    .string()
    .refine(isLanguage, "is not a BCP-47 language tag; write one like en or ja-JP")
    .optional(),
  /** Country that national numbers belong to, ISO 3166-1 alpha-2. */
  country: country.optional(),
  /** IANA time zone of the callees, where theirs is not given. */
  timeZone: timeZone.optional(),
  /** No call before this instant. */
  notBefore: instant.optional(),
  /** No call after this instant. */
  deadline: instant.optional(),
  /** Whether the human is asked before the first dial. Default: on a live line yes, on the sandbox no. */
  approval: z.enum(["first_dial", "none"]).optional(),
});

export type PhoneTaskInput = z.input<typeof phoneTaskInput>;

/** Somebody to call. `phone` is E.164. */
export interface Target {
  name?: string;
  phone?: string;
  timeZone?: string;
  openingHours?: z.output<typeof openingHours>;
}

/** A checked phone task. Instants are milliseconds since the Unix epoch. */
export interface PhoneTask {
  id: string;
  purpose: string;
  targets: readonly Target[];
  mayFindOther: boolean;
  onBehalfOf?: string;
  details: Readonly<Record<string, string>>;
  requiredDetails: readonly string[];
  mayAgreeTo: readonly string[];
  language?: string;
  country?: string;
  timeZone?: string;
  notBefore?: number;
  deadline?: number;
  approval: "first_dial" | "none";
}

/** One thing that is wrong with a task: where, and what to do about it. */
export interface TaskProblem {
  path: string;
  problem: string;
}

/** A task that cannot be carried out as it stands. Thrown before anything is dialed. */
export class InvalidTaskError extends Error {
  override readonly name = "InvalidTaskError";
  readonly code = "invalid_task";
  readonly retryable = false;
  readonly problems: readonly TaskProblem[];
  constructor(problems: readonly TaskProblem[]) {
    // A path may hold what somebody wrote: the name of a detail, or of a field that there is none of.
    const shown = problems.map(({ path, problem }) => ({
      path: maskSensitive(path),
      problem: maskSensitive(problem),
    }));
    super(
      `The phone task is not valid: ${shown.map(({ path, problem }) => `${path} ${problem}`).join("; ")}.`,
    );
    this.problems = shown;
  }
}

/**
 * Checks a task and fills in its defaults.
 * @param at what is not in the input: the present, the id if it has none, and the default for `approval`.
 * @throws {InvalidTaskError} naming every problem at once.
 */
export function parsePhoneTask(
  input: PhoneTaskInput,
  at: { now: number; newId: () => string; approval: PhoneTask["approval"] },
): PhoneTask {
  const parsed = phoneTaskInput.safeParse(input);
  if (!parsed.success) {
    throw new InvalidTaskError(
      parsed.error.issues.map((issue) => ({ path: issue.path.join(".") || "task", problem: issue.message })),
    );
  }
  const { id, targets, approval, mayFindOther, ...rest } = parsed.data;
  const problems = [...timeProblems(rest, at.now), ...wordingProblems({ ...rest, targets }, rest.country)];
  const dialable = targets.map(({ phone, ...target }, index) => {
    if (phone === undefined) return target;
    const checked = checkNumber(phone, rest.country === undefined ? {} : { country: rest.country });
    if (checked.ok) return { ...target, phone: checked.e164 };
    problems.push({ path: `targets.${index}.phone`, problem: `cannot be dialed: ${checked.reason}` });
    return target;
  });
  if (problems.length > 0) throw new InvalidTaskError(problems);
  return present({
    ...rest,
    id: id ?? at.newId(),
    targets: dialable.map(present),
    mayFindOther: mayFindOther ?? targets.length === 0,
    approval: approval ?? at.approval,
  });
}

/** Nothing sensitive gets into a briefing, and no number that is never called, in whatever field they stand. */
function wordingProblems(
  task: Parameters<typeof sentTexts>[0] & Pick<PhoneTask, "requiredDetails">,
  country: string | undefined,
): TaskProblem[] {
  // Not sent, but asked for by name.
  const asked = task.requiredDetails.map((text, index) => ({ path: `requiredDetails.${index}`, text }));
  return [...sentTexts(task), ...asked].flatMap(({ path, text }) => {
    const problem = neverSent(text, country);
    return problem === undefined ? [] : [{ path, problem }];
  });
}

function timeProblems(
  { notBefore, deadline }: { notBefore?: number | undefined; deadline?: number | undefined },
  now: number,
) {
  const problems: TaskProblem[] = [];
  for (const [path, at] of [
    ["notBefore", notBefore],
    ["deadline", deadline],
  ] as const) {
    if (at !== undefined && Math.abs(at - now) > FARTHEST_MS) {
      problems.push({
        path,
        problem: "is more than a year away; check the year, or seconds for milliseconds",
      });
    }
  }
  if (notBefore !== undefined && notBefore < now - CLOCK_SKEW_MS) {
    problems.push({ path: "notBefore", problem: "is past; leave it out to call as soon as possible" });
  }
  if (deadline !== undefined && deadline <= now)
    problems.push({ path: "deadline", problem: "is past; give a later one" });
  if (deadline !== undefined && notBefore !== undefined && notBefore >= deadline) {
    problems.push({ path: "notBefore", problem: "is not before the deadline; no time is left to call in" });
  }
  return problems;
}

function parseInstant(text: string): number {
  return /T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Drops what is undefined, which checkpoints do not keep. */
function present<T extends object>(value: T): Present<T> {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Present<T>;
}
