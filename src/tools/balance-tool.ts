import { z } from "zod";
import type { PollyReachClient } from "../client/client.js";
import { DASHBOARD_URL } from "../client/remedies.js";
import { creditsUsedUpMessage, isLowOnCredits, isOutOfCredits } from "../reports/credits.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";

const schema = z.object({});

export interface BalanceArtifact {
  /** In credits. Calls are possible while it is above 0. */
  balance: number;
  /** What was granted, in credits. */
  amount: number;
  /** Under 20 % of the amount. */
  low: boolean;
  usedUp: boolean;
}

/** `pollyreach_balance`: how many credits are left, and where to top up. */
export class PollyReachBalanceTool extends PollyReachTool<typeof schema, BalanceArtifact> {
  override readonly schema = schema;
  override readonly description =
    "Tells how many PollyReach credits are left for phone calls. Costs nothing and dials nothing. " +
    "Use it when the human asks, before a task of many calls, or to find out whether a call whose fate is not known has used credits.";
  readonly #client: Pick<PollyReachClient, "balance">;

  constructor({ client }: { client: Pick<PollyReachClient, "balance"> }) {
    super("pollyreach_balance");
    this.#client = client;
  }

  protected override async answer(
    _input: object,
    { signal }: ToolConfig,
  ): Promise<ToolReply<BalanceArtifact>> {
    const credits = await this.#client.balance({ signal });
    const usedUp = isOutOfCredits(credits);
    const low = isLowOnCredits(credits);
    const lines = [`${credits.balance} of ${credits.amount} credits are left.`];
    if (usedUp) lines.push("No call can be made. Tell the human:", creditsUsedUpMessage());
    else if (low) {
      lines.push(`That is under 20 %. Remind the human to top up soon: ${DASHBOARD_URL}`);
    }
    return [lines.join("\n"), { ...credits, low, usedUp }];
  }
}
