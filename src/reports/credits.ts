import type { CreditBalance } from "./call-report-input.js";
import { CREDITS, phrase, TOP_UP_URL } from "./wording.js";

/** Whether less than 20 % of the account's amount is left. Exactly 20 % is not low. */
export function isLowOnCredits({ balance, amount }: CreditBalance): boolean {
  return balance * 5 < amount;
}

/** Whether the account allows no further call. The service allows calls while the balance is above 0. */
export function isOutOfCredits({ balance }: Pick<CreditBalance, "balance">): boolean {
  return balance <= 0;
}

/** Tells the human that no call can be made, with the two ways to get credits. Several lines. */
export function creditsUsedUpMessage(): string {
  return [CREDITS.usedUp, `⭐ ${CREDITS.topUp}: ${TOP_UP_URL}`, `🎁 ${CREDITS.share}`].join("\n");
}

/** Asks the human to top up so that a waiting task can go on. Several lines. */
export function topUpPrompt(balance?: CreditBalance): string {
  return [stateOf(balance), `⭐ ${CREDITS.topUp}: ${TOP_UP_URL}`, CREDITS.topUpWaits].join("\n");
}

function stateOf(balance: CreditBalance | undefined): string {
  if (balance === undefined || isOutOfCredits(balance)) return CREDITS.usedUp;
  const left = `${phrase.ofAmount(balance.balance, balance.amount)}.`;
  return `${left} ${isLowOnCredits(balance) ? CREDITS.low : CREDITS.short}`;
}
