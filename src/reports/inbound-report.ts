import type {
  CallClassification,
  InboundReportInput,
  InboundTurn,
  ReportedParty,
  ReportOptions,
} from "./call-report-input.js";
import { showInstant } from "./instants.js";
import { type ReportedCredits, reportCredits } from "./reported-credits.js";
import { telling, tellParty } from "./telling.js";
import { webLink } from "./web-link.js";

/** A report on an incoming call, made like {@link CallReport}. */
export interface InboundReport extends ReportedCredits {
  direction: "inbound";
  caller: ReportedParty;
  received?: string;
  classification?: CallClassification;
  summary?: string;
  transcript: readonly InboundTurn[];
  followUp?: { needed: boolean; suggestion?: string };
  detailUrl?: string;
  recordingUrl?: string;
}

/** Makes the report on an incoming call. Pure; never throws on any text. */
export function inboundReport(input: InboundReportInput, options: ReportOptions = {}): InboundReport {
  const { caller = {}, receivedAt, timeZone, classification, followUp } = input;
  const tell = telling(caller.phone === undefined ? [] : [caller.phone], options);
  const summary = tell(input.summary);
  const suggestion = tell(followUp?.suggestion);
  const detailUrl = webLink(input.detailUrl);
  const recordingUrl = webLink(input.recordingUrl);
  return {
    direction: "inbound",
    caller: tellParty(caller, tell, options),
    ...(receivedAt !== undefined && { received: showInstant(receivedAt, timeZone) }),
    ...(classification && { classification }),
    ...(summary && { summary }),
    transcript: (input.transcript ?? []).map(({ speaker, text }) => ({ speaker, text: tell(text) ?? "" })),
    ...(followUp && { followUp: { needed: followUp.needed, ...(suggestion && { suggestion }) } }),
    ...reportCredits({ used: input.creditsUsed, balance: input.balance }),
    ...(detailUrl && { detailUrl }),
    ...(recordingUrl && { recordingUrl }),
  };
}
