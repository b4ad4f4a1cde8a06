import { createHash } from "node:crypto";
import { CredentialsError } from "./errors.js";

/** Far longer than any token; a longer one is a file pasted by mistake. */
const LONGEST_TOKEN = 8_192;

/** Strips surrounding white space. @throws CredentialsError if the rest cannot be a bearer token; never quotes it. */
export function checkToken(token: string, where: string): string {
  const stripped = token.trim();
  if (stripped === "") throw new CredentialsError(`The token of ${where} is empty.`);
  if (stripped.length > LONGEST_TOKEN)
    throw new CredentialsError(`The token of ${where} is too long to be one.`);
  if (!/^[\x21-\x7e]+$/.test(stripped)) {
    throw new CredentialsError(
      `The token of ${where} contains spaces, line breaks, or characters that no token has.`,
    );
  }
  return stripped;
}

/** A name for the line behind a token that does not reveal the token: the same for the same token, on any machine. */
export function lineIdOf(token: string): string {
  return createHash("sha256").update(`pollyreach line\n${token}`).digest("hex").slice(0, 12);
}

/** Shorter than this, a token could not be told from ordinary text, and blotting it out would garble replies. */
const SHORTEST_TELLTALE = 8;

/** `text` without the token, should the service or a library have echoed it. */
export function blotOut(text: string, token: string | undefined): string {
  if (token === undefined || token.length < SHORTEST_TELLTALE || !text.includes(token)) return text;
  return text.replaceAll(token, "[token]");
}
