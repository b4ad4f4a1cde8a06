import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { type CredentialPlaces, keyFilePaths } from "../../client/credentials.js";
import { CredentialsError } from "../../client/errors.js";
import { REMEDIES } from "../../client/remedies.js";
import { type Clock, systemClock } from "../../clock.js";

/** What is on record of a registration. Times in milliseconds since the Unix epoch. */
export type RegistrationState =
  /** It is this caller's turn; nobody else registers until `end`. */
  | { state: "begun" }
  /** Somebody is registering at this moment. */
  | { state: "under_way"; since: number }
  /** A registration was begun, and whoever began it is gone or does not know how it ended. */
  | { state: "unknown"; since: number };

/**
 * Remembers across processes that a registration was begun. Written before the POST and removed once the key is saved
 * or it is proven that no account was made, so that a crash in between is seen by the next set-up.
 */
export interface RegistrationRecord {
  /**
   * Begins a registration, unless one was begun before.
   * @param again begins although an earlier one ended in the unknown.
   * @throws CredentialsError if the place cannot be written: nothing may be registered then.
   */
  begin(again: boolean): RegistrationState;
  /** What is on record, without changing it; undefined where nothing is. */
  look(): Exclude<RegistrationState, { state: "begun" }> | undefined;
  /** The registration ended: its key is saved, or there is no account. */
  end(): void;
  /** The registration of this caller ended in the unknown. */
  leave(): void;
}

/** A registration with all its repetitions takes less; whoever began it longer ago on another machine is gone. */
const LONGEST_REGISTRATION_MS = 10 * 60_000;

const noted = z.object({ id: z.string(), since: z.number(), pid: z.number(), host: z.string() });
type Noted = z.infer<typeof noted>;

/** Registrations that this process is carrying out. A record of this process that is not among them is left over. */
const underWay = new Set<string>();

/** A record in a file beside the key file, `key.json.registering`, for this user only. It holds no secret. */
export function registrationFile(
  places: CredentialPlaces = {},
  clock: Clock = systemClock,
): RegistrationRecord {
  const path = `${keyFilePaths(places)[0]}.registering`;
  let mine = "";
  return {
    begin(again) {
      mine = randomUUID();
      const note: Noted = { id: mine, since: clock.now(), pid: process.pid, host: hostname() };
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        underWay.add(mine);
        if (create(path, note)) return { state: "begun" };
        const found = readNote(path);
        const isLeftOver = existsSync(path) && !(found && isUnderWay(found, clock.now()));
        if (isLeftOver && again) {
          discard(path, found?.id);
          if (create(path, note)) return { state: "begun" };
        }
        underWay.delete(mine);
        return { state: isLeftOver ? "unknown" : "under_way", since: found?.since ?? clock.now() };
      } catch (cause) {
        underWay.delete(mine);
        throw new CredentialsError(
          "The folder of the key file cannot be written, so nothing was registered.",
          {
            cause,
            nextStep: REMEDIES.keyFileNotWritable,
          },
        );
      }
    },
    look() {
      if (!existsSync(path)) return undefined;
      const found = readNote(path);
      const state = found && isUnderWay(found, clock.now()) ? "under_way" : "unknown";
      return { state, since: found?.since ?? clock.now() };
    },
    end() {
      rmSync(path, { force: true });
      underWay.delete(mine);
    },
    leave() {
      underWay.delete(mine);
    },
  };
}

/** Makes the file with its whole content in one step; false if there is one already. */
function create(path: string, note: Noted): boolean {
  const draft = `${path}.${note.id}`;
  try {
    const file = openSync(draft, "w", 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(note)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes a record out of the way, unless somebody has put another in its place meanwhile. */
function discard(path: string, id: string | undefined): void {
  const aside = `${path}.${randomUUID()}`;
  renameSync(path, aside);
  if (readNote(aside)?.id === id) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/** Undefined where the file is damaged. */
function readNote(path: string): Noted | undefined {
  try {
    return noted.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

function isUnderWay({ id, pid, host, since }: Noted, now: number): boolean {
  if (host === hostname() && pid === process.pid) return underWay.has(id);
  if (Math.abs(now - since) >= LONGEST_REGISTRATION_MS) return false;
  return host !== hostname() || isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
