import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { World } from "./world.js";

/** Where tasks under way and history are kept; what happened on the sandbox is kept apart. */
export function stateFolder({ env, homeDir }: Pick<World, "env" | "homeDir">, simulated: boolean): string {
  const chosen = env.POLLYREACH_STATE_DIR?.trim() ?? "";
  const xdg = env.XDG_STATE_HOME?.trim() ?? "";
  const base = isAbsolute(xdg) ? xdg : join(homeDir, ".local", "state");
  const folder = chosen === "" ? join(base, "pollyreach") : chosen;
  return simulated ? join(folder, "sandbox") : folder;
}

/** Writes a file in one step, for this user only. */
export function replaceFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}
