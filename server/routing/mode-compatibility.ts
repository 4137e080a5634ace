// Why a script cannot be run in the mode that a single request asks for, in words; its own mode, and what the configuration says, always can.
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { type Mode, modeTraits } from "../contract/modes.js";
import type { ScriptRoute } from "./route.js";

/** Null: it can, as far as can be told. */
export function unfitMode(
  mode: Mode,
  route: Pick<ScriptRoute, "mode" | "external" | "interpreter" | "scriptName">,
): string | null {
  if (mode === route.mode) return null;
  const name = toDisplayText(route.scriptName);
  if (route.external)
    return `An external application responds at ${name}: it can only be reached in the mode "${route.mode}".`;
  const { interpreter, extension } = modeTraits[mode];
  if (interpreter !== null && !posix.basename(route.interpreter?.[0] ?? "").startsWith(interpreter))
    return `The mode "${mode}" runs ${extension} scripts, and ${name} is not one.`;
  return null;
}
