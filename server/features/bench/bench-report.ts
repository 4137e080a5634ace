// What a benchmark found: figures of each mode, and which one to choose.

import { quantile } from "../../base/quantile.js";
import type { LoadResult } from "../../client/load.js";
import type { BenchFigures, BenchReport } from "../../contract/command-output.js";
import { isServerError } from "../../contract/failure.js";
import { defineMessages, type Message } from "../../contract/message.js";
import { type Mode, modeTraits } from "../../contract/modes.js";

export const benchMessage = defineMessages({
  faster: ({ mode, other, times, range, otherRange, unit }: Compared & { readonly times: string }) =>
    `Choose ${mode}: it is ${times} times as fast as ${other}. Its slowest round was faster than every round of ${other} (${range} against ${otherRange} ${unit}).`,
  "tie-of-targets": ({ mode, other, range, otherRange, unit, tied }: Tied) =>
    `No difference between ${mode} and ${other} that matters is proven, because ${whyTied[tied]} (${range} and ${otherRange} ${unit}).`,
  tie: ({ mode, other, range, otherRange, unit, tied }: Tied) =>
    `Choose ${mode}: no difference from ${other} that matters is proven, because ${whyTied[tied]} (${range} and ${otherRange} ${unit}), and ${mode} keeps requests further apart.`,
  errors: ({ mode }: { readonly mode: string }) =>
    `No mode is recommended: ${mode} had errors. Send one request in that mode to see why.`,
  "sender-was-the-limit": ({ modes }: { readonly modes: readonly string[] }) =>
    `The sending process used most of a processor while it measured ${modes.join(", ")}: the script may be faster than these figures.`,
  "not-successful": ({ modes, statuses, isEvery }: Unsuccessful) =>
    `${isEvery ? "Every response" : "Most responses"} in ${modes.join(", ")} had the status ${statuses.join(" or ")}. If the script refuses these requests, the figures are those of the refusal, not of its work: choose a target that it serves.`,
  "rate-not-kept": ({ modes }: { readonly modes: readonly string[] }) =>
    `More requests were due than were answered in ${modes.join(", ")}: the last ones were never sent, so the response times say little. Lower the rate to compare them.`,
});
type Compared = {
  readonly mode: string;
  readonly other: string;
  readonly range: string;
  readonly otherRange: string;
  readonly unit: string;
};
type Unsuccessful = {
  readonly modes: readonly string[];
  readonly statuses: readonly string[];
  readonly isEvery: boolean;
};
type Tied = Compared & { readonly tied: keyof typeof whyTied };

/** Rounds of two equal modes lie apart by chance in 10 of 100 runs with three of each, in 0.8 with five. */
const leastRounds = 5;
/** A smaller factor is not worth a mode that keeps requests less apart. */
const leastFactor = 1.05;
const whyTied = {
  "few-rounds": `that takes ${leastRounds} rounds of each`,
  overlap: "their rounds overlap",
  near: `one is less than ${Math.round(100 * (leastFactor - 1))} % faster than the other`,
} as const;

/** From requests that share nothing to requests that share a process. */
const byIsolation: readonly Mode[] = [
  "cgi",
  "prefork",
  "php-cgi",
  "persistent",
  "wsgi",
  "psgi",
  "rack",
  "handler",
  "fastcgi",
  "fastcgi-external",
];

/** What is known of a mode besides its requests. */
type Besides = Pick<BenchFigures, "target" | "cpuMs" | "memoryBytes" | "startupShare">;
const nothingBesides: Besides = { target: null, cpuMs: null, memoryBytes: null, startupShare: null };

export function figuresOf(
  mode: Mode,
  rounds: readonly LoadResult[],
  besides: Partial<Besides> = nothingBesides,
): BenchFigures {
  const latencies = sorted(rounds.flatMap((round) => round.latencies));
  const sent = sorted(rounds.flatMap((round) => round.sentLatencies));
  const rates = rounds.map((round) => (round.latencies.length * 1000) / round.tookMs);
  return {
    ...nothingBesides,
    ...besides,
    mode,
    requests: latencies.length,
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    perSecond: quantile(sorted(rates), 0.5),
    rounds: rates,
    roundsP50: rounds.map((round) => quantile(sorted(round.latencies), 0.5)),
    p50: quantile(latencies, 0.5),
    p90: quantile(latencies, 0.9),
    p99: quantile(latencies, 0.99),
    p99Sent: sent.length === 0 ? null : quantile(sent, 0.99),
    unsent: rounds.reduce((sum, { unsent }) => sum + unsent, 0),
    max: latencies.at(-1) ?? 0,
    senderShare: Math.max(0, ...rounds.map((round) => round.senderShare)),
    statuses: sumOf(rounds.map(({ statuses }) => statuses)),
  };
}

function sumOf(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((each) => Object.entries(each))) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

const sorted = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);

/** How sentences name it: by its mode, and among several targets by its target, too. */
export const nameOf = ({ mode, target }: Pick<BenchFigures, "mode" | "target">): string =>
  target === null ? modeTraits[mode].label : `${target} as ${modeTraits[mode].label}`;

