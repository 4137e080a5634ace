// What the server's two boot entries share: a workbench whose folder the parent process remembers, and its orderly end.

import { setTimeout as delay } from "node:timers/promises";
import { Workbench, type WorkbenchOptions } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { serveCommands } from "../features/join/server-socket.js";
import { servicesOf } from "../features/join/services.js";
import { followWorkspace } from "./follow-workspace.js";
import type { FromServer, OpenWorkspace } from "./messages.js";

export interface ServedWorkbench {
  readonly workbench: Workbench;
  /**
   * Opens a folder for the parent; resolves when it is open, or cannot be opened: then the parent gets the problem and
   * the previous folder stays open.
   */
  open(workspace: OpenWorkspace): Promise<void>;
  /** Ends every script, then the process. Idempotent. */
  shutdown(): void;
}

export async function serveWorkbench(
  post: (message: FromServer) => void,
  options: Pick<WorkbenchOptions, "startLoad"> = {},
): Promise<ServedWorkbench> {
  const workbench = await Workbench.create({ store: "as-set", ...options });
  await serveCommands(workbench, servicesOf(workbench));
  const following = new AbortController();
  let isEnding = false;
  followWorkspace(workbench.states, (workspace) => post({ kind: "workspace", workspace }), following).catch(crash);
  return {
    workbench,
    open: ({ path, port }) =>
      workbench.folder
        .open(path, { usualPort: port })
        .then(() => workbench.stores.reader.prepare()) // a window will ask for its list
        .catch((error: unknown) => {
          if (error instanceof ProblemError) post({ kind: "not-opened", problem: error.problem });
          else crash(error);
        }),
    shutdown: () => {
      if (isEnding) return;
      isEnding = true;
      following.abort();
      workbench.dispose().then(() => process.exit(0), crash);
    },
  };
}

/**
 * Opens the folder, if there is one, but waits no longer than this for it, ms. A page that came earlier would show the
 * first page, and then the folder.
 */
export async function openSoon({ open }: Pick<ServedWorkbench, "open">, workspace: OpenWorkspace | null, waitMs = 500) {
  if (workspace) await Promise.race([open(workspace), delay(waitMs)]);
}

/** After a bug the process ends, and its parent starts another. */
export function crash(error: unknown): never {
  console.error(error);
  process.exit(1);
}
