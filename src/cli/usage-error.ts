/** The command line asks for something that cannot be. Nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}
