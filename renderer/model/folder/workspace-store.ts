// The folder the window works in. It outlives the server process: when that is restarted without a folder, the window
// opens the same one again and keeps everything it shows meanwhile.
import { create } from "zustand";
import type { WorkbenchState } from "../../../server/contract/workspace.js";
import { notifyFailure } from "../../platform/notices.js";
import type { Client } from "../../rpc/connection.js";
import { delay } from "../../rpc/delay.js";
import { isConnectionLost } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { addRecent } from "./recent-folders.js";

export interface OpenWorkspace {
  /** Absolute path. */
  readonly root: string;
  readonly name: string;
}

export const useWorkspace = create<{ readonly workspace: OpenWorkspace | null }>()(() => ({ workspace: null }));

/** Calls `act` when another folder is open, or none: `root` is null. Returns what ends that. */
export const onOtherFolder = (act: (root: string | null) => void): (() => void) =>
  useWorkspace.subscribe(({ workspace }, before) => {
    if (workspace?.root !== before.workspace?.root) act(workspace?.root ?? null);
  });

/** How long a restarted server may take to reopen its folder, in ms. */
const patienceMs = 1500;
/** The generation that was last seen with a folder, and the one that was last asked to open one again. */
let knownIn: string | null = null;
let askedIn: string | null = null;

/** Follows the server's state. Once, at the start of the page. */
export function followWorkspace(): void {
  useServer.subscribe(({ state, client }, before) => {
    if (state && client && state !== before.state) follow(state, client);
  });
}

function follow(state: WorkbenchState, client: Client): void {
  const shown = useWorkspace.getState().workspace;
  if (state.workspace) {
    knownIn = state.generation;
    const { root, name } = state.workspace;
    if (shown?.root === root) return;
    useWorkspace.setState({ workspace: { root, name } });
    addRecent({ path: root, name });
    return;
  }
  if (!shown) return;
  if (knownIn === state.generation) leave();
  else if (askedIn !== state.generation) {
    askedIn = state.generation; // once a generation, however often its state changes meanwhile
    void openAgain(shown.root, client); // reports its own failures
  }
}

/**
 * A restarted server usually gets its folder back from its own parent process; the
 * window asks only where that did not happen.
 */
async function openAgain(root: string, client: Client): Promise<void> {
  await delay(patienceMs);
  const { client: now, state } = useServer.getState();
  if (now !== client || state?.workspace || useWorkspace.getState().workspace?.root !== root) return;
  try {
    await client.workspace.open({ path: root });
  } catch (error) {
    if (useWorkspace.getState().workspace?.root !== root) return;
    if (isConnectionLost(error)) {
      askedIn = null; // asked again over the next connection
      return;
    }
    notifyFailure(`The folder ${root} could not be opened again`, error);
    leave();
  }
}

function leave(): void {
  useWorkspace.setState({ workspace: null });
}
