// Changes one setting in cgi-workbench.json and keeps comments, order and indentation of the rest.
import { applyEdits, type FormattingOptions, findNodeAtLocation, type JSONPath, modify, parseTree } from "jsonc-parser";
import type { Mode } from "../../contract/modes.js";

/**
 * The text with another mode for a script, by its path in the workspace; null removes it. `source`: an object as JSON
 * with comments, or empty.
 */
export function withScriptMode(source: string, script: string, mode: Mode | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const entry: JSONPath = ["scripts", script];
  if (mode !== null) return put(text, [...entry, "mode"], mode);
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, entry);
  if (!node || !findNodeAtLocation(node, ["mode"])) return text;
  return put(text, node.children?.length === 1 ? entry : [...entry, "mode"], undefined);
}

function put(text: string, path: JSONPath, value: Mode | undefined): string {
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
