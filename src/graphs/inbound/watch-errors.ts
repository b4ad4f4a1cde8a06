import type { KeptReply } from "./inbox.js";
import type { InboundTrouble } from "./state.js";

/** The watch cannot go on before the human has done something; `message` says what. Nothing that was stored is lost. */
export class WatchEndedError extends Error {
  override readonly name = "WatchEndedError";
  readonly code = "watch_ended";
  readonly retryable = false;
  constructor(readonly trouble: InboundTrouble) {
    super(`Incoming calls are no longer looked for. ${trouble.message} ${trouble.nextStep}`);
  }
}

/**
 * Messages were fetched and could not be stored, and the service may not serve them again. They are here, as JSON, and
 * as long as the process lives the next look with the same store object stores them first.
 */
export class UnstoredMessagesError extends Error {
  override readonly name = "UnstoredMessagesError";
  readonly code = "unstored_messages";
  readonly retryable = true;
  readonly #reply: KeptReply;
  constructor(reply: KeptReply) {
    super(
      `${reply.messages.length} incoming messages were fetched and are not stored. Make the store work and look again in this process, or save \`messages\` elsewhere.`,
    );
    this.#reply = reply;
  }
  /** Each message as JSON, or the text of a reply that was broken. Kept out of logs. */
  get messages(): readonly string[] {
    const { messages, broken } = this.#reply;
    return broken === undefined ? messages : [...messages, broken];
  }
}
