// Axes and lines of the graph. Whatever is to be clicked lies over them, placed in percent, so that it has a name and a
// focus. The picture is stretched over its room; its strokes keep their widths.
import type { CSSProperties, ReactNode } from "react";
import type { Scale } from "./graph-shape.js";

/** A line, or the upper edge of what is filled from zero: bars, an area. `colour` is a token ("--c1"). */
export interface PlotLine {
  readonly label: string;
  readonly colour: string;
  readonly shape: "line" | "bars" | "area";
  /** The width of a line; bars and areas have none. */
  readonly widthPx?: number;
  readonly y: readonly (number | null)[];
}
export interface Drawing {
  readonly x: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly xRange: readonly [number, number];
  /** The y axis runs from 0 to `top`, with a line at each `step`, ms. */
  readonly scale: Scale;
  /** The position of a label on the x axis, and its text. */
  readonly labels: readonly { readonly at: number; readonly text: string }[];
  /** Level lines from one place on the x axis to another, half a step beyond both. */
  readonly levels: readonly { readonly from: number; readonly to: number; readonly y: number }[];
}

interface PlotProps {
  readonly drawing: Drawing;
  /** Over the plotting area. */
  readonly children: ReactNode;
}

export function Plot({ drawing: { x, lines, xRange, scale, labels, levels }, children }: PlotProps) {
  const [from, to] = xRange;
  const across = (at: number): number => (100 * (at - from)) / (to - from);
  const down = (ms: number): number => 100 - (100 * ms) / scale.top;
  const columns = x.map(across);
  const slots: CSSProperties & { readonly "--slots": number } = { "--slots": to - from };
  const steps = Array.from({ length: Math.round(scale.top / scale.step) + 1 }, (_, index) => index * scale.step);
  return (
    <div className="latency-plot">
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" style={slots} aria-hidden="true">
        <path className="latency-grid" d={steps.map((ms) => `M0 ${down(ms)}H100`).join("")} />
        {lines.map((line) => (
          <path
            key={line.label}
            data-shape={line.shape}
            d={pathOf(line, columns, down)}
            style={{ color: `var(${line.colour})`, strokeWidth: line.widthPx }}
          />
        ))}
        <path
          className="latency-level"
          d={levels.map(({ from, to, y }) => `M${across(from - 0.45)} ${down(y)}H${across(to + 0.45)}`).join("")}
        />
      </svg>
      {steps.map((ms) => (
        <span key={ms} className="latency-scale" data-axis="y" aria-hidden="true" style={{ top: `${down(ms)}%` }}>
          {axisLabel(ms, scale.top, ms === steps.at(-1))}
        </span>
      ))}
      {labels.map(({ at, text }) => (
        <span key={at} className="latency-scale" data-axis="x" aria-hidden="true" style={{ left: `${across(at)}%` }}>
          {text}
        </span>
      ))}
      {children}
    </div>
  );
}

/** Where nothing ended there is a gap; bars and areas stand on the axis. */
function pathOf({ shape, y }: PlotLine, columns: readonly number[], down: (ms: number) => number): string {
  return y
    .map((ms, index) => {
      if (ms === null) return "";
      const column = columns[index];
      const place = `${column} ${down(ms)}`;
      if (shape === "bars") return `M${column} 100L${place}`;
      const isFirst = y[index - 1] == null;
      if (shape === "line") return `${isFirst ? "M" : "L"}${place}`;
      return `${isFirst ? `M${column} 100` : ""}L${place}${y[index + 1] == null ? "V100" : ""}`;
    })
    .join("");
}

/** A number of the y axis; the uppermost names the unit. */
function axisLabel(ms: number, topMs: number, isTop: boolean): string {
  const inSeconds = topMs >= 1000;
  const value = inSeconds ? ms / 1000 : ms;
  const isWhole = Math.abs(value - Math.round(value)) < 1e-9;
  const text = isWhole ? String(Math.round(value)) : value >= 0.1 ? value.toFixed(1) : value.toFixed(2);
  return isTop ? `${text} ${inSeconds ? "s" : "ms"}` : text;
}
