// A set of values as people write it: its kind, and a text that the values are made of.
import { maxVariations } from "../../contract/limits.js";
import { type MadeName, madeNames, type ValueSet, valueSet } from "../../contract/variations-contract.js";
import { made } from "./made-values.js";

export const writtenKinds = ["numbers", "lengths", ...madeNames, "times", "probes"] as const;
export type WrittenKind = (typeof writtenKinds)[number];

const usual = { numbers: "0..20", lengths: "1..1000000", times: "20", probes: "" };

export const isMade = (kind: string): kind is MadeName => Object.hasOwn(made, kind);

/** What the text is where none is given. */
export const usualText = (kind: WrittenKind): string => (isMade(kind) ? made[kind].usual : usual[kind]);

/** Null: the text makes no values of that kind. */
export const setFrom = (kind: WrittenKind, text: string): ValueSet | null =>
  valueSet.safeParse(partsOf(kind, text)).data ?? null;

/** What is to be written where a text makes no values of that kind. */
export function neededText(kind: WrittenKind): string {
  switch (kind) {
    case "numbers":
      return `two whole numbers, such as ${usual.numbers}`;
    case "lengths":
      return `two lengths of up to 1000000 bytes, the shorter one first, such as ${usual.lengths}`;
    case "times":
      return `a number from 1 to ${maxVariations}`;
    default:
      return "a shorter text";
  }
}

/** The values of a list or of a file, one on each line. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

const maxLine = 1_000_000;

/** Why lines are no values, as said of their file; null: they are. */
export function mistakeInLines(lines: readonly string[]): string | null {
  if (lines.length === 0) return "has no values";
  const count = lines.length.toLocaleString("en");
  if (lines.length > maxVariations) return `has ${count} lines, and may have ${maxVariations.toLocaleString("en")}`;
  return lines.some(({ length }) => length > maxLine) ? "has a line of more than 1 MB" : null;
}

function partsOf(kind: WrittenKind, text: string) {
  const [, from, to] = /^(-?\d+)\.\.(-?\d+)$/.exec(text.trim()) ?? [];
  switch (kind) {
    case "numbers":
    case "lengths":
      return { kind, from: Number(from), to: Number(to) };
    case "times":
      return { kind, count: Number(text) };
    case "probes":
      return { kind, only: text === "" ? [] : text.split(",").map((name) => name.trim()) };
    default:
      return { kind: "made", name: kind, text };
  }
}
