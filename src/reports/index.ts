export { type CallReport, callReport } from "./call-report.js";
export {
  type AttemptSummary,
  type CallClassification,
  type CallReportInput,
  CONCLUSION_CODES,
  type Conclusion,
  type ConclusionCode,
  type CreditBalance,
  type InboundReportInput,
  type InboundTurn,
  type ReportedParty,
  type ReportOptions,
} from "./call-report-input.js";
export { creditsUsedUpMessage, isLowOnCredits, isOutOfCredits, topUpPrompt } from "./credits.js";
export { type InboundReport, inboundReport } from "./inbound-report.js";
export { firstCallIntroduction, sharingInstruction, sharingMessage } from "./invitations.js";
export type { Report } from "./layout.js";
export { renderMarkdown } from "./render-markdown.js";
export { renderPlain } from "./render-plain.js";
export { renderTerminal, type TerminalOptions } from "./render-terminal.js";
export type { ReportedResult } from "./told-result.js";
