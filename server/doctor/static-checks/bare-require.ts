// A Perl script that requires a file beside it by its bare name, which Perl has not searched since 5.26.
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import type { ToFix } from "../fixes/fix.js";
import { requireFromFolder } from "../fixes/perl-fixes.js";
import { type Diagnostic, onLine } from "./markers.js";

/** `folder`: the script's own, absolute. One for each line. */
export function bareRequires(script: ToFix, folder: string): Diagnostic[] {
  const fixed = requireFromFolder.change(script)?.text;
  if (fixed === undefined) return [];
  const lines = script.text.split("\n");
  return fixed.split("\n").flatMap((line, index) => {
    const written = lines[index] ?? "";
    const name = line === written ? undefined : /["']\.\/([\w-][\w.-]*)["']/.exec(line)?.[1];
    if (name === undefined || !existsSync(posix.join(folder, name))) return [];
    return onLine(toDisplayText(script.text), index + 1, {
      rule: "perl-file-missing",
      severity: "warning",
      title: `Perl does not find ${name}`,
      detail: `${name} is in the script's folder, which Perl has not searched since version 5.26. Write \`"./${name}"\`.`,
      fixes: [requireFromFolder.id],
    });
  });
}
