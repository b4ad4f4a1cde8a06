import type { CreditBalance } from "./call-report-input.js";
import { isLowOnCredits, isOutOfCredits } from "./credits.js";

/** What the human is to be reminded of after the result. */
export type CreditReminder = "credits_low" | "credits_short" | "credits_used_up";

/** The credits of a report. Absent where not stated. */
export interface ReportedCredits {
  /** Of the deciding call. */
  creditsUsed?: number;
  /** Of all calls of the task together. */
  taskCreditsUsed?: number;
  creditsRemaining?: number;
  reminders: readonly CreditReminder[];
}

/** Puts together what is known of the credits. The account itself counts for more than the text of a result. */
export function reportCredits(known: {
  used?: number | undefined;
  /** Remaining, as the text of the result states it. */
  stated?: number | undefined;
  task?: number | undefined;
  balance?: CreditBalance | undefined;
  /** Whether a call was refused for want of credits. */
  refused?: boolean;
}): ReportedCredits {
  const used = spent(known.used);
  const task = spent(known.task);
  const remaining = finite(known.balance?.balance) ?? finite(known.stated);
  return {
    ...(used !== undefined && { creditsUsed: used }),
    ...(task !== undefined && { taskCreditsUsed: task }),
    ...(remaining !== undefined && { creditsRemaining: remaining }),
    reminders: remindersFor(remaining, known.balance, known.refused ?? false),
  };
}

function remindersFor(
  remaining: number | undefined,
  balance: CreditBalance | undefined,
  refused: boolean,
): readonly CreditReminder[] {
  if (remaining === undefined ? refused : isOutOfCredits({ balance: remaining })) return ["credits_used_up"];
  if (refused) return ["credits_short"];
  return balance !== undefined && isLowOnCredits(balance) ? ["credits_low"] : [];
}

/** A negative use is a misreading. */
const spent = (credits: number | undefined) =>
  credits !== undefined && credits >= 0 ? finite(credits) : undefined;

const finite = (credits: number | undefined) => (Number.isFinite(credits) ? credits : undefined);
