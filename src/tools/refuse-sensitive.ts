import { InvalidInputError } from "../client/errors.js";
import { sensitiveProblem } from "../policy/disclosure/refuse-sensitive.js";

/** @throws InvalidInputError, which does not repeat it, if a text for the service holds sensitive data. */
export function refuseSensitive(what: string, text: string): void {
  const problem = sensitiveProblem(text);
  if (problem !== undefined) throw new InvalidInputError(`The ${what} ${problem}.`);
}
