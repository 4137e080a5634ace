// Starts a script for a person who steps through it: it takes no permit, so that it keeps nobody else from running,
// and no limit of time counts.
import type { Mode } from "../../contract/modes.js";
import type { DebuggedStart } from "../../runners/runner.js";
import type { ScriptDebugger } from "../exchange/debuggers.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { ScriptInput, ScriptInvocation } from "./script-inputs.js";

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
