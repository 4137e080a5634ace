// Why a script cannot run in the mode that a single request asks for. Its own mode, and the configured one, always
// work.
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import type { Message } from "../contract/message.js";
import { type Mode, modeTraits } from "../contract/modes.js";
import { routeMessage } from "./messages.js";
import type { ScriptRoute } from "./route.js";
import { agentRefusal } from "./script-interpreter.js";

/** Null: it can, as far as its file shows. */
export function unfitMode(
  mode: Mode,
  route: Pick<ScriptRoute, "mode" | "external" | "interpreter" | "firstLine" | "scriptName">,
): Message | null {
  if (mode === route.mode) return null;
  const path = toDisplayText(route.scriptName);
  if (route.external) return routeMessage("external-only", { path, mode: route.mode });
  const { interpreter, extension } = modeTraits[mode];
  const refusal = agentRefusal(mode, route);
  if (refusal !== null) return refusal;
  if (interpreter !== null && !posix.basename(route.interpreter?.[0] ?? "").startsWith(interpreter))
    return routeMessage("mode-not-for-script", { path, mode, extension });
  return null;
}
