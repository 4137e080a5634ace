// Requests as points over the graph: real buttons, so that each has a name, a hint and a place in the keyboard's path (one tab
// stop, arrows move along the graph).
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import { formatMs } from "../timing/index.js";
import { outcomeName } from "../traces/index.js";
import type { Point } from "./series.js";

export interface PlacedPoint {
  readonly point: Point;
  /** Shares of the plotting area, from its left and bottom edge. */
  readonly left: number;
  readonly bottom: number;
}

export function LatencyPoints({
  points,
  selectedId,
  onSelect,
}: {
  readonly points: readonly PlacedPoint[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const slots: CSSProperties & { readonly "--slots": number } = { "--slots": Math.max(10, points.length) };
  const stop = Math.max(
    points.findIndex(({ point }) => point.id === selectedId),
    points.length === 0 ? -1 : points.some(({ point }) => point.id === selectedId) ? 0 : points.length - 1,
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(box.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at === -1 || next === undefined) return;
    event.preventDefault();
    buttons[Math.max(0, Math.min(buttons.length - 1, next))]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the buttons inside
    <div ref={box} className="latency-points" style={slots} onKeyDown={onKeyDown}>
      {points.map(({ point, left, bottom }, index) => {
        const name = `#${point.seq}, ${point.outcome === "ok" ? (point.status ?? "no status") : outcomeName(point.outcome)}, ${formatMs(point.tookMs)}`;
        return (
          <button
            key={point.id}
            type="button"
            className="latency-point"
            aria-label={name}
            aria-current={point.id === selectedId || undefined}
            title={name}
            tabIndex={index === stop ? 0 : -1}
            data-trace-id={point.id}
            data-failed={point.isFailed || undefined}
            style={{ left: `${left * 100}%`, bottom: `${bottom * 100}%` }}
            onClick={() => onSelect(point.id)}
          />
        );
      })}
    </div>
  );
}
