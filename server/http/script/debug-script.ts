// Starts a script for a person who steps through it: with another command line and extra variables, which are gone
// before its first line. It takes no permit, so that it keeps nobody else from running, and no limit of time counts.
// Requests that nobody debugs are started as ever.
import type { Mode } from "../../contract/modes.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { DebuggedStart, RunRequest } from "../../runners/runner.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { ScriptInput, ScriptInvocation } from "./script-inputs.js";

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

interface Debugged {
  /** What the script is started with. */
  readonly started: DebuggedStart;
  readonly letGo: () => void;
}

/** Null: the script runs as it is. */
export async function debugStart(
  debug: ScriptDebugger,
  { exchange, trace, route }: ScriptInvocation,
  mode: Mode,
  { argv, env }: ScriptInput,
): Promise<Debugged | null> {
  const letGo = exchange.debugBegins();
  const started = await debug.start({ trace, route, mode, argv, env, letGo });
  if (started === null || exchange.exchangeAbort.reason) {
    letGo();
    return null;
  }
  exchange.permit?.release(); // of the script whose local redirect led here
  exchange.permit = null;
  exchange.setNote(exchangeMessage("debugged"), trace);
  trace.held ??= [];
  return { started, letGo };
}
