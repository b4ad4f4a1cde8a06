import { createHash } from "node:crypto";
import { AsyncLocalStorageProviderSingleton } from "@langchain/core/singletons";
import { type BaseCheckpointSaver, MemorySaver } from "@langchain/langgraph";
import { z } from "zod";
import {
  type PhoneTaskDeps,
  type PhoneTaskRun,
  resumePhoneTask,
  runPhoneTask,
} from "../graphs/outbound/run-phone-task.js";
import type { CallHistory } from "../history/call-history.js";
import type { Answer } from "../policy/answer.js";
import type { PhoneTaskInput } from "../policy/task.js";
import { askTheHuman } from "./ask-the-human.js";
import { tellRun } from "./phone-task-text.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";

const target = z.object({
  name: z.string().nullish().describe("Name of the person or business"),
  phone: z.string().nullish().describe("Telephone number, E.164 like +14155550101 if possible"),
  time_zone: z.string().nullish().describe("IANA time zone of the callee, such as Europe/Rome"),
});

const schema = z.object({
  purpose: z
    .string()
    .nullish()
    .describe("What the call is to achieve, in plain words. Needed for a new task; leave out with task_id."),
  targets: z
    .array(target)
    .nullish()
    .describe(
      "Whom to call, in order of preference. Only those whom the human named; leave it out to let Polly find a suitable business.",
    ),
  may_find_other: z
    .boolean()
    .nullish()
    .describe("Whether Polly may look for another business if the targets do not work out"),
  on_behalf_of: z.string().nullish().describe("Name of the human that the call is made for"),
  details: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish()
    .describe("What the callee may be told, such as date, time, party size. Only what the human has said."),
  required_details: z
    .array(z.string())
    .nullish()
    .describe(
      "Names of details that the call cannot do without; the human is asked for those missing from details",
    ),
  may_agree_to: z
    .array(z.string())
    .nullish()
    .describe("What may be agreed to without asking back, such as 'any time from 18:00 to 20:00'"),
  language: z.string().nullish().describe("BCP-47 language to speak, if not the callee's own"),
  country: z.string().nullish().describe("ISO 3166-1 alpha-2 country of numbers that are not in E.164"),
  not_before: z.string().nullish().describe("No call before this instant, ISO 8601 with offset"),
  deadline: z.string().nullish().describe("No call after this instant, ISO 8601 with offset"),
  task_id: z.string().nullish().describe("Takes up an earlier task that is waiting or has asked a question"),
  answer: z
    .string()
    .nullish()
    .describe(
      "With task_id: the human's answer to the question asked, in the human's own words. Never your own.",
    ),
});

type Input = z.infer<typeof schema>;

/** How the phone-task tool is set up; the rest is what the outbound workflow takes. */
export interface PhoneTaskToolOptions extends Omit<PhoneTaskDeps, "signal" | "threadId"> {
  /**
   * Waits longer than this come back as a result that says when to ask again, in milliseconds. Default: 10 minutes,
   * so that a chat is not kept for hours by a closed restaurant.
   */
  longestWaitMs?: number;
  /** Keeps every call of a finished task. */
  history?: Pick<CallHistory, "recordTask">;
}

const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * `pollyreach_phone_task`: carries out one phone task from request to report, with the whole exception-handling
 * policy around it.
 *
 * Questions to the human go to `onQuestion` if there is one; else, within a LangGraph agent that has a checkpointer,
 * they interrupt the agent with the `Question` as payload; else they come back as text. Decisions are never taken from
 * the model: a text answer is accepted only to a question for information.
 *
 * Run again by LangGraph, as tool bodies are on every resume, it takes up the same task and does not dial anew: within
 * an agent the task is kept by the agent's own checkpointer.
 */
export class PollyReachPhoneTaskTool extends PollyReachTool<typeof schema, PhoneTaskRun> {
  override readonly description =
    "Gets something done by telephone: makes the call, redials when busy, waits for business hours, tries another target, asks the human when needed, and returns a report. One call of this tool is one task; never start the same task again because it is waiting: use task_id instead.";
  override readonly schema = schema;
  readonly #options: PhoneTaskToolOptions;
  readonly #memory = new MemorySaver();

