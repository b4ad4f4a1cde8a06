import { createHash } from "node:crypto";

/** A short name for a result's text, to recognise it by. */
export function fingerprint(message: string): string {
  return createHash("sha256").update(message).digest("base64url").slice(0, 16);
}
