// The feeds for windows: the state, the counts that change with every request, the FastCGI applications.
import { basename } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { StateFeed } from "../base/state-feed.js";
import { version } from "../base/version.js";
import type { HoldState } from "../contract/hold-contract.js";
import type { WorkersState } from "../contract/workers-contract.js";
import type { WorkbenchCounts, WorkbenchState } from "../contract/workspace.js";
import type { Doctor } from "../doctor/engine/doctor.js";
import type { Holds } from "../http/exchange/holds.js";
import type { TraceLog } from "../trace/trace-log.js";
import type { FolderSession } from "./folder-session.js";
import type { ScriptServer } from "./script-server.js";

interface StateParts {
  readonly traces: TraceLog;
  readonly doctor: Pick<Doctor, "skipped">;
  readonly folder: Pick<FolderSession, "current">;
  readonly server: ScriptServer;
  readonly holds: Holds;
}

interface StateFeeds {
  readonly holding: StateFeed<HoldState>;
  readonly states: StateFeed<WorkbenchState>;
  readonly counts: StateFeed<WorkbenchCounts>;
  readonly workers: StateFeed<WorkersState>;
}

/** `parts` is called when a feed is read. */
export function stateFeeds(parts: () => StateParts): StateFeeds {
  return {
    holding: new StateFeed((rev) => holdingOf(rev, parts())),
    states: new StateFeed((rev) => stateOf(rev, parts())),
    counts: new StateFeed((rev) => countsOf(rev, parts())),
    workers: new StateFeed((rev) => workersOf(rev, parts())),
  };
}

function holdingOf(rev: number, { traces, holds }: StateParts): HoldState {
  return {
    rev,
    generation: traces.generation,
    held: holds.held.map(({ trace: { id, seq, request }, plan, since }) => ({
      id,
      seq,
      since,
      plan,
      method: toDisplayText(request.method),
      target: toDisplayText(request.target),
    })),
  };
}

function stateOf(rev: number, { traces, folder: { current }, server }: StateParts): WorkbenchState {
  return {
    rev,
    generation: traces.generation,
    pid: process.pid,
    version,
    nodeVersion: process.versions.node,
    server: server.state(),
    workspace: current && {
      root: current.root,
      name: basename(current.root) || "/",
      filesRev: current.filesRev,
      configRev: current.configRev,
      problems: [...current.problems],
      joined: current.joined,
      trust: current.trust,
      serveLike: current.config.serveLike,
    },
    interpreters: [...(current?.interpreters ?? [])],
  };
}

function countsOf(rev: number, { traces, doctor, server }: StateParts): WorkbenchCounts {
  const { count, bytes, budgetBytes, evicted } = traces;
  return {
    rev,
    generation: traces.generation,
    ...server.counts(),
    traces: { count, bytes, budgetBytes, evicted, unexamined: doctor.skipped, isCleared: traces.rows.isCleared },
  };
}

function workersOf(rev: number, { traces, folder: { current }, server }: StateParts): WorkersState {
  return {
    rev,
    generation: traces.generation,
    applications: server.workers?.list() ?? [],
    external: (current && server.applications?.list(current)) ?? [],
  };
}
