import { z } from "zod";
import type { PollyReachClient } from "../client/client.js";
import { PollyReachError } from "../client/errors.js";
import { DASHBOARD_URL } from "../client/remedies.js";
import { oneLine } from "../reports/foreign-text.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";
import { refuseSensitive } from "./refuse-sensitive.js";

const schema = z.object({
  name: z.string().describe("What the assistant is called; one line. Make one up if you have no name."),
});

type UnregisteredLine = Pick<PollyReachClient, "register" | "saveCredentials">;

/** Holds no token: that stays in the client and in the key file. */
export interface RegistrationArtifact {
  activationUrl?: string;
  /** Whether the credentials were written to the key file. If not, they last as long as this process. */
  saved: boolean;
}

/**
 * `pollyreach_register`: makes an account and gives the link that the human activates it by. The token is saved before
 * the tool answers, and is never part of the answer.
 */
export class PollyReachRegisterTool extends PollyReachTool<typeof schema, RegistrationArtifact> {
  override readonly schema = schema;
  override readonly description =
    "Registers this assistant with PollyReach, once and for all, so that it gets a phone line. Use it only if there is no line yet and the human wants one. " +
    "Gives the link by which the human activates the line. A line that is there already is never replaced.";
  readonly #client: UnregisteredLine;
  /** One registration after the other: the second finds what the first has made. */
  #earlier: Promise<unknown> = Promise.resolve();

  constructor({ client }: { client: UnregisteredLine }) {
    super("pollyreach_register");
    this.#client = client;
  }

  /**
   * @throws CredentialsError `already_registered` if there is a token
   * @throws RegistrationUnknownError if an account may have been made
   */
  protected override async answer(
    { name }: z.output<typeof schema>,
    { signal }: ToolConfig,
  ): Promise<ToolReply<RegistrationArtifact>> {
    refuseSensitive("name", name);
    const registered = this.#earlier.then(() => this.#register(name, signal));
    this.#earlier = registered.catch(() => undefined);
    return registered;
  }

  async #register(name: string, signal: AbortSignal | undefined): Promise<ToolReply<RegistrationArtifact>> {
    const { activationUrl } = await this.#client.register({ name }, { signal });
    const problem = this.#save();
    const lines = [
      "REGISTERED. The line has no number yet; the human has to activate it first.",
      activationUrl === undefined
        ? `The service gave no activation link. Ask the human to look for the assistant at ${DASHBOARD_URL}`
        : `Give the human this link as it stands: ${activationUrl}`,
      "Tell the human: Please open the link and sign in with your e-mail address. After that I have a phone number, and can make calls for you and answer the calls that come in. Say when you have done it.",
      "Then use pollyreach_activation_status.",
      ...(problem === undefined
        ? []
        : [
            `WARNING: the credentials could not be saved, so the line is lost when this program ends. Until then it works. ${problem} Tell the human this too.`,
          ]),
    ];
    return [
      lines.join("\n"),
      { saved: problem === undefined, ...(activationUrl === undefined ? {} : { activationUrl }) },
    ];
  }

  /** What hinders, if anything. The account is made by now, so no failure may cost its link. */
  #save(): string | undefined {
    try {
      this.#client.saveCredentials();
      return undefined;
    } catch (error) {
      return error instanceof PollyReachError
        ? `${oneLine(error.message)} ${error.nextStep}`
        : "The reason is not known.";
    }
  }
}
