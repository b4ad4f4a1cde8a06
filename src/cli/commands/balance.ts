import { DASHBOARD_URL } from "../../client/remedies.js";
import { creditsUsedUpMessage, isLowOnCredits, isOutOfCredits } from "../../reports/index.js";
import { CREDITS, phrase } from "../../reports/wording.js";
import type { LineCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";

/** `pollyreach balance`: the credits that are left, with a reminder where they run low. */
export const balance: LineCommand<"balance"> = async (_, { output, session, world }) => {
  const credits = await session.client.balance({ signal: world.interrupted });
  const out = isOutOfCredits(credits);
  const low = isLowOnCredits(credits);
  output.say(`💳 ${phrase.ofAmount(credits.balance, credits.amount)}.`);
  if (out) output.say(creditsUsedUpMessage());
  else if (low) output.say(`⚠️ ${CREDITS.low}\n⭐ ${CREDITS.topUp}: ${DASHBOARD_URL}`);
  return {
    code: EXIT.done,
    result: { balance: credits.balance, amount: credits.amount, low, canCall: !out },
  };
};
