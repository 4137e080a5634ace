// Starts a script for a person who steps through it: it takes no permit, so that it keeps nobody else from running,
// and no limit of time counts.
import type { Mode } from "../../contract/modes.js";
import type { RunRequest } from "../../runners/runner.js";
import type { ScriptDebugger } from "../exchange/debuggers.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { Start } from "./hold-script.js";
import type { ScriptInputs, ScriptInvocation } from "./script-inputs.js";

interface Debugged {
  /** What the script is started with. */
  readonly started: Pick<RunRequest, "argv" | "env">;
  readonly letGo: () => void;
}

/** Null: the script runs as it is. */
export async function debugStart(
  debug: ScriptDebugger,
  inputs: ScriptInputs,
  step: ScriptInvocation,
  mode: Mode,
  { input, body }: Start,
): Promise<Debugged | null> {
  const { exchange, trace, route } = step;
  const { argv, env } = input ?? inputs.of(step, mode, body.length);
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
