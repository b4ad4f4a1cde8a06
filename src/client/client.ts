import { type Clock, systemClock } from "../clock.js";
import { promptUpdateVerdict } from "./answering-prompt.js";
import { checkBaseUrl, isLive } from "./base-url.js";
import { DEFAULT_TIMEOUTS, type Timeouts } from "./connection.js";
import { type SaveOptions, saveCredentials } from "./credential-saving.js";
import { type CredentialPlaces, type Credentials, loadCredentials } from "./credentials.js";
import { CredentialsError } from "./errors.js";
import { checkLine, checkText } from "./input.js";
import { defaultPolling, type PollingSchedule } from "./polling.js";
import { registrationVerdict } from "./registering.js";
import { REMEDIES } from "./remedies.js";
import type {
  ActivationStatus,
  AnsweringPromptUpdate,
  Balance,
  InboundMessage,
  QueryResult,
  Registration,
  SendResult,
  WaitResult,
} from "./replies.js";
import { readVerdict } from "./reply-reading.js";
import { RETRY_LIMITS, untilFinal, type Verdict } from "./retry.js";
import { submissionVerdict } from "./submission.js";
import { checkToken, lineIdOf } from "./token.js";
import { type Fetch, type Outcome, type RequestReport, Transport } from "./transport.js";
import { unreadInboundVerdict } from "./unread-inbound.js";
import { type WaitOptions, waitForResult } from "./waiting.js";
import {
  activationStatusReply,
  balanceReply,
  DEFAULT_BASE_URL,
  type EndpointName,
  queryReply,
} from "./wire.js";

export interface PollyReachClientOptions {
  /** Default: what `loadCredentials` finds, when first needed. */
  token?: string | undefined;
  /** https, or http to loopback. Default: the live service. */
  baseUrl?: string | undefined;
  /** Default: the global fetch over this client's own connections. An injected one must not repeat requests by itself. */
  fetch?: Fetch | undefined;
  clock?: Clock | undefined;
  /** Numbers in [0, 1), for the jitter between repetitions. */
  random?: (() => number) | undefined;
  /** When to ask for a result. */
  polling?: PollingSchedule | undefined;
  timeouts?: Partial<Timeouts> | undefined;
  /** Called after every HTTP request; what it throws is ignored. */
  onRequest?: ((report: RequestReport) => void) | undefined;
  /** Where credentials are looked for and saved. */
  credentials?: CredentialPlaces | undefined;
}

export interface RequestOptions {
  signal?: AbortSignal | undefined;
}

export interface RegisterInput {
  /** What the assistant is called. */
  name: string;
  /** Default: what the service's own instructions say to send. */
  description?: string | undefined;
  /** Registers although a token is there. Default: false. */
  again?: boolean | undefined;
}

/**
 * One phone line of PollyReach: a method for each endpoint, and waiting for a result. Every method takes a signal and
 * throws a `PollyReachError`. The line carries one call at a time, for everyone who uses the same token.
 */
export class PollyReachClient {
  /** Whether real phones may ring. False only where the base URL leads to this machine, as the sandbox's does. */
  readonly live: boolean;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #polling: PollingSchedule;
  readonly #places: CredentialPlaces;
  #credentials: Credentials | undefined;

