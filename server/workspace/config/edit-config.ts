// Changes one setting of a script in cgi-workbench.json and keeps comments, order and indentation of the rest.
import {
  applyEdits,
  createScanner,
  type FormattingOptions,
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  modify,
  type Node,
  parseTree,
} from "jsonc-parser";
import type { Mode } from "../../contract/modes.js";
import { scriptPath } from "../../routing/script-settings.js";

/**
 * The text with another mode for a script, by its path in the workspace; null removes it. `source`: an object as JSON
 * with comments, or empty.
 */
export const withScriptMode = (source: string, script: string, mode: Mode | null): string =>
  withSetting(source, script, "mode", mode);

/** The same for the modules that its agent loads before the first request. */
export const withScriptPreload = (source: string, script: string, modules: readonly string[]): string =>
  withSetting(source, script, "preload", modules);

/** The text with a second script that has all settings of the first one. */
export function withScriptCopied(source: string, script: string, other: string): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, ["scripts", keyIn(tree, script)]);
  return node ? put(text, ["scripts", other], getNodeValue(node)) : text;
}

/** The text with a further file that the script's worker processes watch. */
export function withScriptWatching(source: string, script: string, file: string): string {
  const tree = parseTree(source, [], { allowTrailingComma: true });
  const node = tree && findNodeAtLocation(tree, ["scripts", keyIn(tree, script), "watch"]);
  const own = (node?.children ?? []).map((each): unknown => getNodeValue(each)).filter((each) => each !== file);
  return withSetting(source, script, "watch", [...own, file]);
}

function withSetting(source: string, script: string, name: string, value: Value | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const entry: JSONPath = ["scripts", keyIn(tree, script)];
  if (value !== null) return put(text, [...entry, name], value);
  const node = tree && findNodeAtLocation(tree, entry);
  if (!node || !findNodeAtLocation(node, [name])) return text;
  return without(text, node.children?.length === 1 ? entry : [...entry, name]);
}

/** The script's key as it is spelt there: "./cgi-bin/x.py" for "cgi-bin/x.py". A second key would hide its settings. */
function keyIn(tree: Node | undefined, script: string): string {
  const properties = (tree && findNodeAtLocation(tree, ["scripts"]))?.children ?? [];
  const keys = properties.map(({ children: [key] = [] }) => String(key?.value));
  return keys.find((key) => scriptPath(key) === script) ?? script;
}

/**
 * The text without a property and the comma that belongs to it. The library's own removal takes comments
 * along, and leaves a trailing comma alone.
 */
function without(text: string, path: JSONPath): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const property = tree && findNodeAtLocation(tree, path)?.parent;
  if (!property) return text;
  const siblings = property.parent?.children ?? [];
  const before = siblings[siblings.indexOf(property) - 1];
  const end = property.offset + property.length;
  const comma = commaAfter(text, end);
  if (comma !== null && text.slice(end, comma).trim() === "") return cut(text, property.offset, comma + 1);
  const spare = comma ?? (before ? commaAfter(text, before.offset + before.length) : null);
  const places = [{ from: property.offset, to: end }, ...(spare === null ? [] : [{ from: spare, to: spare + 1 }])];
  return places.toSorted((a, b) => b.from - a.from).reduce((left, { from, to }) => cut(left, from, to), text);
}

/** The place of the next comma, if only white space and comments are before it. */
function commaAfter(text: string, from: number): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return text[at] === "," ? at : null;
}

/** Without these characters, and without their lines if those are blank then. */
function cut(text: string, from: number, to: number): string {
  const lineFrom = text.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = text.indexOf("\n", to);
  const rest = text.slice(lineFrom, from) + text.slice(to, lineEnd < 0 ? text.length : lineEnd);
  return rest.trim() === "" && lineEnd >= 0
    ? text.slice(0, lineFrom) + text.slice(lineEnd + 1)
    : text.slice(0, from) + text.slice(to);
}

type Value = Mode | readonly unknown[] | object;

function put(text: string, path: JSONPath, value: Value): string {
  const formattingOptions: FormattingOptions = {
    insertSpaces: !/^\t/m.test(text),
    tabSize: 2,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
