// What runs a script on the other machine, by its first line or its handler, and which package of Debian has it. All of
// it comes from the folder: where a name is no word of a package's, there is no package.
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { shebangProgram } from "../../routing/script-interpreter.js";

/** A path, or a name that is searched for; null: the file is a program itself. */
export function programOf({ interpreter, firstLine }: Pick<ScriptRoute, "interpreter" | "firstLine">): string | null {
  const [handler] = interpreter ?? [];
  // A handler's program is searched for, here and there.
  if (handler !== undefined) return posix.basename(toDisplayText(handler));
  return toDisplayText(byteString(shebangProgram(firstLine))) || null;
}

/** Packages that are not named as their programs are. Each Debian has a shell and Perl's core. */
const packages: ReadonlyMap<string, string> = new Map([
  ...["sh", "bash", "dash", "env"].map((name) => [name, ""] as const),
  ...(["php", "php-cgi"] as const).map((name) => [name, "php-cgi"] as const),
  ...(["awk", "gawk"] as const).map((name) => [name, "gawk"] as const),
  ["python", "python3"],
  ["node", "nodejs"],
  ["lua", "lua5.4"],
  ["tclsh", "tcl"],
]);

/** Debian Policy 5.6.7. */
const packageName = /^[a-z0-9][a-z0-9+.-]+$/;

/** "": each Debian has it; null: its name cannot be a package's. */
export function packageOf(program: string): string | null {
  const name = posix.basename(program);
  const known = packages.get(name) ?? name;
  return known === "" || packageName.test(known) ? known : null;
}