  constructor(options: PhoneTaskToolOptions) {
    super("pollyreach_phone_task", { dials: true });
    this.#options = options;
  }

  protected override async answer(input: Input, config: ToolConfig): Promise<ToolReply<PhoneTaskRun>> {
    const home = this.#home(config);
    const deps = this.#deps(home.checkpointer, config);
    const threadId = home.threadOf(input.task_id);
    const first = await detached(() =>
      input.task_id
        ? resumePhoneTask(threadId, deps, relayed(input))
        : runPhoneTask(taskOf(input), { ...deps, threadId }),
    );
    const last = home.asksByInterrupt
      ? await askTheHuman(first, (answer) => detached(() => resumePhoneTask(threadId, deps, answer)))
      : first;
    if (last.status === "finished") await this.#options.history?.recordTask(last);
    return [tellRun(last, home.idOf(threadId)), last];
  }

  /** Where the task is kept: with the agent that calls, if that keeps anything, else in this tool. */
  #home({ configurable, toolCall }: ToolConfig) {
    const inherited = savedBy(configurable);
    const prefix = inherited ? `${String(configurable?.thread_id)}/phone/` : "";
    return {
      checkpointer: this.#options.checkpointer ?? inherited ?? this.#memory,
      asksByInterrupt: inherited !== undefined && this.#options.onQuestion === undefined,
      // The model sees and names tasks of its own thread only.
      threadOf: (id: string | null | undefined) =>
        `${prefix}${id ?? (inherited ? callId(configurable, toolCall?.id) : crypto.randomUUID())}`,
      idOf: (thread: string) => thread.slice(prefix.length),
    };
  }

  #deps(checkpointer: BaseCheckpointSaver, { signal, writer }: ToolConfig): PhoneTaskDeps {
    const { onProgress, longestWaitMs = LONGEST_WAIT_MS, history: _, ...rest } = this.#options;
    return {
      ...rest,
      checkpointer,
      longestWaitMs,
      ...(signal && { signal }),
      invalidAnswers: rest.onQuestion ? "throw" : "ask_again",
      onProgress: (progress) => {
        onProgress?.(progress);
        writer?.(progress);
      },
    };
  }
}

/** Runs the workflow as a graph of its own, not as a part of the agent's: its waits and questions are ours to handle. */
function detached<T>(work: () => Promise<T>): Promise<T> {
  return AsyncLocalStorageProviderSingleton.runWithConfig({}, work, true);
}

/**
 * The same whenever LangGraph runs this call of the tool again, and another for every other call: the ids that models
 * give to their calls are not always unique, so the place in the agent's run counts too.
 */
function callId(configurable: ToolConfig["configurable"], toolCallId: string | undefined): string {
  const place = `${String(configurable?.checkpoint_ns)}/${toolCallId ?? ""}`;
  return createHash("sha256").update(place).digest("base64url").slice(0, 16);
}

/** The checkpointer of the agent that calls, under the key by which LangGraph's own `interrupt` finds it. */
function savedBy(configurable: ToolConfig["configurable"]): BaseCheckpointSaver | undefined {
  const saver: unknown = configurable?.__pregel_checkpointer;
  return typeof saver === "object" && saver !== null && "getTuple" in saver
    ? (saver as BaseCheckpointSaver)
    : undefined;
}

/** The human's words, relayed by the model: only ever an answer to a question for information. */
function relayed({ answer }: Input): Answer | undefined {
  return answer ? { answer } : undefined;
}

function taskOf(input: Input): PhoneTaskInput {
  const given = {
    purpose: input.purpose ?? "",
    targets: input.targets?.map(({ name, phone, time_zone }) => ({
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
      ...(time_zone ? { timeZone: time_zone } : {}),
    })),
    mayFindOther: input.may_find_other,
    onBehalfOf: input.on_behalf_of,
    details: input.details && Object.fromEntries(input.details.map(({ name, value }) => [name, value])),
    requiredDetails: input.required_details,
    mayAgreeTo: input.may_agree_to,
    language: input.language,
    country: input.country,
    notBefore: input.not_before,
    deadline: input.deadline,
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ""),
  ) as PhoneTaskInput;
}
