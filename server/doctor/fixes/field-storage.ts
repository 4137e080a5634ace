// Python 3.13 removed the module `cgi`. This fix puts a module with FieldStorage into the script's folder. The module
// uses only the standard library, so the folder runs on any server.
import { readFileSync } from "node:fs";
import { adapterFile } from "../../base/built-files.js";
import { byteString } from "../../protocol/byte-string.js";
import type { Fix } from "./fix.js";
import { type PythonStatement, type PythonToken, pythonStatements } from "./python-lines.js";
import { type Edit, withEdits } from "./source.js";

/** The import name of the module that replaces `cgi`: FieldStorage with the same names and results. */
const fieldStorageName = "form_fields";

/** What of `cgi` and `cgitb` the module has. */
export const fieldStorageNames: ReadonlySet<string> = new Set(
  "FieldStorage MiniFieldStorage parse_header escape print_environ enable handler maxlen".split(" "),
);

/** The module's text. For Python 3.6 and later. */
export const fieldStorageModule = (): string => readFileSync(adapterFile("form_fields.py"), "utf8");

export const replaceFieldStorage: Fix = {
  id: "replace-field-storage",
  title: `Replace the cgi module by ${fieldStorageName}.py, a new file in the script's folder`,
  change: ({ text }) => {
    const statements = pythonStatements(text);
    if (statements === null) return null;
    const imports = statements.flatMap(importsOf);
    const edits = imports.map(({ edit }) => edit);
    const names = new Set(imports.flatMap(({ name }) => name ?? []));
    const used = [
      ...imports.flatMap(({ names }) => names),
      ...statements.flatMap((tokens) => attributes(tokens, names)),
    ];
    if (edits.length === 0 || used.some((name) => !fieldStorageNames.has(name))) return null;
    return {
      text: byteString(withEdits(text, edits)),
      beside: { name: `${fieldStorageName}.py`, text: byteString(fieldStorageModule()) },
    };
  },
};

interface Import {
  readonly edit: Edit;
  /** The module's name in the script; null if the statement imports its `names`. */
  readonly name: string | null;
  readonly names: readonly string[];
}

const isRemoved = (token: PythonToken | undefined): token is PythonToken => /^cgi(?:tb)?$/.test(token?.text ?? "");

/** The imports of the removed modules. All stay on their lines: the line numbers of tracebacks do not change. */
function importsOf(statement: PythonStatement): Import[] {
  const [{ text: keyword }, module, ...rest] = statement;
  if (keyword === "from" && isRemoved(module) && rest[0]?.text === "import") {
    const names = rest
      .filter(({ text }, index) => !/^[(),]$/.test(text) && /^(?:import|,|\()$/.test(rest[index - 1]?.text ?? ""))
      .map(({ text }) => text);
    return [{ edit: { from: module.from, to: module.to, text: fieldStorageName }, name: null, names }];
  }
  if (keyword !== "import") return [];
  return statement.flatMap((token, index) => {
    if (!isRemoved(token) || !/^(?:import|,)$/.test(statement[index - 1]?.text ?? "")) return [];
    const hasName = statement[index + 1]?.text === "as";
    const name = (hasName ? statement[index + 2]?.text : undefined) ?? token.text;
    const text = hasName ? fieldStorageName : `${fieldStorageName} as ${token.text}`;
    return [{ edit: { from: token.from, to: token.to, text }, name, names: [] }];
  });
}

/** What the script uses of the modules: `escape` in `cgi.escape`. */
const attributes = (tokens: readonly PythonToken[], modules: ReadonlySet<string>): string[] =>
  tokens.flatMap(({ text }, index) => {
    const before = tokens[index - 1];
    const dot = tokens[index + 1];
    const name = tokens[index + 2];
    return modules.has(text) && before?.text !== "." && dot?.text === "." ? (name?.text ?? []) : [];
  });
