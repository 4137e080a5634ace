// What is chosen in the dialog: places and their values, as typed, and the plan that they make.
import type { ValueSet } from "../../../server/contract/variations-contract.js";
import {
  isMade,
  linesOf,
  mistakeInLines,
  neededText,
  setFrom,
  usualText,
} from "../../../server/formats/variations/value-text.js";
import { combined, type Values, valuesOf } from "../../../server/formats/variations/values.js";
import type { FileRef } from "../../model/request/draft.js";
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

/** A place with its values. */
export interface Mark {
  readonly id: string;
  readonly place: string;
  readonly kind: ValueKind;
  /** What the values are made of; each kind keeps what was typed for it. Of a list and a file: a value on each line. */
  readonly texts: Readonly<Partial<Record<ValueKind, string>>>;
  /** The file whose text is in `texts`; null: none is chosen. */
  readonly file: FileRef | null;
}

const isKind = (text: string): text is ValueKind => text in valueKinds;
const isOfWhole = (kind: ValueKind): boolean => kind === "times" || kind === "probes";

/** The kinds of values for the whole request, or for a part of it. */
export const kindsFor = (place: string): readonly ValueKind[] =>
  Object.keys(valueKinds).filter(
    (kind): kind is ValueKind => isKind(kind) && isOfWhole(kind) === (place === wholeRequest),
  );

const usedText = (kind: ValueKind, value: string): string => {
  if (kind === "list" || kind === "file") return "";
  const needsOther = ["encodings", "spellings", "line-ends"].includes(kind) && !/[^ -~]/.test(value);
  return value === "" || needsOther || !isMade(kind) ? usualText(kind) : value;
};

/** `value`: what is in the place. */
export const withKind = (mark: Mark, kind: ValueKind, value: string): Mark => ({
  ...mark,
  kind,
  texts: { [kind]: usedText(kind, value), ...mark.texts },
});

export const markAt = (place: string, kind: ValueKind, value: string): Mark =>
  withKind({ id: crypto.randomUUID(), place, kind, texts: {}, file: null }, kind, value);

export const textOf = ({ texts, kind }: Mark): string => texts[kind] ?? "";

/** A string: why what is typed makes no values. */
function setOf(mark: Mark): ValueSet | string {
  const { kind, file } = mark;
  const text = textOf(mark);
  if (kind !== "list" && kind !== "file") return setFrom(kind, text) ?? `Write ${neededText(kind)}.`;
  if (kind === "file" && file === null) return "Choose a file.";
  if (kind === "list" && text === "") return "Enter the values.";
  const values = linesOf(text);
  const mistake = mistakeInLines(values);
  return mistake === null ? { kind: "list", values } : `${kind === "file" ? file?.name : "The list"} ${mistake}.`;
}

export interface Counted {
  readonly vary: readonly { readonly place: string; readonly set: ValueSet }[];
  readonly count: number;
  /** What each response should be, by the values. */
  readonly expects: Values["expects"];
}

/** A string: why a place has no values. */
export function counted(marks: readonly Mark[], pairing: "together" | "each"): Counted | string {
  const vary: { place: string; set: ValueSet }[] = [];
  for (const mark of marks) {
    const set = setOf(mark);
    if (typeof set === "string") return set;
    vary.push({ place: mark.place, set });
  }
  const sets = vary.map(({ set }) => valuesOf(set));
  return { vary, count: combined(sets, pairing).count, expects: [...new Set(sets.flatMap(({ expects }) => expects))] };
}
