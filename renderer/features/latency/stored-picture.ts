// What the stored figures look like in the graph: a bar for each step of time, a dashed line where a version ran first.
import type { StepFigures, StoredFigures } from "../../../server/contract/figures-contract.js";
import { clockOf, dayOf, daysBetween, timeOf } from "../../format/clock.js";
import { formatMs } from "../../format/duration.js";
import { plural } from "../../format/plural.js";
import { formatCount } from "../../format/size.js";
import type { HitTarget, PlacedMark } from "./chart-layout.js";
import { scaleFor } from "./graph-shape.js";
import type { Drawing, PlotLine } from "./plot.js";

interface StoredPicture {
  readonly drawing: Drawing;
  readonly spots: readonly HitTarget[];
  readonly marks: readonly PlacedMark[];
  /** Steps with failures: their places, and the part that failed, 0 to 1. */
  readonly failed: readonly { readonly at: number; readonly left: number; readonly words: string }[];
}

const dayMs = 86_400_000;
/** Fewer steps would make one bar as wide as the graph. */
const leastSteps = 12;

/** `now`: Unix time, ms. */
export function storedPicture({ steps, stepMs, versions }: StoredFigures, now: number): StoredPicture {
  const first = steps[0]?.at ?? now;
  const last = steps[steps.length - 1]?.at ?? now;
  const count = Math.max(leastSteps, Math.round((last - first) / stepMs) + 1);
  const from = last - (count - 1) * stepMs;
  const place = (at: number): number => Math.max(0, Math.min(1, ((at - from) / stepMs + 0.5) / count));
  const byPlace = new Map(steps.map((step) => [Math.round((step.at - from) / stepMs), step]));
  const all = Array.from({ length: count }, (_, index) => byPlace.get(index));
  const bar = (label: "p50" | "p95" | "p99", colour: string): PlotLine => ({
    label,
    colour: `--${colour}`,
    shape: "bars",
    y: all.map((step) => step?.[`${label}Ms` as const] ?? null),
  });
  const begins = versions.filter(({ version, firstAt }) => version !== null && firstAt > first + stepMs / 2);
  return {
    drawing: {
      x: all.map((_, index) => index),
      lines: [bar("p99", "c3"), bar("p95", "c4"), bar("p50", "c1")],
      xRange: [-0.5, count - 0.5],
      scale: scaleFor(Math.max(0, ...all.map((step) => step?.p99Ms ?? step?.p95Ms ?? step?.p50Ms ?? 0))),
      labels: labelsOf(count, from, stepMs),
      levels: [],
    },
    spots: steps.map((step) => ({ left: place(step.at), lines: linesOf(step, stepMs, now), traceId: null })),
    marks: begins.map(({ version, firstAt }) => ({
      is: "save",
      left: Math.max(0, Math.min(1, (firstAt - from) / stepMs / count)),
      words: `version ${version}, first run ${timeOf(firstAt, now)}`,
      label: (version ?? "").slice(0, 7),
    })),
    failed: steps.flatMap((step) =>
      step.failed === 0 ? [] : { at: step.at, left: place(step.at), words: failedWords(step) },
    ),
  };
}

const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

const failedWords = ({ failed, requests }: StepFigures): string =>
  `${formatCount(failed)} of ${formatCount(requests)} failed`;

function linesOf(step: StepFigures, stepMs: number, now: number): string[] {
  const { at, requests, failed } = step;
  return [
    `${stepText(at, stepMs, now)}, ${plural(requests, "request")}`,
    percentileWords(step).join(" · ") || "none without a failure",
    ...(failed > 0 ? [failedWords(step)] : []),
  ];
}

/** "p50 4.1 ms" and so on, of those that there are: of few requests only p50 is known. */
export const percentileWords = ({ p50Ms, p95Ms, p99Ms }: Pick<StepFigures, "p50Ms" | "p95Ms" | "p99Ms">): string[] =>
  Object.entries({ p50: p50Ms, p95: p95Ms, p99: p99Ms }).flatMap(([name, ms]) =>
    ms === null ? [] : `${name} ${formatMs(ms)}`,
  );

/** "14:00 to 20:00" of today, else "12 Nov 14:00 to 20:00"; of one day "Today" or "Thu 12 Nov"; "12 Nov to 18 Nov". */
function stepText(at: number, stepMs: number, now: number): string {
  const day = dayFormat.format(at);
  if (stepMs < dayMs)
    return `${daysBetween(at, now) === 0 ? "" : `${day} `}${minuteOf(at)} to ${minuteOf(at + stepMs)}`;
  const lastDay = dayFormat.format(at + stepMs - dayMs / 2);
  return lastDay === day ? dayOf(at, now) : `${day} to ${lastDay}`;
}

const minuteOf = (unixMs: number): string => clockOf(unixMs).slice(0, "14:02".length);

function labelsOf(count: number, from: number, stepMs: number): Drawing["labels"] {
  const isShort = count * stepMs <= 1.5 * dayMs;
  return [0, 0.25, 0.5, 0.75].map((share) => {
    const index = Math.round(share * (count - 1));
    // Days are an hour longer or shorter where the clocks change: their noon is on the right day.
    const at = new Date(from + index * stepMs + (stepMs < dayMs ? 0 : dayMs / 2));
    const clock = minuteOf(at.getTime());
    const day = dayFormat.format(at);
    return { at: index, text: isShort ? clock : stepMs < dayMs / 2 ? `${day} ${clock}` : day };
  });
}
