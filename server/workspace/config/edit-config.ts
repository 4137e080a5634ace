// Changes one setting of a script in cgi-workbench.json and keeps comments, order and indentation of the rest.
import {
  applyEdits,
  type FormattingOptions,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  parseTree,
} from "jsonc-parser";
import type { Mode } from "../../contract/modes.js";

/**
 * The text with another mode for a script, by its path in the workspace; null removes it. `source`: an object as JSON
 * with comments, or empty.
 */
export const withScriptMode = (source: string, script: string, mode: Mode | null): string =>
  withSetting(source, script, "mode", mode);

/** The same for the modules that its agent loads before the first request. */
export const withScriptPreload = (source: string, script: string, modules: readonly string[] | null): string =>
  withSetting(source, script, "preload", modules);

/** The text with a second script that has all settings of the first one. */
export function withScriptCopied(source: string, script: string, other: string): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, ["scripts", script]);
  return node ? put(text, ["scripts", other], getNodeValue(node)) : text;
}

function withSetting(source: string, script: string, name: string, value: Value | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const entry: JSONPath = ["scripts", script];
  if (value !== null) return put(text, [...entry, name], value);
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, entry);
  if (!node || !findNodeAtLocation(node, [name])) return text;
  return put(text, node.children?.length === 1 ? entry : [...entry, name], undefined);
}

type Value = Mode | readonly string[] | object;

function put(text: string, path: JSONPath, value: Value | undefined): string {
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
