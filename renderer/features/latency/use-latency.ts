// What the graph is about and in which form: the script of the selected trace or all requests, points or time, the
// whole or a stretch that was zoomed to, and the clock that time needs.
import { useEffect, useMemo, useState } from "react";
import { maxTraces } from "../../../server/contract/limits.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import {
  isPast,
  lastPoints,
  maxPoints,
  modeFor,
  type Point,
  rateOf,
  smoothSteps,
  windowS,
} from "../../model/traces/latency-series.js";
import { useRequestRows } from "../../model/traces/requests.js";
import { type SaveMark, useSaveMarks } from "../../model/traces/save-marks.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { useLatencyChoice, zoomTo } from "./latency-state.js";
import { type ModeFigures, modeFigures } from "./mode-figures.js";
import { effectOfLastSave, type SaveEffect } from "./save-effect.js";
import type { Zoom } from "./zoom.js";

export interface Latency {
  /** Workspace path of the script; null: all requests. */
  readonly file: string | null;
  /** The script that `file` is or would be. */
  readonly script: string | null;
  readonly mode: "points" | "time";
  /** Oldest first. With a time axis they begin a little before it: the first percentiles need them. */
  readonly points: readonly Point[];
  /** Requests per second. */
  readonly rate: number;
  /** The right end of the time axis, Unix time in ms, and its length. */
  readonly end: number;
  readonly spanS: number;
  readonly zoom: Zoom | null;
  /** Every request of the subject that is known, for moving a zoom; empty without one. */
  readonly all: readonly Point[];
  readonly marks: readonly SaveMark[];
  readonly comparison: SaveEffect | null;
  /** The modes of the script, when there is more than one; empty for all requests. */
  readonly modes: readonly ModeFigures[];
  /** The same of the requests since the script was saved last: those of another version are no comparison. */
  readonly modesSinceSave: readonly ModeFigures[];
}

/** Requests a zoomed stretch shows at most. */
const maxZoomPoints = 2000;

export function useLatency(): Latency {
  const rows = useRequestRows();
  const script = useSubject();
  const scope = useLatencyChoice((choice) => choice.scope);
  const zoom = useLatencyChoice((choice) => choice.zoom);
  const file = scope === "all" ? null : script;
  const [mode, setMode] = useState<"points" | "time">("points");
  const [now, setNow] = useState(() => Date.now());
  const everyMark = useSaveMarks((state) => state.marks);
  const marks = useMemo(() => everyMark.filter((mark) => file === null || mark.file === file), [everyMark, file]);

  const last = useMemo(() => lastPoints(rows, file, maxPoints), [rows, file]);
  // A clock runs only while time is shown, or may have to be: a quiet window does nothing.
  const needsClock = mode === "time" || rateOf(last, Date.now()) > 1;
  useEffect(() => {
    if (!needsClock) return;
    const tick = (): void => setNow(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [needsClock]);

  // In time mode everything is computed once a second, however many rows come in between.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` is the beat
  const minute = useMemo(
    () => (mode === "time" ? pastOf(lastPoints(rows, file, maxTraces, now - (windowS + smoothSteps) * 1000), now) : []),
    [mode, file, now],
  );
  const rate = rateOf(mode === "time" ? minute : last, mode === "time" ? now : Date.now());
  const modeNow = modeFor(mode, rate);
  useEffect(() => setMode(modeNow), [modeNow]);
  const beat = mode === "time" ? now : last;
  // biome-ignore lint/correctness/useExhaustiveDependencies: as often as the graph itself
  const comparison = useMemo(() => comparisonOf(rows, marks), [beat, marks]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as often as the graph itself
  const { modes, modesSinceSave } = useMemo(() => modesOf(rows, file, marks), [beat, file, marks]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as often as the graph itself
  const all = useMemo(() => (zoom ? lastPoints(rows, file, maxTraces) : []), [zoom, beat, file]);
  const isGone = zoom !== null && !all.some((point) => isFrom(point, zoom));
  useEffect(() => {
    if (isGone) zoomTo(null); // the traces were cleared, or left the window's memory
  }, [isGone]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another subject has nothing at that place
  useEffect(() => () => zoomTo(null), [file]);

  return useMemo(() => {
    const shared = { file, script, rate, zoom, all, marks, comparison, modes, modesSinceSave };
    if (zoom === null) return { ...shared, mode, points: mode === "time" ? minute : last, end: now, spanS: windowS };
    if (zoom.by === "requests") {
      const points = all.filter((point) => isFrom(point, zoom)).slice(-maxZoomPoints);
      return { ...shared, mode: "points", points, end: now, spanS: windowS };
    }
    const spanS = (zoom.to - zoom.from) / 1000;
    const from = zoom.from - (spanS / windowS) * smoothSteps * 1000;
    const points = all.filter(({ startedAt }) => startedAt >= from && startedAt <= zoom.to);
    return { ...shared, mode: "time", points, end: zoom.to, spanS };
  }, [file, script, rate, zoom, all, marks, comparison, modes, modesSinceSave, mode, minute, last, now]);
}

/** The points of the stretch that the heading names: before a time axis there are some more. */
export const shownPoints = ({ mode, points, end, spanS }: Latency): readonly Point[] =>
  mode === "time" ? points.filter(({ startedAt }) => startedAt >= end - spanS * 1000) : points;

function modesOf(
  rows: readonly TraceRow[],
  file: string | null,
  marks: readonly SaveMark[],
): Pick<Latency, "modes" | "modesSinceSave"> {
  if (file === null) return { modes: [], modesSinceSave: [] };
  const now = Date.now();
  const points = lastPoints(rows, file, maxTraces);
  const savedAt = marks.findLast(({ at }) => isPast(at, now))?.at ?? 0;
  return {
    modes: modeFigures(points),
    modesSinceSave: modeFigures(points.filter(({ startedAt }) => startedAt >= savedAt)),
  };
}

/** Of the script that was saved last: requests of another one say nothing about it. */
function comparisonOf(rows: readonly TraceRow[], marks: readonly SaveMark[]): SaveEffect | null {
  const now = Date.now();
  const past = marks.filter(({ at }) => isPast(at, now));
  const saved = past.at(-1)?.file;
  if (saved === undefined) return null;
  const own = past.filter((mark) => mark.file === saved);
  return effectOfLastSave(pastOf(lastPoints(rows, saved, maxTraces), now), own);
}

const pastOf = (points: readonly Point[], now: number): readonly Point[] =>
  points.filter(({ startedAt }) => isPast(startedAt, now));

/** Whether a request is of the stretch, or, as a stretch of time may be idle, from before its end. */
const isFrom = ({ seq, startedAt }: Point, zoom: Zoom): boolean =>
  zoom.by === "time" ? startedAt <= zoom.to : seq >= zoom.from && seq <= zoom.to;

/** The script of the selected trace; a file or a path with nothing behind it does not change it. */
function useSubject(): string | null {
  const row = useTraceRow(useSelection((selection) => selection.traceId));
  const script = row?.kind === "script" ? row.file : null;
  const [subject, setSubject] = useState<string | null>(null);
  if (script !== null && script !== subject) setSubject(script);
  return script ?? subject;
}
