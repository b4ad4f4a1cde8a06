import { closeSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { LineLocks } from "../graphs/outbound/line-locks.js";

/** How often a line is looked at that another process holds. Milliseconds. */
const LOOK_AGAIN_MS = 2_000;

/** One call at a time on a line, over all commands of this user on this machine. A dead process loses the line. */
export class LineFileLocks extends LineLocks {
  readonly #folder: string;
  readonly #onWait: () => void;

  /** @param onWait told when the line is in use by another command */
  constructor(folder: string, onWait: () => void) {
    super();
    this.#folder = join(folder, "lines");
    this.#onWait = onWait;
  }

  override async acquire(...given: Parameters<LineLocks["acquire"]>): Promise<void> {
    const [lineId, , { clock, signal }] = given;
    await super.acquire(...given);
    for (let told = false; !this.#take(lineId); told = true) {
      if (!told) this.#onWait();
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  }

  override release(lineId: string, id: string): void {
    if (this.#holder(lineId) === owner()) rmSync(this.#path(lineId), { force: true });
    super.release(lineId, id);
  }

  #take(lineId: string): boolean {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    if (this.#create(lineId)) return true;
    const holder = this.#holder(lineId);
    if (holder === owner()) return true;
    if (holder !== undefined && isAlive(holder)) return false;
    rmSync(this.#path(lineId), { force: true });
    return this.#create(lineId);
  }

  #create(lineId: string): boolean {
    const draft = `${this.#path(lineId)}.${process.pid}`;
    try {
      const file = openSync(draft, "w", 0o600);
      writeFileSync(file, owner());
      closeSync(file);
      linkSync(draft, this.#path(lineId));
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  #holder(lineId: string): string | undefined {
    try {
      return readFileSync(this.#path(lineId), "utf8");
    } catch {
      return undefined;
    }
  }

  #path(lineId: string): string {
    return join(this.#folder, `${lineId}.lock`);
  }
}

function owner(): string {
  return `${process.pid} ${hostname()}`;
}

/** On another machine it cannot be told, so it counts as alive. */
function isAlive(holder: string): boolean {
  const [pid = "", host = ""] = holder.split(" ");
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
