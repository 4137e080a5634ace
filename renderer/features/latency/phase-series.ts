// Requests split by what their time went to: waiting, start (or connect), script, body, end. The same
// parts and colours as in the Timing view.
import { traitsOf } from "../../../server/contract/modes.js";
import { formatMs } from "../../format/duration.js";
import type { Point } from "../../model/traces/latency-series.js";
import { phasesOf } from "../../model/traces/phases.js";

export const phaseKinds = ["wait", "start", "script", "body", "after"] as const;
type PhaseKind = (typeof phaseKinds)[number];
export type Phases = Readonly<Record<PhaseKind, number>>;

/** A process is started for a CGI request; to one that is kept a request has to come. */
export function phaseNames(points: readonly Pick<Point, "mode">[]): Readonly<Record<PhaseKind, string>> {
  const ran = points.flatMap(({ mode }) => traitsOf(mode) ?? []);
  const kept = ran.filter(({ speaksFastcgi }) => speaksFastcgi).length;
  const start = kept === 0 ? "start" : kept === ran.length ? "connect" : "start or connect";
  return { wait: "waiting", start, script: "script", body: "body", after: "end" };
}
export const phaseColours: Readonly<Record<PhaseKind, string>> = {
  wait: "--faint",
  start: "--c4",
  script: "--c1",
  body: "--c2",
  after: "--c5",
};

/** ms by phase; together what the request took. */
export function phasesOfPoint({ timing, fastcgi, tookMs }: Pick<Point, "timing" | "fastcgi" | "tookMs">): Phases {
  const sums = { wait: 0, start: 0, script: 0, body: 0, after: 0 };
  let end = 0;
  for (const { is, from, to } of phasesOf(timing, fastcgi)) {
    sums[is] += Math.max(0, Math.min(to, tookMs) - Math.min(from, tookMs));
    end = Math.min(to, tookMs);
  }
  sums.after += tookMs - end;
  return sums;
}

/**
 * The mean of each phase over some requests; null for none. Means, because medians of
 * parts do not add up to that of the whole.
 */
export function meanPhases(points: readonly Phases[]): Phases | null {
  if (points.length === 0) return null;
  const mean = (kind: PhaseKind): number => points.reduce((sum, phases) => sum + phases[kind], 0) / points.length;
  return { wait: mean("wait"), start: mean("start"), script: mean("script"), body: mean("body"), after: mean("after") };
}

/** Tops of the stacked phases, in drawing order: the last (highest) first. */
export function stacked(
  all: readonly (Phases | null)[],
): { readonly kind: PhaseKind; readonly y: readonly (number | null)[] }[] {
  return phaseKinds
    .map((kind, index) => ({
      kind,
      y: all.map((phases) => phases && phaseKinds.slice(0, index + 1).reduce((sum, below) => sum + phases[below], 0)),
    }))
    .reverse();
}

/** `waiting 0.2 ms · script 18.0 ms`, without those that took no time to speak of. `points`: whose they are. */
export function phasesLabel(phases: Phases, points: readonly Pick<Point, "mode">[]): string {
  const names = phaseNames(points);
  return phaseKinds
    .flatMap((kind) => (phases[kind] >= 0.05 ? [`${names[kind]} ${formatMs(phases[kind])}`] : []))
    .join(" · ");
}
