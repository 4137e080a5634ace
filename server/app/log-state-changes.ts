// Writes changes of the state and the counts into the log, as long as the workbench lives.

import type { Log } from "../base/log.js";
import type { StateFeed } from "../base/state-feed.js";
import type { WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";
import { countNotes, type NotesBetween, stateNotes } from "./state-notes.js";

interface LoggedFeeds {
  readonly states: StateFeed<WorkbenchState>;
  readonly counts: StateFeed<WorkbenchCounts>;
  readonly log: Log;
}

/** Runs until the signal aborts. */
export function logStateChanges({ states, counts, log }: LoggedFeeds, signal: AbortSignal): void {
  const failed = (error: unknown) => log.fault("The log stopped following the state.", error);
  follow(states, stateNotes, log, signal).catch(failed);
  follow(counts, countNotes, log, signal).catch(failed);
}

function follow<State>(
  feed: StateFeed<State>,
  notesBetween: NotesBetween<State>,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  let before: State | null = null;
  return feed.follow((after) => {
    for (const note of notesBetween(before, after)) log.write(note);
    before = after;
  }, signal);
}
