import { sensitiveProblem } from "./disclosure/refuse-sensitive.js";
import { forbiddenNumberIn } from "./numbers/forbidden-in-text.js";

/** Free text that is sent to Polly, and where in the task it stands. */
export interface SentText {
  path: string;
  text: string;
}

/** What of a task is free text. */
interface Worded {
  purpose: string;
  onBehalfOf?: string | undefined;
  language?: string | undefined;
  details: Readonly<Record<string, string>>;
  mayAgreeTo: readonly string[];
  targets: readonly { name?: string | undefined }[];
}

/** Every free text of a task that a briefing is made of. */
export function sentTexts({
  purpose,
  onBehalfOf,
  language,
  details,
  mayAgreeTo,
  targets,
}: Worded): SentText[] {
  return [
    { path: "purpose", text: purpose },
    { path: "onBehalfOf", text: onBehalfOf ?? "" },
    { path: "language", text: language ?? "" },
    // The name of a detail says what its value is: "PIN: 4711" is sensitive, 4711 alone is not.
    ...Object.entries(details).map(([name, value]) => ({
      path: `details.${name}`,
      text: `${name}: ${value}`,
    })),
    ...mayAgreeTo.map((text, index) => ({ path: `mayAgreeTo.${index}`, text: `agree to: ${text}` })),
    ...targets.map(({ name = "" }, index) => ({ path: `targets.${index}.name`, text: name })),
  ].filter(({ text }) => text !== "");
}

/**
 * Why a text is never sent: it holds sensitive data, or would have a number called that is never called. A predicate
 * for the human, without the data.
 * @param country ISO 3166-1 alpha-2 country that numbers without `+` are read in.
 */
export function neverSent(text: string, country: string | undefined): string | undefined {
  const sensitive = sensitiveProblem(text);
  if (sensitive !== undefined) return sensitive;
  const forbidden = forbiddenNumberIn(text, country);
  return forbidden && `names a number that is never called: ${forbidden.reason}`;
}