  /**
   * @throws ConfigurationError for a base URL that would send the token in the clear
   * @throws CredentialsError for a token that cannot be one
   */
  constructor(options: PollyReachClientOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#polling = options.polling ?? defaultPolling;
    this.#places = options.credentials ?? {};
    if (options.token !== undefined) {
      this.#credentials = { token: checkToken(options.token, "the client's options"), source: "token" };
    }
    const baseUrl = checkBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
    this.live = isLive(baseUrl);
    this.#transport = new Transport({
      baseUrl,
      fetch: options.fetch,
      timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
      onRequest: options.onRequest,
    });
  }

  /** Whether a token is at hand. @throws CredentialsError if one is there but broken. */
  get hasToken(): boolean {
    return this.#find() !== undefined;
  }

  /**
   * Names the line without revealing its token: the same for the same token, in every process. Key locks by it.
   * @throws CredentialsError if there is no token
   */
  get lineId(): string {
    return lineIdOf(this.#require().token);
  }

  /** The saved link by which the human activates the line, if it is known. */
  get activationUrl(): string | undefined {
    return this.#find()?.activationUrl;
  }

  /**
   * Makes an account. A client without a token uses the new one from then on; it is lost with the process unless
   * `saveCredentials` follows.
   * @throws CredentialsError `already_registered` if a token is there and `again` is not set
   * @throws RegistrationUnknownError if an account may have been made: do not register again on a guess
   */
  async register(input: RegisterInput, options: RequestOptions = {}): Promise<Registration> {
    const name = checkLine("name", input.name);
    const description = checkLine("description", input.description ?? "what are you");
    const held = this.#find();
    if (held !== undefined && input.again !== true) {
      throw new CredentialsError("This line is registered already.", {
        code: "already_registered",
        endpoint: "register",
        nextStep: REMEDIES.alreadyRegistered,
      });
    }
    const body = { name, source: "openclaw", description };
    const registration = await this.#request("register", body, options, registrationVerdict, held?.token);
    if (held === undefined) {
      const { token, activationUrl } = registration;
      this.#credentials = {
        token: checkToken(token, "the registration"),
        agentName: name,
        source: "registration",
        ...(activationUrl === undefined ? {} : { activationUrl }),
      };
    }
    return registration;
  }

  /** Writes this client's token, name and activation link to the key file and returns its path. See `saveCredentials`. */
  saveCredentials(options: Pick<SaveOptions, "overwrite"> = {}): string {
    return saveCredentials(this.#require(), { ...this.#places, ...options, clock: this.#clock });
  }

  /** Whether the human has signed in, and the number of the line. */
  activationStatus(options: RequestOptions = {}): Promise<ActivationStatus> {
    return this.#ask("activationStatus", undefined, options, (rules, outcome) =>
      readVerdict(rules, outcome, activationStatusReply, ({ status, ai_virtual_phone }) => {
        const phoneNumber = ai_virtual_phone?.trim() || null;
        return { status, phoneNumber, activated: phoneNumber !== null };
      }),
    );
  }

  /**
   * Says something to the assistant; this is what places calls. Posted again only where it is proven that nothing was
   * sent, or after a 429.
   * @throws SubmissionUnknownError if the message may have been taken on: reconcile, never send it again
   * @throws PollyReachError with `sent: "no"` where it is proven that no call was placed
   */
  async send(message: string, options: RequestOptions = {}): Promise<SendResult> {
    const body = { message: checkText("message", message) };
    return this.#ask("send", body, options, submissionVerdict);
  }

  /** The assistant's present answer, finished or not. */
  query(options: RequestOptions = {}): Promise<QueryResult> {
    return this.#query(options.signal, RETRY_LIMITS.attempts);
  }

  /** The account's credits. */
  balance(options: RequestOptions = {}): Promise<Balance> {
    return this.#ask("balance", undefined, options, (rules, outcome) =>
      readVerdict(rules, outcome, balanceReply, ({ balance, amount }) => ({ balance, amount })),
    );
  }

  /**
   * Incoming messages and answered calls not read before. Store them before anything else: the service may not serve
   * them again.
   * @throws InvalidReplyError with all that arrived in `received`, if the reply was cut off or not understood
   */
  unreadInbound(options: RequestOptions = {}): Promise<InboundMessage[]> {
    return this.#ask("unreadInbound", undefined, options, unreadInboundVerdict);
  }

  /** Sets how incoming calls are answered. */
  async updateAnsweringPrompt(prompt: string, options: RequestOptions = {}): Promise<AnsweringPromptUpdate> {
    const body = { prompt: checkText("prompt", prompt) };
    return this.#ask("updateAnsweringPrompt", body, options, promptUpdateVerdict);
  }

  /**
   * Listens for the result of a call. At the limit it says so, and can be called again to go on.
   * @throws AuthenticationError if the token is no longer accepted; failures that may pass do not end it
   */
  waitForResult(options: WaitOptions = {}): Promise<WaitResult> {
    const ask = (signal: AbortSignal | undefined) => this.#query(signal, 1);
    return waitForResult(options, { clock: this.#clock, polling: this.#polling, ask });
  }

  /** Closes the client's connections, after the requests under way. A later request opens new ones. */
  close(): Promise<void> {
    return this.#transport.close();
  }

  #query(signal: AbortSignal | undefined, attempts: number): Promise<QueryResult> {
    const verdict = (rules: Rules, outcome: Outcome) =>
      readVerdict(rules, outcome, queryReply, ({ message, done }) => ({ done, message: message ?? "" }));
    return this.#ask("query", {}, { signal }, verdict, attempts);
  }

  async #ask<T>(
    endpoint: EndpointName,
    body: object | undefined,
    { signal }: RequestOptions,
    verdictOf: VerdictOf<T>,
    attempts?: number,
  ): Promise<T> {
    return this.#request(endpoint, body, { signal }, verdictOf, this.#require().token, attempts);
  }

  #request<T>(
    endpoint: EndpointName,
    body: object | undefined,
    { signal }: RequestOptions,
    verdictOf: VerdictOf<T>,
    token: string | undefined,
    attempts?: number,
  ): Promise<T> {
    const rules = { endpoint, now: () => this.#clock.now() };
    const seams = { clock: this.#clock, random: this.#random, signal };
    return untilFinal(
      async (attempt) => {
        const outcome = await this.#transport.exchange({ endpoint, attempt, token, body, signal });
        return verdictOf(rules, outcome);
      },
      seams,
      attempts,
    );
  }

  #find(): Credentials | undefined {
    this.#credentials ??= loadCredentials(this.#places);
    return this.#credentials;
  }

  #require(): Credentials {
    const found = this.#find();
    if (found === undefined) throw new CredentialsError("There is no token for a phone line.");
    return found;
  }
}

type Rules = Parameters<typeof submissionVerdict>[0];
type VerdictOf<T> = (rules: Rules, outcome: Outcome) => Verdict<T>;
