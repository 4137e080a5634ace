// A relative path does not exist in the script's working directory.

import { existsSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../../../base/decode-text.js";
import type { FactsWithFile } from "../../../base/facts.js";
import { endedByErrorLogged } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { errorOccurrence, readPython, relativePath } from "../../../evidence/language-error.js";
import { endedByError } from "../../../evidence/process.js";
import { readShell } from "../../../evidence/shell-error.js";
import { languageOf, type ScriptLanguage } from "../../../fixes/language.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "A file that the script opens does not exist",
  summary: "The path is relative. Servers start a script in its own folder, so the script searches there.",
  explanation:
    "A path that does not begin with `/` is relative to the working directory. In a terminal that is your current folder; a CGI script starts in the folder that contains it. A file that opens when you run the script from another folder is not found here. Build the path from the script's own location (in Python, `pathlib.Path(__file__).parent`), or write the full path.",
  reference: "RFC 3875 §7.2",
  logged: endedByErrorLogged("FileNotFoundError: [Errno 2] No such file or directory: 'PATH'"),
  on: "failures",
  check: (facts) => {
    const error = [readPython(facts), readShell(facts)].find((one) => one && relativePath(one) !== null);
    const path = error && relativePath(error);
    if (!error || !path || !endedByError(facts)) return null;
    const cwd = facts.cwd === null ? "the script's folder" : toDisplayText(facts.cwd);
    const found = errorOccurrence(facts, error, {
      detail: `\`${path}\` does not exist in ${cwd}, the script's working directory.${elsewhere(facts, path)}`,
    });
    return { ...found, evidence: [...(found.evidence ?? []), { kind: "mode", path: `${cwd}/${path}`, mode: null }] };
  },
};

const fromFile: Partial<Record<ScriptLanguage, (path: string) => string>> = {
  python: (path) => `os.path.join(os.path.dirname(os.path.abspath(__file__)), "${path}")`,
  shell: (path) => `"$(dirname "$0")/${path}"`,
};

/** Whether the path leads there from a folder above, and one that works from everywhere; begins with a space. */
function elsewhere({ cwd, file }: FactsWithFile, path: string): string {
  if (cwd === null || file === null) return "";
  const above = ["../", "../../"].map((up) => up + path).find((one) => existsSync(posix.join(toDisplayText(cwd), one)));
  const language = languageOf(file.path, file.source);
  const whole = above === undefined || language === null ? undefined : fromFile[language]?.(above);
  if (above === undefined) return "";
  return ` It is there from the folder above: \`${above}\`.${whole === undefined ? "" : ` From every folder it is \`${whole}\`.`}`;
}
