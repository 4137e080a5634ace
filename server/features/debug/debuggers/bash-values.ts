// What bash's `declare -p` says of a variable.
import { cut } from "./translated-link.js";

export interface Declared {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** Null: it is no array. */
  readonly items: readonly Declared[] | null;
}

const line = /^declare -(\S+) (\w+)(?:=([\s\S]*))?$/;
const item = /\[((?:"(?:[^"\\]|\\.)*"|[^\]])+)\]=("(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*')/g;

/** Null: this is no variable. */
export function declared(text: string): Declared | null {
  const [, flags = "", name, value] = line.exec(text) ?? [];
  if (name === undefined) return null;
  const isArray = /[aA]/.test(flags);
  const type = isArray ? "array" : flags.includes("i") ? "integer" : "string";
  const items = isArray && value !== undefined ? itemsOf(value) : null;
  return { name, value: cut(value ?? "(not set)"), type, items };
}

const itemsOf = (value: string): Declared[] =>
  Array.from(value.matchAll(item), ([, name = "", text = ""]) => ({
    name,
    value: cut(text),
    type: "string",
    items: null,
  }));
