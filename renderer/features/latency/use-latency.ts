// What the graph is about and in which form: the script of the selected trace, points or time, and the clock that time needs.
import { useEffect, useMemo, useState } from "react";
import { useSelection } from "../../app/selection.js";
import { useTraceRow, useTraceRows } from "../traces/index.js";
import { lastPoints, maxPoints, modeFor, type Point, rateOf, windowS } from "./series.js";

export interface Latency {
  /** Workspace path of the script; null: all requests. */
  readonly file: string | null;
  readonly mode: "points" | "time";
  readonly points: readonly Point[];
  /** Requests per second. */
  readonly rate: number;
  /** The right end of the time axis, Unix time in ms. */
  readonly now: number;
}

/** Requests the time axis looks at; at more than 160 a second the minute is shorter than it says, which the row bound makes anyway. */
const maxTimePoints = 10_000;

export function useLatency(): Latency {
  const rows = useTraceRows();
  const file = useSubject();
  const [mode, setMode] = useState<"points" | "time">("points");
  const [now, setNow] = useState(() => Date.now());

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
  const minute = useMemo(() => (mode === "time" ? lastPoints(rows, file, maxTimePoints, now - (windowS + 5) * 1000) : []), [mode, file, now]);
  const rate = rateOf(mode === "time" ? minute : last, mode === "time" ? now : Date.now());
  const wished = modeFor(mode, rate);
  useEffect(() => setMode(wished), [wished]);
  const points = mode === "time" ? minute : last;
  return useMemo(() => ({ file, mode, points, rate, now }), [file, mode, points, rate, now]);
}

/** The script of the selected trace; a file or a path with nothing behind it does not change it. */
function useSubject(): string | null {
  const row = useTraceRow(useSelection((selection) => selection.traceId));
  const script = row?.kind === "script" ? row.file : null;
  const [subject, setSubject] = useState<string | null>(null);
  if (script !== null && script !== subject) setSubject(script);
  return script ?? subject;
}
