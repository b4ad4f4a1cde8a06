import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PollyReachClient } from "../client/client.js";
import type { CredentialPlaces } from "../client/credentials.js";
import type { Clock } from "../clock.js";
import { createVirtualClock, startSandbox } from "../sandbox/index.js";
import { DEMO } from "./demo-people.js";
import { FileStore } from "./file-store.js";
import { stateFolder } from "./state-folder.js";
import type { World } from "./world.js";

/** A phone line to work with, and where what happens on it is kept. */
export interface Session extends AsyncDisposable {
  client: PollyReachClient;
  clock: Clock;
  /** On the sandbox: nobody's phone rings. */
  simulated: boolean;
  /** Where the key is looked for and saved. */
  credentials: CredentialPlaces;
  /** The folder for tasks and history. */
  folder: string;
  store: FileStore;
  /**
   * What is kept of the line goes under this name. Each run of the sandbox is another line to the service, and the same
   * to the person.
   * @throws CredentialsError if there is no token
   */
  lineName(): string;
}

/** What to tell the human of a key file, such as that others can read it. */
type OnWarning = (warning: string) => void;

/** The line whose key is saved on this machine, if there is one. */
export function liveSession(world: World, onWarning: OnWarning): Session {
  const { clock, env, fetch, homeDir, random } = world;
  const credentials = { env, homeDir, onWarning };
  const baseUrl = env.POLLYREACH_BASE_URL?.trim() || undefined;
  const client = new PollyReachClient({ baseUrl, clock, credentials, fetch, random });
  return session(world, { client, clock, simulated: false, credentials }, () => client.close());
}

/**
 * A line on a sandbox of its own, whose time jumps ahead of what would have to be waited for.
 * @param registered whether the line has its number already, or is to be set up
 */
export async function sandboxSession(world: World, registered: boolean): Promise<Session> {
  const clock = createVirtualClock(world.clock.now());
  const sandbox = await startSandbox({ ...DEMO, clock });
  const homeDir = mkdtempSync(join(tmpdir(), "pollyreach-sandbox-"));
  const env = registered ? { POLLYREACH_TOKEN: sandbox.token } : {};
  const credentials = { env, homeDir };
  const { baseUrl, fetch } = sandbox;
  const client = new PollyReachClient({ baseUrl, fetch, clock, credentials, random: world.random });
  return session(world, { client, clock, simulated: true, credentials }, async () => {
    await client.close();
    await sandbox.close();
    rmSync(homeDir, { recursive: true, force: true });
  });
}

function session(
  world: World,
  line: Pick<Session, "client" | "clock" | "simulated" | "credentials">,
  close: () => Promise<void>,
): Session {
  const folder = stateFolder(world, !line.client.live);
  return {
    ...line,
    folder,
    store: new FileStore(join(folder, "store"), line.clock),
    lineName: () => (line.simulated ? "sandbox" : line.client.lineId),
    [Symbol.asyncDispose]: close,
  };
}
