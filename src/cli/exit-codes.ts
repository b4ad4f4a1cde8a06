/** What the command's exit code says. Scripts may rely on these numbers. */
export const EXIT = {
  /** It is done. */
  done: 0,
  /** It was carried out, and the outcome is not what was asked for, or is not certain. */
  failedOutcome: 1,
  /** The command line was not understood. Nothing was done. */
  usage: 2,
  /** A human has to answer or decide, and nobody could be asked. Nothing is lost. */
  needsHuman: 3,
  /** There is no phone line here yet, or its key cannot be used. */
  notSetUp: 4,
  /** The service or the network is in trouble. */
  serviceTrouble: 5,
  /** Interrupted with Ctrl-C (128 + SIGINT). A call that was placed goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
