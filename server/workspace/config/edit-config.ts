// Changes settings of a script in cgi-workbench.json and keeps comments, order and indentation of the rest.
import { findNodeAtLocation, getNodeValue, type JSONPath, type Node } from "jsonc-parser";
import type { Mode } from "../../contract/modes.js";
import type { ServerId } from "../../contract/server-ids.js";
import { scriptPath } from "../../routing/script-settings.js";
import { hasComment, type JsonValue, treeOf, withoutProperty, withValue } from "./edit-json.js";

/**
 * The text with another mode for a script, by its path in the workspace; null removes it. `source`: an object as JSON
 * with comments, or empty.
 */
export const withScriptMode = (source: string, script: string, mode: Mode | null): string =>
  withSetting(source, script, ["mode"], mode);

/** The same for the modules that its agent loads before the first request. */
export const withScriptPreload = (source: string, script: string, modules: readonly string[]): string =>
  withSetting(source, script, ["preload"], modules);

/** The same for variables of its environment; it keeps its others. */
export const withScriptVariables = (
  source: string,
  script: string,
  variables: Readonly<Record<string, string>>,
): string =>
  Object.entries(variables).reduce(
    (text, [name, value]) => withSetting(text, script, ["variables", name], value),
    source,
  );

/** The text with the server that scripts are to believe they run on; null removes it. */
export function withServeLike(source: string, server: ServerId | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  if (server !== null) return withValue(text, ["serveLike"], server);
  const tree = treeOf(text);
  return tree && findNodeAtLocation(tree, ["serveLike"]) ? withoutProperty(text, ["serveLike"]) : text;
}

/** The text with a second script that has all settings of the first one. */
export function withScriptCopied(source: string, script: string, other: string): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const tree = treeOf(text);
  const node = tree && findNodeAtLocation(tree, ["scripts", keyIn(tree, script)]);
  return node ? withValue(text, ["scripts", other], getNodeValue(node)) : text;
}

/** The text with a further file that the script's worker processes watch. */
export function withScriptWatching(source: string, script: string, file: string): string {
  const tree = treeOf(source);
  const node = tree && findNodeAtLocation(tree, ["scripts", keyIn(tree, script), "watch"]);
  const own = (node?.children ?? []).map((each): unknown => getNodeValue(each)).filter((each) => each !== file);
  return withSetting(source, script, ["watch"], [...own, file]);
}

function withSetting(source: string, script: string, setting: JSONPath, value: JsonValue | null): string {
  const text = source.trim() === "" ? "{}\n" : source;
  const tree = treeOf(text);
  const entry: JSONPath = ["scripts", keyIn(tree, script)];
  if (value !== null) return withValue(text, [...entry, ...setting], value);
  const node = tree && findNodeAtLocation(tree, entry);
  if (!node || !findNodeAtLocation(node, setting)) return text;
  const isAll = node.children?.length === 1 && !hasComment(text, node);
  return withoutProperty(text, isAll ? entry : [...entry, ...setting]);
}

/** The script's key as it is spelt there: "./cgi-bin/x.py" for "cgi-bin/x.py". A second key would hide its settings. */
function keyIn(tree: Node | undefined, script: string): string {
  const properties = (tree && findNodeAtLocation(tree, ["scripts"]))?.children ?? [];
  const keys = properties.map(({ children: [key] = [] }) => String(key?.value));
  return keys.find((key) => scriptPath(key) === script) ?? script;
}
