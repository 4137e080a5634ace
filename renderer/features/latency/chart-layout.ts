// What a state of the graph looks like: lines or bars for the canvas, requests as points over it, and for each place of
// the pointer what is there and which trace it opens.
import { modeTraits } from "../../../server/contract/modes.js";
import { clockOf } from "../../format/clock.js";
import { formatMs } from "../../format/duration.js";
import { baseOf } from "../../format/file-path.js";
import { plural } from "../../format/plural.js";
import { outcomeName } from "../../format/trace-labels.js";
import { type Point, smoothSteps, windowS } from "../../model/traces/latency-series.js";
import { type Lines, linesOf, markPlaces, scaleFor, type TimeStep, timeSteps } from "./graph-shape.js";
import type { Look } from "./latency-state.js";
import { type ModeFigures, modeSwitches } from "./mode-figures.js";
import { meanPhases, type Phases, phaseColours, phasesLabel, phasesOfPoint, stacked } from "./phase-series.js";
import type { Drawing, PlotLine } from "./plot.js";
import { levelsOf } from "./save-effect.js";
import { type Latency, shownPoints } from "./use-latency.js";
import type { Shown } from "./zoom.js";

export interface PlacedPoint {
  readonly point: Point;
  /** Shares of the plotting area, from its left and bottom edge. */
  readonly left: number;
  readonly bottom: number;
}
/** A place of the graph that can be pointed at. */
export interface HitTarget {
  readonly left: number;
  /** The card's lines; the first is its title. */
  readonly lines: readonly string[];
  /** The trace that a click opens; null for none. */
  readonly traceId: string | null;
}
export interface PlacedMark {
  readonly is: "save" | "mode";
  readonly left: number;
  readonly words: string;
  /** The same in two or three words, to stand beside the line. */
  readonly label: string;
}
export interface Picture {
  readonly drawing: Drawing;
  readonly placed: readonly PlacedPoint[];
  readonly spots: readonly HitTarget[];
  readonly marks: readonly PlacedMark[];
  /** What a zoom begins from. */
  readonly shown: Shown;
  /** Requests the axis has room for; 0 on a time axis. */
  readonly slots: number;
}

/** Requests shown as points over the percentiles, at most: failures, or all of a stretch with few. */
const maxOverLines = 150;

export const pictureOf = (latency: Latency, look: Look): Picture =>
  latency.mode === "time" ? timePicture(latency, look) : pointPicture(latency, look);

const phaseLines = (all: readonly (Phases | null)[], shape: "bars" | "area"): PlotLine[] =>
  stacked(all).map(({ kind, y }) => ({ label: kind, colour: phaseColours[kind], shape, y }));

const lineOf = (label: string, colour: string, widthPx: number, y: PlotLine["y"]): PlotLine => ({
  label,
  colour,
  widthPx,
  y,
  shape: "line",
});

/** What the marks' labels take above the highest point. */
const labelRoom = 1.2;

function pointPicture({ points, marks: allMarks, file, zoom, modes }: Latency, look: Look): Picture {
  const last = points[points.length - 1]?.startedAt ?? 0;
  const marks = zoom ? allMarks.filter(({ at }) => at <= last) : allMarks;
  const hasLabels = marks.length > 0 || modes.length > 1;
  const scale = scaleFor(Math.max(...points.map((point) => point.tookMs)) * (hasLabels ? labelRoom : 1));
  // Few points stand at the left and grow to the right; the axis is never narrower than ten, unless it is zoomed.
  const slots = zoom ? points.length : Math.max(10, points.length);
  const left = (index: number): number => (index + 0.5) / slots;
  const every = Math.max(1, Math.ceil(points.length / 6));
  const phases = points.map(phasesOfPoint);
  const places = markPlaces(marks, points, file);
  const switches = modes.length > 1 ? modeSwitches(points) : [];
  const versions = [...marks, ...switches].sort((a, b) => a.at - b.at);
  return {
    drawing: {
      x: points.map((_, index) => index),
      lines:
        look === "phases"
          ? phaseLines(phases, "bars")
          : [
              lineOf(
                "took",
                "--line",
                1,
                points.map((point) => (point.isFailed ? null : point.tookMs)),
              ),
            ],
      xRange: [-0.5, slots - 0.5],
      scale,
      labels: points.flatMap((point, index) =>
        (points.length - 1 - index) % every === 0 ? [{ at: index, text: `#${point.seq}` }] : [],
      ),
      levels:
        places.length + switches.length === 0 || file === null || look === "phases" ? [] : levelsOf(points, versions),
    },
    placed: points.map((point, index) => ({ point, left: left(index), bottom: point.tookMs / scale.top })),
    spots: points.map((point, index) => spotOf(point, left(index), phases[index])),
    marks: [
      ...places.map((place) => ({
        is: "save" as const,
        left: (place + 0.5) / slots,
        ...markLabel(marks, points[Math.ceil(place)]?.startedAt ?? null),
      })),
      ...switches.map(({ index, to }) => ({
        is: "mode" as const,
        left: index / slots,
        words: `${modeTraits[to].shortLabel} from here`,
        label: `switched to ${modeTraits[to].shortLabel}`,
      })),
    ],
    shown: { by: "requests", seqs: points.map((point) => point.seq) },
    slots,
  };
}

function spotOf(point: Point, left: number, phases: Phases | undefined): HitTarget {
  const outcome =
    point.outcome === "ok"
      ? (point.status ?? "no status")
      : `${point.status ?? ""} ${outcomeName(point.outcome)}`.trim();
  return {
    left,
    lines: [
      `#${point.seq} ${point.method} ${point.target}`,
      `${outcome}, ${formatMs(point.tookMs)}, ${clockOf(point.startedAt)}`,
      ...(phases ? [phasesLabel(phases, [point])] : []),
    ],
    traceId: point.id,
  };
}

