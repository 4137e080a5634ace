// Two lists of named values side by side: headers, variables, moments.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { readable } from "../../format/bytes-text.js";

export interface ComparedPair {
  readonly name: string;
  readonly left: BytesText | null;
  readonly right: BytesText | null;
  readonly is: "same" | "changed" | "left" | "right";
  /** It differs from request to request by its nature, which is no difference. */
  readonly isExpected: boolean;
}

/** Named values. A header, a variable and a fact about the trace of one name are three different things. */
export type Pairs = readonly (readonly [BytesText, BytesText, ("variable" | "fact")?])[];

/** Differ each time: the client's port, the time of the answer. */
const expected = new Set(["variable REMOTE_PORT", "variable UNIQUE_ID", "header date"]);

/**
 * In the left's order, then those that only the right has. Repeated names are matched by their position. Case matters
 * in the names of variables, and not in those of headers (RFC 9110 §5.1).
 */
export function comparePairs(left: Pairs, right: Pairs): readonly ComparedPair[] {
  const ofRight = keyed(right);
  const rows = [...keyed(left)].map(([key, { name, value, type }]): ComparedPair => {
    const other = ofRight.get(key)?.value ?? null;
    ofRight.delete(key);
    const is = other === null ? "left" : isEqual(value, other) ? "same" : "changed";
    return { name, left: value, right: other, is, isExpected: other !== null && expected.has(type) };
  });
  const rest = [...ofRight.values()].map(
    ({ name, value }): ComparedPair => ({ name, left: null, right: value, is: "right", isExpected: false }),
  );
  return [...rows, ...rest];
}

interface KeyedPair {
  readonly name: string;
  readonly value: BytesText;
  /** Kind and name: what the sides are matched by. */
  readonly type: string;
}

function keyed(pairs: Pairs): Map<string, KeyedPair> {
  const map = new Map<string, KeyedPair>();
  for (const [given, value, kind = "header"] of pairs) {
    const name = readable(given);
    const type = `${kind} ${kind === "header" ? name.toLowerCase() : name}`;
    let nth = 0;
    while (map.has(`${type} ${nth}`)) nth++;
    map.set(`${type} ${nth}`, { name, value, type });
  }
  return map;
}

const isEqual = (a: BytesText, b: BytesText): boolean =>
  typeof a === "string" || typeof b === "string" ? a === b : a.base64 === b.base64;

/** What the only differences are, where they do not count; undefined: there are none, or others. */
export function onlyExpected(rows: readonly ComparedPair[]): string | undefined {
  const names = rows.flatMap(({ name, is, isExpected }) => (is !== "same" && isExpected ? name : []));
  if (names.length === 0 || differences(rows) > 0) return undefined;
  const words = names.map((name) => (name === "REMOTE_PORT" ? "the client’s port" : name));
  return `only ${words.join(" and ")} ${words.length === 1 ? "differs" : "differ"}`;
}

export const isDifference = ({ is, isExpected }: ComparedPair): boolean => is !== "same" && !isExpected;
export const differences = (rows: readonly ComparedPair[]): number => rows.filter(isDifference).length;
