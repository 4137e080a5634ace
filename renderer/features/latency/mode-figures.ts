// One script in more than one mode: the middle of each side by side, and where in
// the graph the one gives way to the other.
import { type Mode, modeTraits, traitsOf } from "../../../server/contract/modes.js";
import { formatShort } from "../../format/short-duration.js";
import { enoughRequests, type Point, summaryOf } from "../../model/traces/latency-series.js";

export interface ModeFigures {
  readonly mode: Mode;
  /** Without those that failed: `p50` is of the others. */
  readonly requests: number;
  readonly p50: number;
}

/**
 * Those with an answer among the points, in the order in which they were first
 * used; fewer than two are nothing to compare.
 */
export function modeFigures(points: readonly Point[]): readonly ModeFigures[] {
  const byMode = new Map<Mode, Point[]>();
  for (const point of points) {
    if (point.mode === null) continue;
    const own = byMode.get(point.mode);
    if (own) own.push(point);
    else byMode.set(point.mode, [point]);
  }
  const all = [...byMode].flatMap(([mode, own]) => {
    const { p50, failed } = summaryOf(own);
    return p50 === null ? [] : [{ mode, requests: own.length - failed, p50 }];
  });
  return all.length < 2 ? [] : all;
}

const short = (ms: number): string =>
  ms >= 100 ? formatShort(ms) : `${ms >= 0.095 ? ms.toFixed(1) : ms.toFixed(2)} ms`;
const times = (factor: number): string => (factor >= 10 ? factor.toFixed(0) : factor.toFixed(1));

interface ModeFiguresLabel {
  readonly text: string;
  readonly tone: "ok" | "bad" | "dim";
  /** How many requests the figures are of. */
  readonly details: string;
}

/** `CGI 14.2 ms → FastCGI 0.8 ms, 18×`; a slower mode is named as slower. Without a factor of few requests. */
export function modeFiguresLabel(figures: readonly ModeFigures[]): ModeFiguresLabel {
  const one = ({ mode, p50 }: ModeFigures): string => `${modeTraits[mode].shortLabel} ${short(p50)}`;
  const details = `p50 of ${figures.map(({ mode, requests }) => `${requests} as ${modeTraits[mode].shortLabel}`).join(", ")}`;
  const [first, second, ...more] = figures;
  if (!first || !second || more.length > 0) return { text: figures.map(one).join(" · "), tone: "dim", details };
  const factor = first.p50 / Math.max(second.p50, 0.001);
  const isEnough = Math.min(first.requests, second.requests) >= enoughRequests;
  const tone = isEnough && factor >= 1.05 ? "ok" : isEnough && factor <= 0.95 ? "bad" : "dim";
  const words = tone === "ok" ? `, ${times(factor)}×` : tone === "bad" ? `, ${times(1 / factor)}× slower` : "";
  return { text: `${one(first)} → ${one(second)}${words}`, tone, details };
}

/** A change of mode: before the point with this index. */
interface ModeSwitch {
  readonly index: number;
  readonly to: Mode;
  /** Unix time in ms of the first request in it. */
  readonly at: number;
}

export function modeSwitches(points: readonly Point[]): readonly ModeSwitch[] {
  const switches: ModeSwitch[] = [];
  let before: Mode | null = null;
  points.forEach(({ mode, startedAt }, index) => {
    if (mode === null) return;
    if (before !== null && mode !== before) switches.push({ index, to: mode, at: startedAt });
    before = mode;
  });
  return switches;
}

/** A circle for a new process each time, a square for one that serves further requests. */
export const shapeOf = (mode: Mode | null): "circle" | "square" =>
  traitsOf(mode)?.speaksFastcgi ? "square" : "circle";
