// Why a script cannot be run in the mode that a single request asks for, in words; its own mode, and what the configuration says, always can.
import { posix } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import type { Mode } from "../contract/trace.js";
import type { ScriptRoute } from "./route.js";

/** Null: it can, as far as can be told. */
export function unfitMode(
  mode: Mode,
  route: Pick<ScriptRoute, "mode" | "external" | "interpreter" | "scriptName">,
): string | null {
  if (mode === route.mode) return null;
  const name = toDisplayText(route.scriptName);
  if (route.external)
    return `What answers at ${name} runs elsewhere and is reached only in the mode "fastcgi-external".`;
  const program = route.interpreter?.[0];
  if (mode === "php-cgi" && (program === undefined || !posix.basename(program).startsWith("php")))
    return `The mode "php-cgi" runs PHP scripts, and ${name} is none: its name does not end in .php.`;
  return null;
}
