import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { CredentialsError } from "./errors.js";
import { REMEDIES } from "./remedies.js";
import { checkToken } from "./token.js";

/** Where credentials are looked for. Defaults: this process's environment and home folder. */
export interface CredentialPlaces {
  env?: Readonly<Record<string, string | undefined>> | undefined;
  homeDir?: string | undefined;
  /** Called with a sentence for the human, such as one about a key file that others can read. */
  onWarning?: ((warning: string) => void) | undefined;
}

export interface Credentials {
  token: string;
  agentName?: string;
  /** Kept, because an unfinished activation has to send it again. */
  activationUrl?: string;
  /** Where the token is from: the variable's name, or the file's path. */
  source: string;
}

/** A key file's whole content; fields of no known meaning are kept. */
export type KeyFile = Record<string, unknown>;

/** Larger than any key file. */
const LARGEST_KEY_FILE_BYTES = 1024 * 1024;

/** Key files in the order they are looked for; the first is the one that is written. */
export function keyFilePaths({
  env = process.env,
  homeDir = homedir(),
}: CredentialPlaces = {}): [string, ...string[]] {
  const chosen = env.POLLYREACH_KEY_FILE?.trim() ?? "";
  if (chosen !== "") {
    if (chosen.startsWith("~/")) return [join(homeDir, chosen.slice(2))];
    return [isAbsolute(chosen) ? chosen : resolve(chosen)];
  }
  const folder = join(homeDir, ".config", "PollyReach");
  return [join(folder, "key.json"), join(folder, "credentials.json")];
}

/**
 * The token of `POLLYREACH_TOKEN`, else of the file that `POLLYREACH_KEY_FILE` names, else of
 * `~/.config/PollyReach/key.json` or the older `credentials.json` beside it. Undefined where there is none.
 * @throws CredentialsError if the first that is found is broken. Another one is not taken in its place, because that
 * could be another account's line.
 */
export function loadCredentials(places: CredentialPlaces = {}): Credentials | undefined {
  const fromEnv = (places.env ?? process.env).POLLYREACH_TOKEN ?? "";
  if (fromEnv.trim() !== "") {
    return { token: checkToken(fromEnv, "POLLYREACH_TOKEN"), source: "POLLYREACH_TOKEN" };
  }
  return loadSavedCredentials(places);
}

/** As `loadCredentials`, from the key files only. */
export function loadSavedCredentials(places: CredentialPlaces = {}): Credentials | undefined {
  for (const path of keyFilePaths(places)) {
    const content = readKeyFile(path, places.onWarning);
    if (content !== undefined) return credentialsOf(content, path);
  }
  return undefined;
}

/** A key file's content; undefined if there is no such file. @throws CredentialsError, which never quotes the content. */
export function readKeyFile(path: string, onWarning?: (warning: string) => void): KeyFile | undefined {
  if (!existsSync(path)) return undefined;
  const text = readPlainFile(path, onWarning);
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The parser's own message quotes the content.
    throw broken(path, "is not JSON");
  }
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw broken(path, "does not hold a JSON object");
  }
  return { ...content };
}

function readPlainFile(path: string, onWarning: ((warning: string) => void) | undefined): string {
  try {
    const stat = statSync(path);
    if (!stat.isFile()) throw broken(path, "is not a file");
    if (stat.size > LARGEST_KEY_FILE_BYTES) throw broken(path, "is too large to be one");
    if (process.platform !== "win32" && (stat.mode & 0o077) !== 0) {
      onWarning?.(`Other users can read the key file ${path}. Run: chmod 600 "${path}"`);
    }
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof CredentialsError) throw cause;
    throw new CredentialsError(`The key file ${path} cannot be read.`, {
      cause,
      nextStep: "Make the file readable for this user.",
    });
  }
}

function credentialsOf(content: KeyFile, path: string): Credentials {
  const { token, agent_name, activation_url } = content;
  if (typeof token !== "string") throw broken(path, "has no token");
  return {
    token: checkToken(token, `the key file ${path}`),
    ...(typeof agent_name === "string" ? { agentName: agent_name } : {}),
    ...(typeof activation_url === "string" ? { activationUrl: activation_url } : {}),
    source: path,
  };
}

function broken(path: string, how: string): CredentialsError {
  return new CredentialsError(`The key file ${path} ${how}.`, { nextStep: REMEDIES.keyFileBroken });
}
