// Writes into the log what the state tells, for as long as the workbench lives.
import type { Log } from "../base/log.js";
import type { StateFeed } from "../base/state-feed.js";
import type { WorkbenchState } from "../contract/workspace.js";
import { notesBetween } from "./state-notes.js";

/** Resolves when the signal aborts. */
export function followStates(states: StateFeed<WorkbenchState>, log: Log, signal: AbortSignal): Promise<void> {
  let before: WorkbenchState | null = null;
  return states.follow((after) => {
    for (const note of notesBetween(before, after)) log.write(note);
    before = after;
  }, signal);
}
