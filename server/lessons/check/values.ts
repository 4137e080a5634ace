// The values of a check: drawn from a seed, so that a failure can be repeated, and fresh with every other seed.
import { createHash } from "node:crypto";
import { fill, type Value, type Values } from "../format/fill.js";
import type { ValueKind } from "../format/schema.js";

const syllables = ["ka", "lo", "mi", "ru", "ne", "ta", "so", "vi", "zo", "pe", "du", "fa"];
const vowels = ["ü", "ö", "ä", "é", "ñ", "å"];
const consonants = ["ß", "č", "ø", "ł"];

/** Draws the values, by name. One may be made of those above it. */
export function drawValues(kinds: Readonly<Record<string, ValueKind>>, seed: string): Map<string, Value> {
  const values = new Map<string, Value>();
  const chance = chanceFrom(seed);
  for (const [name, kind] of Object.entries(kinds)) values.set(name, drawn(kind, chance, values));
  return values;
}

type Chance = () => number;

/** From 0 to below 1: mulberry32. */
function chanceFrom(seed: string): Chance {
  let state = createHash("sha256").update(seed).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function drawn(kind: ValueKind, chance: Chance, values: Values): Value {
  const below = (count: number): number => Math.floor(chance() * count);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? "";
  const word = (count: number): string => Array.from({ length: count }, () => pick(syllables)).join("");
  /** A word with letters of two bytes. */
  const odd = (): string => `${word(1)}${pick(vowels)}${word(1)}${pick(consonants)}`;
  if (kind === "word") return word(3);
  if (kind === "umlauts") return odd();
  if (kind === "tricky") return `${odd()} & ${word(2)} + ${10 + below(90)}% = <${word(1)}>`;
  if ("of" in kind) return fill(kind.of, values);
  if ("integer" in kind) {
    const [least, most] = kind.integer;
    return String(least + below(most - least + 1));
  }
  if ("oneOf" in kind) return pick(kind.oneOf);
  if ("hex" in kind) return Array.from({ length: kind.hex }, () => below(16).toString(16)).join("");
  if ("bytes" in kind) return Uint8Array.from({ length: kind.bytes }, () => below(256));
  const lines: string[] = [];
  for (let bytes = 0; bytes < kind.text; ) {
    const line = `${odd()} ${word(2)} ${odd()}\n`;
    lines.push(line);
    bytes += Buffer.byteLength(line);
  }
  return lines.join("");
}
