export {
  BEHAVIOUR_KINDS,
  type Behaviour,
  type BehaviourKind,
  behaviours,
  type CallTerms,
  type QuestionOptions,
  type TermsOverride,
} from "./behaviour.js";
export type { Endpoint } from "./endpoint.js";
export { type Fault, type FaultableRequest, type FaultChooser, type FaultRule, faults } from "./fault.js";
export type { IncomingCall } from "./incoming.js";
export {
  type AccountOptions,
  type ActivationOptions,
  type Credits,
  RESULT_STYLES,
  type ResultStyle,
  SandboxOptionError,
  type SandboxOptions,
} from "./options.js";
export type { ScriptedPerson } from "./person.js";
export type { RecordedRequest, Ring, SandboxRecord } from "./record.js";
export type { Sandbox, SandboxClientOptions } from "./sandbox.js";
export { startSandbox } from "./start-sandbox.js";
export { DEFAULT_VARIANTS, type Variants } from "./variants.js";
export {
  createVirtualClock,
  type Hold,
  scaledClock,
  type VirtualClock,
  type VirtualClockOptions,
} from "./virtual-clock.js";
