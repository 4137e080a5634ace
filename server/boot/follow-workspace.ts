// A server process that died comes back with the same folder on the same port: it tells its parent what is open, and the
// parent passes that to the next process.
import type { Workbench } from "../app/workbench.js";
import type { OpenWorkspace } from "./messages.js";

/** Calls `notify` whenever the open folder or its port change, until the signal aborts. Nothing is open at the beginning. */
export async function followWorkspace(
  workbench: Workbench,
  notify: (workspace: OpenWorkspace | null) => void,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  let since = -1;
  let last = JSON.stringify(null);
  while (!signal.aborted) {
    try {
      const { rev, workspace, server } = await workbench.states.next(since, signal);
      since = rev;
      if (server.status === "starting") continue; // its port is not known yet
      const open = workspace && { path: workspace.root, port: server.port };
      const now = JSON.stringify(open);
      if (now !== last) notify(open);
      last = now;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
