// Puts values into the texts of a lesson: {name}, {name|filter|filter}, {a+b}. What names no value stays as it is.
import { createHash } from "node:crypto";

export type Value = string | Uint8Array;
export type Values = ReadonlyMap<string, Value>;
/** Fills with the values of one request. */
export type Fill = (text: string) => string;

const textOf = (value: Value): string => (typeof value === "string" ? value : Buffer.from(value).toString("latin1"));

/** As a form sends it. */
export const formEncoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);

const filters: Readonly<Record<string, (value: Value) => string>> = {
  query: (value) => formEncoded(textOf(value)).replaceAll("*", "%2A"),
  percent: (value) => encodeURIComponent(textOf(value)),
  html: (value) => textOf(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  mojibake: (value) => Buffer.from(textOf(value)).toString("latin1"),
  length: (value) => String([...textOf(value)].length),
  bytes: (value) => String(Buffer.byteLength(value)),
  sha256: (value) => createHash("sha256").update(value).digest("hex"),
  lastline: (value) => textOf(value).trimEnd().split("\n").at(-1) ?? "",
  reverse: (value) => [...textOf(value)].reverse().join(""),
  upper: (value) => textOf(value).toUpperCase(),
};

const sums: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
};

export function fill(text: string, values: Values): string {
  return text.replace(
    /\{([a-z][\w-]*?)(?:([+*-])([a-z]\w*|\d+))?((?:\|\w+)*)\}/gi,
    (whole, name: string, sign: string | undefined, other: string | undefined, pipe: string) => {
      const value = values.get(name);
      const sum = sign === undefined ? undefined : sums[sign];
      const operand = Number(values.get(other ?? "") ?? other);
      const names = pipe.split("|").slice(1);
      if (value === undefined || names.some((filter) => !Object.hasOwn(filters, filter))) return whole;
      const start: Value = sum === undefined ? value : String(sum(Number(value), operand));
      return textOf(names.reduce<Value>((result, filter) => filters[filter]?.(result) ?? "", start));
    },
  );
}

/** The expression as a regular expression, in which a value stands for its own letters. */
export const filledExpression = (source: string, filled: Fill, flags = "u"): RegExp =>
  new RegExp(
    source.replace(/\{[a-z][^{}]*\}/gi, (value) => (filled(value) === value ? value : literally(filled(value)))),
    flags,
  );

/** "-" needs no escape, and in the form `u` may have none. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
