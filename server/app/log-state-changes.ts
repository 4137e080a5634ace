// Writes into the log what the state tells, for as long as the workbench lives.

import type { Log } from "../base/log.js";
import type { StateFeed } from "../base/state-feed.js";
import type { WorkbenchState } from "../contract/workspace.js";
import { notesBetween } from "./state-notes.js";

/** Resolves when the signal aborts. */
export async function followStates(states: StateFeed<WorkbenchState>, log: Log, signal: AbortSignal): Promise<void> {
  let before: WorkbenchState | null = null;
  while (!signal.aborted) {
    try {
      const after: WorkbenchState = await states.next(before?.rev ?? -1, signal);
      for (const note of notesBetween(before, after)) log.write(note);
      before = after;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
