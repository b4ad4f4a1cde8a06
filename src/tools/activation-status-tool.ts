import { z } from "zod";
import type { PollyReachClient } from "../client/client.js";
import { DASHBOARD_URL, REMEDIES } from "../client/remedies.js";
import type { ActivationStatus } from "../client/replies.js";
import { oneLine } from "../reports/foreign-text.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";

const schema = z.object({});

type RegisteredLine = Pick<PollyReachClient, "activationStatus" | "activationUrl">;

export interface ActivationArtifact extends ActivationStatus {
  /** While the line is not activated: the link to hand over, if it is known. */
  activationUrl?: string;
}

/** `pollyreach_activation_status`: the number of the line, or the link that the human has yet to open. */
export class PollyReachActivationStatusTool extends PollyReachTool<typeof schema, ActivationArtifact> {
  override readonly schema = schema;
  override readonly description =
    "Tells whether the human has activated the PollyReach phone line, and its number. " +
    "Use it after the human says that they signed in, when asked for the number, or when the activation link is needed again.";
  readonly #client: RegisteredLine;

  constructor({ client }: { client: RegisteredLine }) {
    super("pollyreach_activation_status");
    this.#client = client;
  }

  protected override async answer(
    _input: object,
    { signal }: ToolConfig,
  ): Promise<ToolReply<ActivationArtifact>> {
    const status = await this.#client.activationStatus({ signal });
    if (status.phoneNumber !== null) {
      const text = `ACTIVATED. The line's number is ${oneLine(status.phoneNumber)}. If the human does not know yet, tell them: calls can be made from it, and Polly answers the calls that come in.`;
      return [text, status];
    }
    const { activationUrl } = this.#client;
    const link =
      activationUrl === undefined
        ? `The link is not known here; the human can sign in at ${DASHBOARD_URL}`
        : `Give the human this link again, as it stands: ${activationUrl}`;
    return [
      `NOT ACTIVATED YET. The line has no number, so no call can be made.\n${link}\n${REMEDIES.noNumberYet}`,
      activationUrl === undefined ? status : { ...status, activationUrl },
    ];
  }
}
