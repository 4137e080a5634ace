// What is chosen in the dialog: places and their values, as typed, and the plan that they make.
import { maxVariations } from "../../../server/contract/limits.js";
import { madeNames, type ValueSet } from "../../../server/contract/variations-contract.js";
import { usualTexts } from "../../../server/formats/variations/made-values.js";
import { combined, type Values, valuesOf } from "../../../server/formats/variations/values.js";
import { wholeRequest } from "./places.js";

export const valueKinds = {
  list: "A list",
  file: "The lines of a file",
  numbers: "Numbers",
  lengths: "Lengths",
  injection: "Injection",
  encodings: "One text in many encodings",
  spellings: "One text, percent-encoded in four ways",
  "line-ends": "Line ends",
  characters: "Characters at every position",
  fields: "Left out, empty, repeated",
  "odd-numbers": "Odd numbers",
  times: "As it is, so many times",
  probes: "Hostile and odd requests",
} as const;
export type ValueKind = keyof typeof valueKinds;

/** A place with its values. Each kind of values keeps what was typed for it. */
export interface Mark {
  readonly id: string;
  readonly place: string;
  readonly kind: ValueKind;
  readonly list: string;
  readonly file: { readonly name: string; readonly lines: readonly string[] } | null;
  readonly from: string;
  readonly to: string;
  /** What the values are made of. */
  readonly text: string;
  readonly times: string;
  /** A group or a probe; empty: all. */
  readonly probes: string;
}

const isKind = (text: string): text is ValueKind => text in valueKinds;
const isOfWhole = (kind: ValueKind): boolean => kind === "times" || kind === "probes";

/** The kinds of values for the whole request, or for a part of it. */
export const kindsFor = (place: string): readonly ValueKind[] =>
  Object.keys(valueKinds).filter(
    (kind): kind is ValueKind => isKind(kind) && isOfWhole(kind) === (place === wholeRequest),
  );

const usedText = (kind: ValueKind, value: string): string => {
  const made = madeNames.find((name) => name === kind);
  if (!made) return value;
  const needsOther = ["encodings", "spellings", "line-ends"].includes(made) && !/[^ -~]/.test(value);
  return value === "" || needsOther ? usualTexts[made] : value;
};

/** `value`: what is in the place. */
export const withKind = (mark: Mark, kind: ValueKind, value: string): Mark => ({
  ...mark,
  kind,
  text: usedText(kind, value),
  ...(kind === "numbers" && { from: "0", to: "20" }),
  ...(kind === "lengths" && { from: "1", to: "100000" }),
});

export function markAt(place: string, kind: ValueKind, value: string): Mark {
  const blank = { id: crypto.randomUUID(), place, list: "", file: null, from: "", to: "", times: "20", probes: "" };
  return withKind({ ...blank, kind, text: "" }, kind, value);
}

/** Null: what is typed makes no values. */
export function setOf(mark: Mark): ValueSet | null {
  const { kind } = mark;
  const [from, to, count] = [mark.from, mark.to, mark.times].map((text) =>
    /^-?\d{1,15}$/.test(text) ? Number(text) : null,
  );
  switch (kind) {
    case "list":
      return mark.list === "" ? null : listOf(mark.list.replace(/\n$/, "").split("\n"));
    case "file":
      return mark.file && listOf(mark.file.lines);
    case "numbers":
      return from == null || to == null ? null : { kind, from, to };
    case "lengths":
      return from == null || to == null || from < 0 || to < from || to > 1_000_000 ? null : { kind, from, to };
    case "times":
      return count == null || count < 1 || count > maxVariations ? null : { kind, count };
    case "probes":
      return { kind, only: mark.probes === "" ? [] : [mark.probes] };
    default:
      return { kind: "made", name: kind, text: mark.text };
  }
}

const listOf = (values: readonly string[]): ValueSet | null =>
  values.length === 0 || values.length > maxVariations ? null : { kind: "list", values: [...values] };

export interface Counted {
  readonly vary: readonly { readonly place: string; readonly set: ValueSet }[];
  readonly count: number;
  /** What each response should be, by the values. */
  readonly expects: Values["expects"];
}

/** Null while a place has no values. */
export function counted(marks: readonly Mark[], pairing: "together" | "each"): Counted | null {
  const vary = marks.flatMap((mark) => {
    const set = setOf(mark);
    return set ? [{ place: mark.place, set }] : [];
  });
  if (vary.length < marks.length) return null;
  const sets = vary.map(({ set }) => valuesOf(set));
  return { vary, count: combined(sets, pairing).count, expects: [...new Set(sets.flatMap(({ expects }) => expects))] };
}
