// uPlot in a box that may change its size and theme: axes, grid, lines and save marks on the canvas; whatever is to be
// clicked is rendered over the plotting area by React, placed in percent, so that it has a name and a focus. A zoom of
// the page is taken back for the box and everything drawn larger instead: a canvas that is stretched would be soft.
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import uPlot from "uplot";
import { useTheme } from "../../platform/theme.js";
import { zoomOf } from "../../ui/zoom.js";
import type { Scale } from "./graph-shape.js";
import "uplot/dist/uPlot.min.css";

/** A line, or the upper edge of what is filled from zero: bars, an area. `colour` is a token ("--c1"). */
export interface PlotLine {
  readonly label: string;
  readonly colour: string;
  readonly widthPx: number;
  readonly shape: "line" | "bars" | "area";
  readonly y: readonly (number | null)[];
}
/** What is drawn on the canvas; the same object as long as nothing changed. */
export interface Drawing {
  readonly x: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly xRange: readonly [number, number];
  /** The y axis runs from 0 to `top`, with a line at each `step`, ms. */
  readonly scale: Scale;
  /** The position of a label on the x axis, and its text. */
  readonly labels: readonly { readonly at: number; readonly text: string }[];
  /** Dashed lines, places on the x axis. */
  readonly marks: readonly number[];
  /** Level lines from one place on the x axis to another, half a step beyond both. */
  readonly levels: readonly { readonly from: number; readonly to: number; readonly y: number }[];
}
export interface PlotProps {
  readonly drawing: Drawing;
  /** Over the plotting area. */
  readonly children: ReactNode;
}

/** The lines of the y axis, from 0 to its top. */
const stepsOf = ({ top, step }: Scale): number[] =>
  Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);

const axisFontPx = 10;

export function Plot({ drawing, children }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const theme = useTheme((state) => state.theme);
  const latest = useRef(drawing);
  latest.current = drawing;
  const current = useRef<uPlot | null>(null);
  const [plot, setPlot] = useState<uPlot | null>(null);
  const [zoom, setZoom] = useState(1);
  const lineKey = drawing.lines.map((line) => `${line.label} ${line.shape}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours and the set of lines are fixed when a plot is made
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.zoom = String(1 / zoom);
    const made = new uPlot(optionsFor(element, latest, zoom), dataOf(latest.current), element);
    made.over.style.setProperty("--plot-zoom", String(zoom));
    current.current = made;
    setPlot(made);
    const observer = new ResizeObserver(() => {
      setZoom(zoomOf(element.parentElement));
      made.setSize(sizeOf(element));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      current.current = null;
      setPlot(null);
      made.destroy();
    };
  }, [theme, lineKey, zoom]);
  useEffect(() => {
    // By reference: in the render that changes the set of lines, `plot` is still the one that was just destroyed.
    current.current?.setData(dataOf(drawing));
    current.current?.redraw(true, true); // labels and marks are no data to uPlot: it would keep the old ones
  }, [drawing]);

  return (
    <div ref={box} className="latency-plot">
      {plot && createPortal(children, plot.over)}
    </div>
  );
}

const sizeOf = (element: HTMLElement): { width: number; height: number } => ({
  width: Math.max(60, element.clientWidth),
  height: Math.max(60, element.clientHeight),
});

function dataOf({ x, lines }: Drawing): uPlot.AlignedData {
  return [[...x], ...lines.map((line) => [...line.y])];
}

/**
 * Everything that changes with the data is read through `latest` at drawing time. `zoom`: how much larger all is drawn.
 */
function optionsFor(element: HTMLElement, latest: { readonly current: Drawing }, zoom: number): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const grid = token("--line");
  const faint = token("--faint");
  const font = `${Math.round(axisFontPx * zoom)}px ${token("--font")}`;
  return {
    ...sizeOf(element),
    padding: [8 * zoom, 22 * zoom, 0, 0],
    cursor: { show: false },
    legend: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: () => [...latest.current.xRange] },
      y: { range: () => [0, latest.current.scale.top] },
    },
    axes: [
      {
        stroke: faint,
        font,
        size: 22 * zoom,
        gap: 4 * zoom,
        grid: { show: false },
        ticks: { show: false },
        splits: () => latest.current.labels.map((label) => label.at),
        values: (_, splits) => splits.map((at) => latest.current.labels.find((label) => label.at === at)?.text ?? ""),
      },
      {
        stroke: faint,
        font,
        size: 48 * zoom,
        gap: 6 * zoom,
        grid: { stroke: grid, width: Math.round(zoom) },
        ticks: { show: false },
        splits: () => stepsOf(latest.current.scale),
        values: (_, splits) =>
          splits.map((ms, index) => axisLabel(ms, latest.current.scale.top, index === splits.length - 1)),
      },
    ],
    series: [
      {},
      ...latest.current.lines.map((line) => seriesOf({ ...line, widthPx: line.widthPx * zoom }, token(line.colour))),
    ],
    hooks: {
      draw: [
        (plot) => drawMarks(plot, latest.current.marks, token("--dim"), devicePixelRatio * zoom),
        (plot) => drawLevels(plot, latest.current.levels, token("--c4"), devicePixelRatio * zoom),
      ],
    },
  };
}

const bars = uPlot.paths.bars?.({ size: [0.8, 24], gap: 0 });

function seriesOf({ label, widthPx, shape }: PlotLine, colour: string): uPlot.Series {
  const series: uPlot.Series = { label, width: widthPx, points: { show: false }, spanGaps: false };
  if (shape === "line") return { ...series, stroke: colour };
  return { ...series, fill: colour, ...(shape === "bars" && bars && { paths: bars }) };
}

/** A number of the y axis; the uppermost names the unit. */
function axisLabel(ms: number, topMs: number, isTop: boolean): string {
  const inSeconds = topMs >= 1000;
  const value = inSeconds ? ms / 1000 : ms;
  const isWhole = Math.abs(value - Math.round(value)) < 1e-9;
  const text = isWhole ? String(Math.round(value)) : value >= 0.1 ? value.toFixed(1) : value.toFixed(2);
  return isTop ? `${text} ${inSeconds ? "s" : "ms"}` : text;
}

/** `px`: one pixel of the page in the canvas’s own. */
function drawMarks(plot: uPlot, marks: readonly number[], colour: string, px: number): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = Math.round(px);
  ctx.setLineDash([3 * px, 3 * px]);
  for (const mark of marks) {
    const x = Math.round(plot.valToPos(mark, "x", true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

function drawLevels(plot: uPlot, levels: Drawing["levels"], colour: string, px: number): void {
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * px;
  for (const { from, to, y } of levels) {
    const top = Math.round(plot.valToPos(y, "y", true));
    ctx.beginPath();
    ctx.moveTo(plot.valToPos(from - 0.45, "x", true), top);
    ctx.lineTo(plot.valToPos(to + 0.45, "x", true), top);
    ctx.stroke();
  }
  ctx.restore();
}
