// Python 3.13 removed the module `cgi`. This fix puts a module with FieldStorage into the script's folder. The module uses only the
// standard library, so the folder runs on any server.
import { byteString } from "../../protocol/byte-string.js";
import { fieldStorageModule, fieldStorageName } from "./field-storage-module.js";
import type { Fix } from "./fix.js";
import { linesOf } from "./source.js";

const removed = ["cgi", "cgitb"];

export const replaceFieldStorage: Fix = {
  id: "replace-field-storage",
  title: `Replace the cgi module by ${fieldStorageName}.py, a new file in the script's folder`,
  change: ({ text }) => {
    const changed = linesOf(text).map(changedLine).join("\n");
    return changed === text
      ? null
      : { text: byteString(changed), beside: { name: `${fieldStorageName}.py`, text: byteString(fieldStorageModule) } };
  },
};

/** Turns `import cgi, os` into two imports on one line, so that the line numbers of tracebacks do not change. */
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
  if (!names.some((name) => removed.includes(moduleOf(name)))) return line;
  const kept = names.filter((name) => !removed.includes(moduleOf(name)));
  const replaced = names
    .filter((name) => removed.includes(moduleOf(name)))
    .map((name) => `import ${fieldStorageName} as ${/\sas\s+(\w+)/.exec(name)?.[1] ?? moduleOf(name)}`);
  return (
    indent +
    [...(kept.length > 0 ? [`import ${kept.join(", ")}`] : []), ...replaced].join("; ") +
    rest +
    (line.endsWith("\r") ? "\r" : "")
  );
}
