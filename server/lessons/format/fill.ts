// Puts values into the texts of a lesson: {name}, {name|filter|filter}, {a+b}. What names no value stays as it is.
import { createHash } from "node:crypto";

export type Value = string | Uint8Array;
export type Values = ReadonlyMap<string, Value>;
/** Fills with the values of one request. */
export type Fill = (text: string) => string;

const textOf = (value: Value): string => (typeof value === "string" ? value : Buffer.from(value).toString("latin1"));

/** Encodes a text in the way a form sends it. */
export const formEncoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);

const filters: Readonly<Record<string, (value: Value) => string>> = {
  query: (value) => formEncoded(textOf(value)).replaceAll("*", "%2A"),
  html: (value) => textOf(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  mojibake: (value) => Buffer.from(textOf(value)).toString("latin1"),
  length: (value) => String([...textOf(value)].length),
  bytes: (value) => String(Buffer.byteLength(value)),
  sha256: (value) => createHash("sha256").update(value).digest("hex"),
  lastline: (value) => textOf(value).trimEnd().split("\n").at(-1) ?? "",
};

const sums: Readonly<Record<string, (a: number, b: number) => string>> = {
  "+": (a, b) => String(a + b),
  "-": (a, b) => String(a - b),
  "*": (a, b) => String(a * b),
};

const reference = /\{([a-z][\w-]*?)(?:([+*-])([a-z]\w*|\d+))?((?:\|\w+)*)\}/gi;

/** In a regular expression: \p{L}, \u{1F600}. */
const classOrPoint = /\\[pu]\{[^{}]*\}/gi;

/** What stands for the reference; null: it names a value or a filter that is not there. */
function meaningOf([, name = "", sign, other = "0", pipe = ""]: readonly (string | undefined)[], values: Values) {
  const value = values.get(name);
  const operand = /^\d/.test(other) ? other : values.get(other);
  const names = pipe.split("|").slice(1);
  const areFilters = names.every((filter) => Object.hasOwn(filters, filter));
  if (value === undefined || operand === undefined || !areFilters) return null;
  const start = sums[sign ?? ""]?.(Number(value), Number(operand)) ?? value;
  return textOf(names.reduce<Value>((result, filter) => filters[filter]?.(result) ?? "", start));
}

/** The references of a text that would stay as they are. */
export function unfilled(text: string, names: ReadonlySet<string>): string[] {
  const values = new Map([...names].map((name) => [name, "0"]));
  const found = [...text.replace(classOrPoint, "").matchAll(reference)];
  return found.flatMap((one) => (meaningOf(one, values) === null ? one[0] : []));
}

export const fill = (text: string, values: Values): string =>
  text.replace(reference, (...found: string[]) => meaningOf(found, values) ?? found[0] ?? "");

/** Longer texts are searched as far as this: an expression may take the square of their length. */
const maxSearched = 64 << 10;

/** Searches a text for a lesson's regular expression, in which a value stands for its own letters. */
export const search = (text: string, source: string, filled: Fill, flags = ""): RegExpExecArray | null =>
  filledExpression(source, filled, flags).exec(text.slice(0, maxSearched));

/** Escapes, such as \p{L}, are no values. @throws SyntaxError */
export const filledExpression = (source: string, filled: Fill, flags = ""): RegExp =>
  new RegExp(
    source.replace(/\\(?:[pu]\{[^{}]*\}|.)|\{[a-z][^{}]*\}/gis, (part) =>
      part.startsWith("{") ? literally(filled(part)) : part,
    ),
    `${flags}u`,
  );

/** "-" needs no escape, and in the form `u` may have none. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