/** `hello.py saved at 14:02:11.482`: the last save before a request, or the last of all. */
function markLabel(marks: Latency["marks"], before: number | null): Pick<PlacedMark, "words" | "label"> {
  const mark = marks.findLast(({ at }) => before === null || at <= before);
  if (!mark) return { words: "file saved", label: "saved" };
  return {
    words: `${baseOf(mark.file)} saved at ${clockOf(mark.at)}`,
    label: `saved ${clockOf(mark.at).slice(0, 8)}`,
  };
}

function timePicture(latency: Latency, look: Look): Picture {
  const { points, end, spanS, marks, zoom, modes } = latency;
  const steps = timeSteps(points, end, spanS);
  const lines = linesOf(steps);
  const byMode = modes.map(({ mode }) => ({
    mode,
    y: linesOf(steps.map((step) => ({ ...step, points: step.points.filter((point) => point.mode === mode) }))).p50,
  }));
  const means = look === "phases" ? steps.map((step) => meanPhases(step.points.map(phasesOfPoint))) : [];
  const ago = (at: number): number => (at - end) / 1000;
  const place = (at: number): number => Math.max(0, Math.min(1, (ago(at) + spanS) / spanS));
  const within = shownPoints(latency);
  const few =
    zoom !== null && within.length <= maxOverLines
      ? within
      : within.filter((point) => point.isFailed).slice(-maxOverLines);
  const sums = means.map((phases) => (phases ? Object.values(phases).reduce((sum, ms) => sum + ms, 0) : 0));
  const scale = scaleFor(
    Math.max(
      ...(look === "phases"
        ? sums
        : (byMode.length > 0 ? byMode.flatMap(({ y }) => y) : lines.p99).map((ms) => ms ?? 0)),
      ...few.map((point) => point.tookMs),
    ),
  );
  const shownMarks = marks.filter((mark) => ago(mark.at) >= -spanS && mark.at <= end);
  return {
    drawing: {
      x: lines.x,
      lines:
        look === "phases"
          ? phaseLines(means, "area")
          : byMode.length > 0
            ? byMode.map(({ mode, y }) => lineOf(mode, modeTraits[mode].colour, 2, y))
            : [
                lineOf("p99", "--c3", 1.5, lines.p99),
                lineOf("p95", "--c4", 1.5, lines.p95),
                lineOf("p50", "--c1", 2, lines.p50),
              ],
      xRange: [-spanS, 0],
      scale,
      labels: timeLabels(end, spanS, zoom !== null),
      levels: [],
    },
    placed: few.map((point) => ({ point, left: place(point.startedAt), bottom: point.tookMs / scale.top })),
    spots: timeSpots(latency, steps, { lines, byMode, means }),
    marks: shownMarks.map((mark) => ({ is: "save", left: place(mark.at), ...markLabel(marks, mark.at) })),
    shown: { by: "time", from: end - spanS * 1000, to: end },
    slots: 0,
  };
}

interface StepFigures {
  readonly lines: Lines;
  readonly byMode: readonly { readonly mode: ModeFigures["mode"]; readonly y: Lines["p50"] }[];
  readonly means: readonly (Phases | null)[];
}

/** The figures at a place of the axis are those of the steps before it; its card says from when to when. */
function timeSpots({ points, end, spanS }: Latency, steps: readonly TimeStep[], figures: StepFigures): HitTarget[] {
  const stepS = spanS / windowS;
  const clock = (at: number): string => clockOf(at).slice(0, stepS < 1 ? "14:02:11.4".length : "14:02:11".length);
  const allFailed = points.filter((point) => point.isFailed);
  return steps.flatMap((step, index) => {
    const to = end + step.x * 1000;
    const from = to - smoothSteps * stepS * 1000;
    const failed = allFailed.filter(({ startedAt }) => startedAt > from && startedAt <= to);
    const [first, ...others] = step.points.length > 0 ? step.points : failed;
    if (!first) return [];
    const slowest = others.reduce((most, point) => (point.tookMs > most.tookMs ? point : most), first);
    const count = step.points.length + failed.length;
    const requests = `${plural(count, "request")}${failed.length > 0 ? `, ${failed.length} failed` : ""}`;
    return [
      {
        left: (step.x + spanS) / spanS,
        lines: [
          `${clock(from)} to ${clock(to)}, ${requests}`,
          ...(step.points.length > 0 ? [stepWords(step, index, figures)] : []),
          `slowest: #${slowest.seq}, ${formatMs(slowest.tookMs)}`,
        ],
        traceId: slowest.id,
      },
    ];
  });
}

function stepWords(step: TimeStep, index: number, { lines, byMode, means }: StepFigures): string {
  const mean = means[index];
  if (mean) return `mean: ${phasesLabel(mean, step.points)}`;
  const times =
    byMode.length > 0
      ? byMode.map(({ mode, y }) => [`${modeTraits[mode].shortLabel} p50`, y[index]] as const)
      : (["p50", "p95", "p99"] as const).map((name) => [name, lines[name][index]] as const);
  return times.flatMap(([name, ms]) => (ms == null ? [] : `${name} ${formatMs(ms)}`)).join(" · ");
}

/** Ends and middle; as times of day when the stretch does not end now. */
function timeLabels(end: number, spanS: number, isFixed: boolean): Drawing["labels"] {
  const words = (at: number): string => (at === 0 ? "now" : `−${-at} s`);
  return [-spanS, -spanS / 2, 0].map((at) => ({
    at,
    text: isFixed ? clockOf(end + at * 1000).slice(0, "14:02:11".length) : words(at),
  }));
}
