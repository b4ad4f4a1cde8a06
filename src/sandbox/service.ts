import { randomUUID } from "node:crypto";
import { registerRequest, sendRequest, updateAnsweringPromptRequest } from "../client/wire.js";
import { Account } from "./account.js";
import type { Endpoint } from "./endpoint.js";
import type { IncomingCall } from "./incoming.js";
import { type AccountOptions, type Credits, SandboxOptionError, type SandboxOptions } from "./options.js";
import { Switchboard } from "./switchboard.js";
import { unreadReply } from "./unread-reply.js";
import { DEFAULT_VARIANTS, type Variants } from "./variants.js";
import { instantOf } from "./virtual-clock.js";

/** What the service answers, before anything goes wrong on the way. */
export interface Reply {
  status: number;
  body: unknown;
}

/** A request as the service sees it. */
export interface ServiceRequest {
  endpoint: Endpoint;
  token: string | null;
  body: unknown;
  /** Instant of arrival, in milliseconds since the Unix epoch. */
  now: number;
}

const DEFAULT_CREDITS: Credits = { balance: 800, amount: 800 };

const ok = (body: unknown): Reply => ({ status: 200, body });
const failure = (status: number, detail: string): Reply => ({ status, body: { detail } });

/** The service itself: accounts and their lines. Knows time only as it is told with each request. */
export class SandboxService {
  readonly switchboard: Switchboard;
  readonly #options: SandboxOptions;
  readonly #variants: Variants;
  readonly #accounts: Account[] = [];
  #tasks = 0;

  constructor(options: SandboxOptions, now: number) {
    this.#options = options;
    this.#variants = { ...DEFAULT_VARIANTS, ...options.variants };
    this.switchboard = new Switchboard(options);
    const first: AccountOptions = options.token === undefined ? {} : { token: options.token };
    for (const { token, label, credits, phone } of options.accounts ?? [first]) {
      const account = this.#open(now, { token, label, credits });
      account.phone = phone ?? this.#nextPhone();
    }
    for (const call of options.inbound ?? []) this.receive(call, now);
  }

  handle(request: ServiceRequest): Reply {
    if (request.endpoint === "register") return this.#register(request);
    const account = this.#accounts.find(({ token }) => token === request.token);
    if (!account || account.revoked) return failure(401, "Invalid or expired token");
    account.settle(request.now);
    this.#activateIfDue(account, request);
    switch (request.endpoint) {
      case "activationStatus":
        return ok({ status: "active", ai_virtual_phone: account.phone });
      case "balance":
        return ok(account.credits(request.now));
      case "send":
        return this.#send(account, request);
      case "query": {
        const text = account.takeResult(request.now, this.#variants.result);
        return ok(text === null ? { message: "", done: false } : { message: text, done: true });
      }
      case "unreadInbound":
        return ok(unreadReply(account, this.#variants, request.now));
      case "updateAnsweringPrompt":
        return this.#updatePrompt(account, request);
    }
  }

  /** @throws SandboxOptionError when no account has this token or label. */
  account(tokenOrLabel?: string): Account {
    const account =
      tokenOrLabel === undefined
        ? this.#accounts[0]
        : this.#accounts.find(({ token, label }) => token === tokenOrLabel || label === tokenOrLabel);
    if (!account) throw new SandboxOptionError("account", "no account has this token or label");
    return account;
  }

  /** The label by which a token's account is recorded. */
  labelOf(token: string | null): string | null {
    return this.#accounts.find((account) => account.token === token)?.label ?? null;
  }

  activate(token: string): string {
    const account = this.account(token);
    account.phone ??= this.#nextPhone();
    return account.phone;
  }

  receive(call: IncomingCall, now: number): void {
    const account = this.account(call.account);
    account.answered.push({
      ...call,
      id: randomUUID(),
      at: call.at === undefined ? now : instantOf(call.at),
      cost: call.cost ?? 0,
      settled: false,
      read: false,
    });
    account.answered.sort((one, other) => one.at - other.at);
  }

  #open(
    now: number,
    {
      token,
      label,
      credits,
    }: { [K in "token" | "label"]?: string | undefined } & { credits?: Credits | undefined },
  ): Account {
    const account = new Account(
      label ?? `line-${this.#accounts.length + 1}`,
      token ?? `sandbox-${randomUUID()}`,
      now,
      credits ?? this.#options.credits ?? DEFAULT_CREDITS,
    );
    for (const other of this.#accounts) {
      if (other.token === account.token) throw new SandboxOptionError("accounts", "two have the same token");
      if (other.label === account.label) throw new SandboxOptionError("accounts", "two have the same label");
    }
    this.#accounts.push(account);
    return account;
  }

  /** Numbers that are kept for fiction. */
  #nextPhone(): string {
    const taken = this.#accounts.filter(({ phone }) => phone !== null).length;
    return `+1415555${String(160 + (taken % 40)).padStart(4, "0")}`;
  }

  #register({ body, now }: ServiceRequest): Reply {
    const request = registerRequest.safeParse(body);
    if (!request.success || request.data.name.trim() === "") {
      return failure(422, "name, source and description are required");
    }
    const { token } = this.#open(now, {});
    return ok({
      agent: { token, activation_url: `https://agent.pollyreach.ai/auth?code=${randomUUID()}` },
      important: "Keep this token: it is shown only once.",
    });
  }

  #activateIfDue(account: Account, { endpoint, now }: ServiceRequest): void {
    if (endpoint === "activationStatus") account.polls += 1;
    const { afterPolls = Number.POSITIVE_INFINITY, afterMs = Number.POSITIVE_INFINITY } =
      this.#options.activation ?? {};
    if (account.polls >= afterPolls || now >= account.registeredAt + afterMs) this.activate(account.token);
  }

  #send(account: Account, { body, now }: ServiceRequest): Reply {
    const request = sendRequest.safeParse(body);
    if (!request.success) return failure(422, "message: a text is required");
    if (account.phone === null) return failure(403, "This agent is not activated yet");
    if (account.isBusy(now)) {
      const words = "A call is already in progress. Please try again when it has ended.";
      return this.#variants.inProgress === "409"
        ? failure(409, words)
        : ok({ status: false, message: words });
    }
    if (account.credits(now).balance <= 0) {
      const words = "Insufficient credits. Please top up to make calls.";
      return this.#variants.noCredits === "402" ? failure(402, words) : ok({ status: false, message: words });
    }
    const job = this.switchboard.start(request.data.message, account, now);
    account.begin(job, now, this.#variants.staleResultMs);
    return ok({ status: true, ...this.#taskId() });
  }

  #updatePrompt(account: Account, { body }: ServiceRequest): Reply {
    const request = updateAnsweringPromptRequest.safeParse(body);
    if (!request.success || request.data.prompt.trim() === "")
      return failure(422, "prompt: a text is required");
    if (account.phone === null) return ok({ detail: "Failed to update inbound config" });
    account.prompt = request.data.prompt;
    return ok({ status: true, message: "The answering prompt has been updated", ...this.#taskId() });
  }

  #taskId(): { task_id?: string } {
    this.#tasks += 1;
    return this.#variants.taskId ? { task_id: `task-${this.#tasks}` } : {};
  }
}
