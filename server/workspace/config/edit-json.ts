// Sets and removes one value in JSON with comments. Everything else keeps its bytes: comments, order, indentation. The
// parser's own edits move comments, and format each line that they touch.
import { createScanner, findNodeAtLocation, type JSONPath, type Node, parseTree } from "jsonc-parser";
import { tooDeepAt } from "./json-depth.js";

export type JsonValue = string | readonly unknown[] | object;

/** Undefined also of what is nested too deep: it is no configuration, and stays as it is. */
export const treeOf = (text: string): Node | undefined =>
  tooDeepAt(text) === null ? parseTree(text, [], { allowTrailingComma: true }) : undefined;

/** The text with a value at a path; the same text if what is there already is no object that could have it. */
export function withValue(text: string, path: JSONPath, value: JsonValue): string {
  const tree = treeOf(text);
  const node = tree && findNodeAtLocation(tree, path);
  if (node) {
    const indent = isOnOneLine(text, node) ? null : indentAt(text, node.offset);
    return replaced(text, node.offset, node.offset + node.length, written(text, value, indent));
  }
  const above = path.slice(0, -1);
  const object = tree && findNodeAtLocation(tree, above);
  const name = String(path.at(-1));
  if (object?.type === "object") return withProperties(text, object, [[name, value]]);
  return tree && !object ? withValue(text, above, { [name]: value }) : text;
}

/** Behind the other properties, and behind the comment on the line of the last one. None of the names is there. */
export function withProperties(text: string, object: Node, added: readonly (readonly [string, JsonValue])[]): string {
  if (added.length === 0) return text;
  const properties = (indent: string | null, between: string): string =>
    added.map(([name, value]) => `${JSON.stringify(name)}: ${written(text, value, indent)}`).join(`,${between}`);
  const line = (indent: string): string => {
    const before = `${lineEndOf(text)}${indent}`;
    return `${before}${properties(indent, before)}`;
  };
  const last = object.children?.at(-1);
  if (!last) {
    const brace = object.offset + object.length - 1;
    const outer = indentAt(text, object.offset);
    const from = text.slice(0, brace).trimEnd().length;
    const around = object.parent?.parent;
    if (around && isOnOneLine(text, around)) return replaced(text, from, brace, ` ${properties(null, " ")} `);
    return replaced(text, from, brace, `${line(outer + unitOf(text))}${lineEndOf(text)}${outer}`);
  }
  const end = last.offset + last.length;
  const comma = commaAfter(text, end);
  const next = comma === null ? end : comma + 1;
  if (isOnOneLine(text, object))
    return replaced(text, next, next, `${comma === null ? "," : ""} ${properties(null, " ")}`);
  const at = lineEndAfter(text, next) ?? next;
  const longer = replaced(text, at, at, `${line(indentAt(text, last.offset))}${comma === null ? "" : ","}`);
  return comma === null ? replaced(longer, end, end, ",") : longer;
}

/** The text without a property and the comma that belongs to it. */
export function withoutProperty(text: string, path: JSONPath): string {
  const tree = treeOf(text);
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

export function hasComment(text: string, { offset, length }: Node): boolean {
  for (const at of tokens(text.slice(0, offset + length), offset)) if (isComment(text, at)) return true;
  return false;
}

/** The place of the next comma, if only white space and comments are before it. */
function commaAfter(text: string, from: number): number | null {
  for (const at of tokens(text, from))
    if (!isSpace(text, at) && !isComment(text, at)) return text[at] === "," ? at : null;
  return null;
}

/** The end of the line, if only white space and comments are before it. */
function lineEndAfter(text: string, from: number): number | null {
  for (const at of tokens(text, from)) {
    if (text[at] === "\n" || text[at] === "\r") return at;
    if (!isSpace(text, at) && !isComment(text, at)) return null;
  }
  return null;
}

/** The places of all that follows, white space and comments included. */
function* tokens(text: string, from: number): Generator<number, void> {
  const scanner = createScanner(text);
  scanner.setPosition(from);
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) yield scanner.getTokenOffset();
}
const isSpace = (text: string, at: number): boolean => /\s/.test(text[at] ?? "");
const isComment = (text: string, at: number): boolean => text[at] === "/";

/** `indent`: of the line that the value begins on; null: it stays on that line. A list stays there in any case. */
function written(text: string, value: unknown, indent: string | null): string {
  if (Array.isArray(value)) return `[${value.map((each) => written(text, each, null)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = indent === null ? null : indent + unitOf(text);
  const properties = Object.entries(value).map(([name, of]) => `${JSON.stringify(name)}: ${written(text, of, inner)}`);
  if (properties.length === 0) return "{}";
  if (inner === null) return `{ ${properties.join(", ")} }`;
  const end = lineEndOf(text);
  return `{${end}${inner}${properties.join(`,${end}${inner}`)}${end}${indent}}`;
}

const lineEndOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");
/** One step of indentation: that of the first line that has any. */
const unitOf = (text: string): string => /^([ \t]+)"/m.exec(text)?.[1] ?? "  ";
const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", at - 1) + 1, at))?.[0] ?? "";
const isOnOneLine = (text: string, { offset, length }: Node): boolean =>
  !text.slice(offset, offset + length).includes("\n");

const replaced = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

/** Without these characters, and without their lines if those are blank then. */
function cut(text: string, from: number, to: number): string {
  const lineFrom = text.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = text.indexOf("\n", to);
  const rest = text.slice(lineFrom, from) + text.slice(to, lineEnd < 0 ? text.length : lineEnd);
  return rest.trim() === "" && lineEnd >= 0
    ? text.slice(0, lineFrom) + text.slice(lineEnd + 1)
    : replaced(text, from, to, "");
}
