// What a benchmark found: figures of each mode, and which one to choose.

import type { LoadResult } from "../../client/load.js";
import type { BenchFigures, BenchReport } from "../../contract/command-output.js";
import { defineMessages, type Message } from "../../contract/message.js";
import { type Mode, modeTraits } from "../../contract/modes.js";

export const benchMessage = defineMessages({
  faster: ({ mode, other, times, range, otherRange, unit }: Compared & { readonly times: string }) =>
    `Choose ${mode}: it is ${times} times as fast as ${other}. Its slowest round was faster than every round of ${other} (${range} against ${otherRange} ${unit}).`,
  tie: ({ mode, other, range, otherRange, unit }: Compared) =>
    `Choose ${mode}: no difference from ${other} is proven, because their rounds overlap (${range} and ${otherRange} ${unit}), and ${mode} keeps requests further apart.`,
  errors: ({ mode }: { readonly mode: string }) =>
    `No mode is recommended: ${mode} had errors. Send one request in that mode to see why.`,
  "sender-was-the-limit": ({ modes }: { readonly modes: readonly string[] }) =>
    `The sending process used most of a processor while it measured ${modes.join(", ")}: the script may be faster than these figures.`,
});
type Compared = {
  readonly mode: string;
  readonly other: string;
  readonly range: string;
  readonly otherRange: string;
  readonly unit: string;
};

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

export function figuresOf(mode: Mode, rounds: readonly LoadResult[]): BenchFigures {
  const latencies = rounds.flatMap((round) => round.latencies).sort((a, b) => a - b);
  const rates = rounds.map((round) => (round.latencies.length * 1000) / round.tookMs);
  return {
    mode,
    requests: latencies.length,
    errors: rounds.reduce((sum, { errors }) => sum + errors, 0),
    perSecond: quantile(
      rates.toSorted((a, b) => a - b),
      0.5,
    ),
    rounds: rates,
    roundsP50: rounds.map((round) =>
      quantile(
        round.latencies.toSorted((a, b) => a - b),
        0.5,
      ),
    ),
    p50: quantile(latencies, 0.5),
    p90: quantile(latencies, 0.9),
    p99: quantile(latencies, 0.99),
    max: latencies.at(-1) ?? 0,
    senderShare: Math.max(0, ...rounds.map((round) => round.senderShare)),
  };
}

/** Of sorted values: the smallest that at least this share does not exceed. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;

/** `isOpen`: requests were due at a rate, so their response times are compared. Null with fewer than two modes. */
export function verdictOf(figures: readonly BenchFigures[], isOpen: boolean): BenchReport["verdict"] {
  const speedsOf = ({ rounds, roundsP50 }: BenchFigures) => (isOpen ? roundsP50.map((ms) => 1 / ms) : rounds);
  const speedOf = ({ perSecond, p50 }: BenchFigures) => (isOpen ? 1 / p50 : perSecond);
  const [first, second] = figures.toSorted((a, b) => speedOf(b) - speedOf(a));
  if (first === undefined || second === undefined) return null;
  const failed = figures.find(({ errors }) => errors > 0);
  if (failed !== undefined) {
    const { code, text } = benchMessage("errors", { mode: modeTraits[failed.mode].label });
    return { mode: null, isProven: false, code, text };
  }
  const isProven = Math.min(...speedsOf(first)) > Math.max(...speedsOf(second));
  const tied = [first, second].toSorted((a, b) => byIsolation.indexOf(a.mode) - byIsolation.indexOf(b.mode));
  const [chosen = first, other = second] = isProven ? [first, second] : tied;
  const compared = {
    mode: modeTraits[chosen.mode].label,
    other: modeTraits[other.mode].label,
    range: isOpen ? rangeOf(chosen.roundsP50) : rangeOf(chosen.rounds),
    otherRange: isOpen ? rangeOf(other.roundsP50) : rangeOf(other.rounds),
    unit: isOpen ? "ms" : "requests a second",
  };
  const { code, text } = isProven
    ? benchMessage("faster", { ...compared, times: (speedOf(first) / speedOf(second)).toFixed(1) })
    : benchMessage("tie", compared);
  return { mode: chosen.mode, isProven, code, text };
}

const columns = ["mode", "requests/s", "range", "p50 ms", "p90 ms", "p99 ms", "max ms", "requests", "errors"] as const;

const rowOf = (figures: BenchFigures): readonly string[] => [
  figures.mode,
  short(figures.perSecond),
  rangeOf(figures.rounds),
  ...[figures.p50, figures.p90, figures.p99, figures.max].map((ms) => ms.toFixed(2)),
  String(figures.requests),
  String(figures.errors),
];
const rangeOf = (rounds: readonly number[]): string => `${short(Math.min(...rounds))}–${short(Math.max(...rounds))}`;
const short = (rate: number): string => rate.toFixed(rate < 100 ? 1 : 0);

/** One mode a line. */
export function tableText(figures: readonly BenchFigures[], form: "text" | "csv" | "markdown"): string {
  const rows = [columns, ...figures.map(rowOf)];
  if (form === "csv") return rows.map((row) => `${row.join(",")}\n`).join("");
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  if (form === "text") return lines.map((cells) => `${cells.join("  ")}\n`).join("");
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** From this share of a processor on the sender may have been the limit. */
const busyShare = 0.85;
/** Null: the sender had time left in each mode. */
export function senderRemark(figures: readonly BenchFigures[]): Message | null {
  const modes = figures.filter(({ senderShare }) => senderShare >= busyShare).map(({ mode }) => modeTraits[mode].label);
  return modes.length === 0 ? null : benchMessage("sender-was-the-limit", { modes });
}
