// What bash's `declare -p` says of a variable.

export interface Declared {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** Null: it is no array. */
  readonly items: readonly Declared[] | null;
}

const maxText = 1000;
const maxItems = 200;
const line = /^declare -(\S+) (\w+)(?:=([\s\S]*))?$/;
const item = /\[((?:"(?:[^"\\]|\\.)*"|[^\]])+)\]=("(?:[^"\\]|\\[\s\S])*"|\$'(?:[^'\\]|\\[\s\S])*')/g;

/** Null: this is no variable. */
export function declared(text: string): Declared | null {
  const [, flags = "", name, value] = line.exec(text) ?? [];
  if (name === undefined) return null;
  const isArray = /[aA]/.test(flags);
  const shown = value === undefined ? "(not set)" : value.length > maxText ? `${value.slice(0, maxText)}…` : value;
  const type = isArray ? "array" : flags.includes("i") ? "integer" : "string";
  return { name, value: shown, type, items: isArray && value !== undefined ? itemsOf(value) : null };
}

function itemsOf(value: string): Declared[] {
  const items: Declared[] = [];
  for (const [, name = "", text = ""] of value.matchAll(item)) {
    if (items.length === maxItems) return [...items, { name: "…", value: "more", type: "", items: null }];
    items.push({ name, value: text.slice(0, maxText), type: "string", items: null });
  }
  return items;
}
