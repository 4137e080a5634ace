// Sets of values for a place of a request, each made when it is asked for: a set may be long.

import { fromBase64 } from "../../contract/base64.js";
import type { BytesText } from "../../contract/bytes-text.js";
import type { ExpectationName, ValueSet } from "../../contract/variations-contract.js";
import { latin1, toBytes, utf8 } from "../../protocol/byte-string.js";
import { probes } from "../probes/library.js";
import { isProbeGroup, type Probe } from "../probes/probe.js";
import { listed, made } from "./made-values.js";
import { measuredText } from "./measured.js";
import type { ValueSeries, VariedValue } from "./varied-value.js";

export interface Values extends ValueSeries {
  readonly expects: readonly ExpectationName[];
}

const usual: readonly ExpectationName[] = ["no-5xx", "no-finding"];

export function valuesOf(set: ValueSet): Values {
  switch (set.kind) {
    case "list":
      return { count: set.values.length, at: (index) => typed(set.values[index] ?? ""), expects: usual };
    case "numbers": {
      const step = set.from <= set.to ? 1 : -1;
      const at = (index: number): VariedValue => typed(String(set.from + step * index));
      return { count: Math.abs(set.to - set.from) + 1, at, expects: usual };
    }
    case "lengths": {
      const lengths = notableLengths(set.from, set.to);
      const at = (index: number): VariedValue => {
        const length = lengths[index] ?? 0;
        return { label: `${length} bytes`, bytes: [measuredText(length)], isMeasured: true };
      };
      return { count: lengths.length, at, expects: [...usual, "comes-back"] };
    }
    case "made": {
      const { values, expects } = made[set.name];
      return { ...values(set.text), expects: [...usual, ...expects] };
    }
    case "times":
      return { count: set.count, at: (index) => ({ label: String(index + 1), bytes: [] }), expects: usual };
    case "probes": {
      const chosen = chosenProbes(set.only).map((probe) => ({ label: probe.id, bytes: [], probe }));
      return { ...listed(chosen), expects: usual };
    }
  }
}

function typed(value: BytesText): VariedValue {
  if (typeof value === "string") return { label: value, bytes: [utf8(value)] };
  const bytes = latin1(fromBase64(value.base64) ?? "");
  return { label: new TextDecoder().decode(toBytes(bytes)), bytes: [bytes] };
}

/** The ends, and what lies at and beside the powers of 2 and 10, which is where buffers end; the shortest first. */
export function notableLengths(from: number, to: number): readonly number[] {
  const powers = [2, 10].flatMap((base) => Array.from({ length: 20 }, (_, exponent) => base ** exponent));
  const lengths = powers.flatMap((power) => [power - 1, power, power + 1]);
  const within = [from, ...lengths, to].filter((length) => length >= from && length <= to);
  return [...new Set(within)].sort((a, b) => a - b);
}

/** Those with one of the names as id or group, all without names. */
export const chosenProbes = (names: readonly string[]): readonly Probe[] =>
  names.length === 0 ? probes : probes.filter(({ id, group }) => names.includes(id) || names.includes(group));

/** The first name that no probe and no group has. */
export const unknownProbe = (names: readonly string[]): string | undefined =>
  names.find((name) => !isProbeGroup(name) && !probes.some(({ id }) => id === name));

/** Several sets as one: the shortest ends it, or each value with each of the others, the last place fastest. */
export function combined(
  sets: readonly Values[],
  pairing: "together" | "each",
): { readonly count: number; at(index: number): readonly VariedValue[] } {
  const counts = sets.map(({ count }) => count);
  if (pairing === "together") return { count: Math.min(...counts), at: (index) => sets.map((set) => set.at(index)) };
  const behind = counts.map((_, place) => counts.slice(place + 1).reduce((product, count) => product * count, 1));
  return {
    count: counts.reduce((product, count) => product * count, 1),
    at: (index) => sets.map((set, place) => set.at(Math.floor(index / (behind[place] ?? 1)) % set.count)),
  };
}
