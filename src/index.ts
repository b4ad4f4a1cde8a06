export {
  type AnsweringPreset,
  InvalidPresetError,
  type PresetSlots,
  presetPrompt,
} from "./answering/presets.js";
export { currentPrompt, type PromptVersion, promptHistory } from "./answering/prompt-versions.js";
export { type AnsweringPromptChoice, updateAnsweringPrompt } from "./answering/update-answering-prompt.js";
export {
  PollyReachClient,
  type PollyReachClientOptions,
  type RegisterInput,
  type RequestOptions,
} from "./client/client.js";
export type { Timeouts } from "./client/connection.js";
export { type CredentialsToSave, type SaveOptions, saveCredentials } from "./client/credential-saving.js";
export { type CredentialPlaces, type Credentials, loadCredentials } from "./client/credentials.js";
export {
  AbortedError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  CredentialsError,
  InvalidInputError,
  InvalidReplyError,
  PollyReachError,
  type PollyReachErrorCode,
  RateLimitError,
  RegistrationUnknownError,
  RequestError,
  ServiceError,
  SubmissionUnknownError,
} from "./client/errors.js";
export { defaultPolling, fixedPolling, LISTEN_LIMIT_MS, type PollingSchedule } from "./client/polling.js";
export {
  type ActivationStatus,
  type AnsweringPromptUpdate,
  type Balance,
  type InboundMessage,
  type QueryResult,
  Registration,
  type SendResult,
  type WaitResult,
} from "./client/replies.js";
export type { Fetch, RequestReport } from "./client/transport.js";
export type { WaitOptions } from "./client/waiting.js";
export { DEFAULT_BASE_URL, type EndpointName } from "./client/wire.js";
export { type Clock, systemClock } from "./clock.js";
export { type CheckDeps, checkInbound, type InboundRound } from "./graphs/inbound/check-inbound.js";
export {
  type CarriedOut,
  type InboundAction,
  type InboundChoice,
  InvalidChoiceError,
} from "./graphs/inbound/choices.js";
export { confirmTold, decideInbound } from "./graphs/inbound/decide-inbound.js";
export type { InboundDeps, OnMessage, Told } from "./graphs/inbound/deps.js";
export { createInboundGraph, INBOUND_RUN_CONFIG, type InboundGraph } from "./graphs/inbound/graph.js";
export type { IncomingCall } from "./graphs/inbound/incoming-call.js";
export { UnstoredMessagesError, WatchEndedError } from "./graphs/inbound/watch-errors.js";
export { type WatchOptions, watchInbound } from "./graphs/inbound/watch-inbound.js";
export type { OnboardingDeps } from "./graphs/onboarding/deps.js";
export {
  createOnboardingGraph,
  ONBOARDING_RUN_CONFIG,
  type OnboardingGraph,
} from "./graphs/onboarding/graph.js";
export type { OnboardingInterrupt } from "./graphs/onboarding/interrupts.js";
export {
  type OnboardingRun,
  type RunOnboardingDeps,
  runOnboarding,
} from "./graphs/onboarding/run-onboarding.js";
export type { OutboundDeps } from "./graphs/outbound/deps.js";
export { createOutboundGraph, type OutboundGraph, RUN_CONFIG } from "./graphs/outbound/graph.js";
export {
  InvalidLimitsError,
  MissingCheckpointerError,
  TaskBusyError,
  UnknownTaskError,
} from "./graphs/outbound/graph-errors.js";
export type { GuardOptions } from "./graphs/outbound/guard.js";
export type { OutboundInterrupt, WaitNotice } from "./graphs/outbound/interrupts.js";
export type { Progress } from "./graphs/outbound/progress.js";
export {
  type PhoneTaskDeps,
  type PhoneTaskRun,
  resumePhoneTask,
  runPhoneTask,
} from "./graphs/outbound/run-phone-task.js";
export type { CallResult } from "./graphs/outbound/state.js";
export { CallHistory, type CallHistoryOptions } from "./history/call-history.js";
export type { CallEntry, CallRecord } from "./history/call-record.js";
export { isIntroductionDue, noteIntroduction } from "./history/first-call.js";
export { modelInboundReader } from "./inbound/model-reader.js";
export {
  type InboundReader,
  type InboundReading,
  readInbound,
  rulesInboundReader,
} from "./inbound/reading.js";
export { chainReaders } from "./outcome/chain-readers.js";
export { type ModelReaderOptions, modelReader } from "./outcome/model-reader.js";
export { readOutcome, rulesReader } from "./outcome/read-outcome.js";
export type { CallContext, OutcomeReader } from "./outcome/reader.js";
export { type Answer, InvalidAnswerError, readAnswer } from "./policy/answer.js";
export { CAPS, type Caps } from "./policy/caps.js";
export { decide } from "./policy/decide.js";
export { findSensitive, maskSensitive } from "./policy/disclosure/find-sensitive.js";
export { type AuditRecord, explain, explainInWords, POLICY_VERSION } from "./policy/explain.js";
export type { Attempt, AttemptReason, DialTarget, Fact } from "./policy/history.js";
export { type HitlRequest, type HitlResponse, toHitlRequest } from "./policy/hitl.js";
export { callability } from "./policy/hours/callability.js";
export type { CallingConditions } from "./policy/hours/conditions.js";
export { LIMITS, type LimitOverrides, type PolicyLimits } from "./policy/limits.js";
export { checkNumber } from "./policy/numbers/check-number.js";
export type { NumberRules } from "./policy/numbers/lists.js";
export {
  type Evidence,
  OUTCOME_KINDS,
  type Outcome,
  type OutcomeKind,
  type TranscriptTurn,
} from "./policy/outcome.js";
export type {
  Choice,
  DecisionQuestion,
  InformationQuestion,
  Question,
  TopUpQuestion,
} from "./policy/question.js";
export type { Conclusion, Step, WaitReason } from "./policy/step.js";
export {
  InvalidTaskError,
  type PhoneTask,
  type PhoneTaskInput,
  parsePhoneTask,
  type Target,
  type TaskProblem,
} from "./policy/task.js";
export {
  type CallReport,
  type CallReportInput,
  callReport,
  creditsUsedUpMessage,
  firstCallIntroduction,
  inboundReport,
  renderMarkdown,
  renderPlain,
  renderTerminal,
  sharingMessage,
} from "./reports/index.js";
export { type PhoneTaskToolOptions, PollyReachPhoneTaskTool } from "./tools/phone-task-tool.js";
export {
  PollyReachToolkit,
  type PollyReachToolkitOptions,
  TOOL_NAMES,
  type ToolName,
} from "./tools/toolkit.js";
