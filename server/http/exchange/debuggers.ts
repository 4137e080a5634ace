// Who wants to step through the scripts of requests. Such a script is started with another command line and extra
// variables, which are gone before its first line; requests that nobody debugs are started as ever.
import type { Mode } from "../../contract/modes.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { DebuggedStart, RunRequest } from "../../runners/runner.js";
import type { TraceRecord } from "../../trace/trace-record.js";

/** A script that is about to start, and what it would be started with. */
export interface DebuggedScript extends Pick<RunRequest, "argv" | "env"> {
  readonly trace: TraceRecord;
  readonly route: ScriptRoute;
  readonly mode: Mode;
  /** The script runs on alone: limits of time count again, and the end of its client ends it. */
  readonly letGo: () => void;
}

export interface ScriptDebugger {
  /** Says whether the script of this trace is to be debugged. */
  wants(trace: TraceRecord): boolean;
  /** What the script is started with instead; null: as it is, without the debugger. */
  start(script: DebuggedScript): Promise<DebuggedStart | null>;
}

/** Everybody who wants to. */
export type Debuggers = Set<ScriptDebugger>;