/**
 * `isOpen`: requests were due at a rate, so the response times of those that kept it are compared: the others' end
 * where the measurement did. Null with fewer than two to compare. Among several targets each of them names its own.
 */
export function verdictOf(figures: readonly BenchFigures[], isOpen: boolean): BenchReport["verdict"] {
  const kept = figures.filter(({ unsent }) => unsent === 0);
  const isTimed = isOpen && kept.length >= 2;
  const speedsOf = ({ rounds, roundsP50 }: BenchFigures) => (isTimed ? roundsP50.map((ms) => 1 / ms) : rounds);
  const speedOf = ({ perSecond, p50 }: BenchFigures) => (isTimed ? 1 / p50 : perSecond);
  const bySpeed = (isTimed ? kept : figures).toSorted((a, b) => speedOf(b) - speedOf(a));
  const [first, second] = bySpeed;
  if (first === undefined || second === undefined) return null;
  const failed = figures.find(({ errors }) => errors > 0);
  if (failed !== undefined) {
    const { code, text } = benchMessage("errors", { mode: nameOf(failed) });
    return { mode: null, isProven: false, code, text };
  }
  const tiedWith = (fast: BenchFigures, slow: BenchFigures): Tied["tied"] | null =>
    whyTiedOf(speedsOf(fast), speedsOf(slow), speedOf(fast) / speedOf(slow));
  // None is proven to be faster than these: the fastest, and what ties with it. Few rounds prove that of no pair.
  const isFew = bySpeed.some((each) => speedsOf(each).length < leastRounds);
  const unbeaten = isFew
    ? [first, second]
    : bySpeed.filter((slow) => bySpeed.every((fast) => tiedWith(fast, slow) !== null));
  const [chosen = first] = unbeaten.toSorted((a, b) => byIsolation.indexOf(a.mode) - byIsolation.indexOf(b.mode));
  const slower = chosen === first ? (unbeaten[1] ?? second) : chosen;
  const other = chosen === first ? slower : first;
  const tied = tiedWith(first, slower);
  const factor = speedOf(first) / speedOf(slower);
  const compared = {
    mode: nameOf(chosen),
    other: nameOf(other),
    range: isTimed ? rangeOf(chosen.roundsP50) : rangeOf(chosen.rounds),
    otherRange: isTimed ? rangeOf(other.roundsP50) : rangeOf(other.rounds),
    unit: isTimed ? "ms" : "requests a second",
  };
  const { code, text } =
    tied === null
      ? benchMessage("faster", { ...compared, times: factor.toFixed(factor < 2 ? 2 : 1) })
      : benchMessage(chosen.mode === other.mode ? "tie-of-targets" : "tie", { ...compared, tied });
  return { mode: chosen.mode, isProven: tied === null, code, text };
}

/** Of the speeds of their rounds, and by how much the first is faster; null: that is proven, and large enough. */
function whyTiedOf(first: readonly number[], second: readonly number[], factor: number): Tied["tied"] | null {
  if (Math.min(first.length, second.length) < leastRounds) return "few-rounds";
  if (Math.min(...first) <= Math.max(...second)) return "overlap";
  return factor < leastFactor ? "near" : null;
}

export const rangeOf = (rounds: readonly number[]): string =>
  `${shortFigure(Math.min(...rounds))}–${shortFigure(Math.max(...rounds))}`;
/** With three significant digits at least: what is proven to differ shows it. */
export const shortFigure = (value: number): string => (value < 100 ? value.toPrecision(3) : value.toFixed(0));

/** From this share of a processor on the sender may have been the limit. */
const busyShare = 0.85;
/** Where the figures are of something else than the script. */
export function remarksOn(figures: readonly BenchFigures[]): readonly Message[] {
  const busy = figures.filter(({ senderShare }) => senderShare >= busyShare).map(nameOf);
  const late = figures.filter(({ unsent }) => unsent > 0).map(nameOf);
  return [
    ...unsuccessfulIn(figures),
    ...(busy.length === 0 ? [] : [benchMessage("sender-was-the-limit", { modes: busy })]),
    ...(late.length === 0 ? [] : [benchMessage("rate-not-kept", { modes: late })]),
  ];
}

/** Where most responses are no success: the script may do its work for other requests alone. */
function unsuccessfulIn(figures: readonly BenchFigures[]): readonly Message[] {
  const found = figures
    .map((each) => {
      const others = Object.entries(each.statuses).filter(([status]) => isUnsuccessful(Number(status)));
      const count = others.reduce((sum, [, one]) => sum + one, 0);
      return { name: nameOf(each), statuses: others.map(([status]) => status), share: count / each.requests };
    })
    .filter(({ share }) => share > 0.5);
  if (found.length === 0) return [];
  const modes = found.map(({ name }) => name);
  const statuses = new Set(found.flatMap((each) => each.statuses));
  const isEvery = found.every(({ share }) => share === 1);
  return [benchMessage("not-successful", { modes, statuses: [...statuses], isEvery })];
}

/** Those of 500 and above are errors, and in no figure. */
const isUnsuccessful = (status: number): boolean => status >= 300 && !isServerError(status);
