// Python 3.13 has no `cgi` module any more. Scripts that read forms with cgi.FieldStorage get a module beside them that has it, from
// the standard library alone, so that the same folder runs on any server.
import { byteString } from "../../protocol/byte-string.js";
import { fieldStorageModule, fieldStorageName } from "./field-storage-module.js";
import type { Fix } from "./fix.js";
import { linesOf } from "./source.js";

const gone = ["cgi", "cgitb"];

export const replaceFieldStorage: Fix = {
  id: "replace-field-storage",
  title: `Use ${fieldStorageName}.py, a new file beside the script, for the removed cgi module`,
  change: ({ text }) => {
    const changed = linesOf(text).map(changedLine).join("\n");
    return changed === text
      ? null
      : { text: byteString(changed), beside: { name: `${fieldStorageName}.py`, text: byteString(fieldStorageModule) } };
  },
};

/** `import cgi, os` becomes two imports on one line, so that the lines of later tracebacks stay what they were. */
function changedLine(line: string): string {
  const from = /^(\s*from\s+)(cgi|cgitb)(\s+import\s.*)$/.exec(line);
  if (from) return `${from[1]}${fieldStorageName}${from[3]}`;
  const imports = /^(\s*)import\s+([\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*[\w.]+(?:\s+as\s+\w+)?)*)(\s*(?:[;#].*)?)$/.exec(
    line.replace(/\r$/, ""),
  );
  if (!imports) return line;
  const [, indent = "", list = "", rest = ""] = imports;
  const names = list.split(",").map((name) => name.trim());
  const moduleOf = (name: string): string => name.split(/\s/)[0] ?? "";
  if (!names.some((name) => gone.includes(moduleOf(name)))) return line;
  const kept = names.filter((name) => !gone.includes(moduleOf(name)));
  const replaced = names
    .filter((name) => gone.includes(moduleOf(name)))
    .map((name) => `import ${fieldStorageName} as ${/\sas\s+(\w+)/.exec(name)?.[1] ?? moduleOf(name)}`);
  return (
    indent +
    [...(kept.length > 0 ? [`import ${kept.join(", ")}`] : []), ...replaced].join("; ") +
    rest +
    (line.endsWith("\r") ? "\r" : "")
  );
}
