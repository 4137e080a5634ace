// A server process that died comes back with the same folder on the same port: it tells its parent what is open, and
// the parent passes that to the next process.
import type { StateFeed } from "../base/state-feed.js";
import type { WorkbenchState } from "../contract/workspace.js";
import type { OpenWorkspace } from "./messages.js";

/**
 * Calls `notify` whenever the open folder or its port change, until the signal
 * aborts. Nothing is open at the beginning.
 */
export function followWorkspace(
  states: StateFeed<WorkbenchState>,
  notify: (workspace: OpenWorkspace | null) => void,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  let last = JSON.stringify(null);
  return states.follow(({ workspace, server }) => {
    if (server.status === "starting") return; // its port is not known yet
    const open = workspace && { path: workspace.root, port: server.port };
    const now = JSON.stringify(open);
    if (now !== last) notify(open);
    last = now;
  }, signal);
}
