import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { type Clock, systemClock } from "../clock.js";
import { type CredentialPlaces, type KeyFile, keyFilePaths, readKeyFile } from "./credentials.js";
import { CredentialsError } from "./errors.js";
import { REMEDIES } from "./remedies.js";
import { checkToken } from "./token.js";

export interface CredentialsToSave {
  token: string;
  agentName?: string | undefined;
  activationUrl?: string | undefined;
}

export interface SaveOptions extends CredentialPlaces {
  /** Replaces a different token. Default: false. */
  overwrite?: boolean | undefined;
  clock?: Clock | undefined;
}

/** Saving takes milliseconds; a lock this old is of a process that died. */
const STALE_LOCK_MS = 10_000;

/**
 * Writes the key file, in one step and for this user only (0600 in a 0700 folder), and keeps the fields it does not
 * know. Returns the path.
 * @throws CredentialsError if a different token is saved there already and `overwrite` is not set, if another process
 * is saving at this moment, or if the place cannot be written.
 */
export function saveCredentials(credentials: CredentialsToSave, options: SaveOptions = {}): string {
  const token = checkToken(credentials.token, "the credentials to save");
  const [chosen, ...older] = keyFilePaths(options);
  try {
    mkdirSync(dirname(chosen), { recursive: true, mode: 0o700 });
    const path = existsSync(chosen) ? realpathSync(chosen) : chosen;
    return withLock(path, options.clock ?? systemClock, () => {
      const existing = existingContent([path, ...older], token, options.overwrite ?? false);
      replaceFile(path, merge(existing, { ...credentials, token }));
      return path;
    });
  } catch (cause) {
    if (cause instanceof CredentialsError) throw cause;
    throw new CredentialsError(`The key file ${chosen} cannot be written.`, {
      cause,
      nextStep: REMEDIES.keyFileNotWritable,
    });
  }
}

function existingContent(paths: readonly string[], token: string, overwrite: boolean): KeyFile {
  for (const path of paths) {
    const content = readForSaving(path, overwrite);
    if (content === undefined) continue;
    if (!overwrite && typeof content.token === "string" && content.token.trim() !== token) {
      throw new CredentialsError(`The key file ${path} holds a different token.`, {
        code: "already_registered",
        nextStep: REMEDIES.keyFileTaken,
      });
    }
    return content;
  }
  return {};
}

/** A broken file may hold the only copy of a token, so it stops the saving unless overwriting was asked for. */
function readForSaving(path: string, overwrite: boolean): KeyFile | undefined {
  try {
    return readKeyFile(path);
  } catch (error) {
    if (overwrite) return undefined;
    throw error;
  }
}

function merge(existing: KeyFile, { token, agentName, activationUrl }: CredentialsToSave): KeyFile {
  const merged: KeyFile = { ...existing, token };
  // Another account's link would activate the wrong line.
  if (existing.token !== token) delete merged.activation_url;
  if (agentName !== undefined) merged.agent_name = agentName;
  if (activationUrl !== undefined) merged.activation_url = activationUrl;
  return merged;
}

function replaceFile(path: string, content: KeyFile): void {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = openSync(temporary, "wx", 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(path));
}

/** Makes the renaming last through a power cut, where the platform lets a folder be synced. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function withLock<T>(path: string, clock: Clock, save: () => T): T {
  const lock = `${path}.lock`;
  takeLock(lock, path, clock);
  try {
    return save();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string, path: string, clock: Clock): void {
  if (tryLock(lock)) return;
  const takenAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (takenAt !== undefined && clock.now() - takenAt > STALE_LOCK_MS) rmSync(lock, { force: true });
  if (takenAt === undefined || clock.now() - takenAt > STALE_LOCK_MS) {
    if (tryLock(lock)) return;
  }
  throw new CredentialsError(`Another process is writing the key file ${path} at this moment.`, {
    nextStep: "Load the credentials again: the other process may have registered.",
  });
}

function tryLock(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx", 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
