// Requests as points over the graph: real buttons, so that each has a name and a place in the keyboard's path
// (one tab stop, arrows move along the graph).
import { type CSSProperties, type KeyboardEvent, useRef } from "react";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatMs } from "../../format/duration.js";
import { outcomeName } from "../../format/trace-labels.js";
import type { PlacedPoint } from "./chart-layout.js";
import { shapeOf } from "./mode-figures.js";

interface LatencyPointsProps {
  readonly points: readonly PlacedPoint[];
  readonly selectedId: string | null;
  /** As bars from the bottom instead of dots. */
  readonly areBars: boolean;
  /** Each mode in its own colour. */
  readonly areModesShown: boolean;
  readonly onSelect: (id: string) => void;
  readonly onFocus: (id: string | null) => void;
}

export function LatencyPoints({ points, selectedId, areBars, areModesShown, onSelect, onFocus }: LatencyPointsProps) {
  const box = useRef<HTMLDivElement>(null);
  const slots: CSSProperties & { readonly "--slots": number } = { "--slots": Math.max(10, points.length) };
  const selected = points.findIndex(({ point }) => point.id === selectedId);
  const stop = selected >= 0 ? selected : points.length - 1;
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = [...(box.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
    const at = buttons.findIndex((button) => button.matches(":focus"));
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (at === -1 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    buttons[Math.max(0, Math.min(buttons.length - 1, next))]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the buttons inside
    <div ref={box} className="latency-points" data-bars={areBars || undefined} style={slots} onKeyDown={onKeyDown}>
      {points.map(({ point, left, bottom }, index) => (
        <button
          key={point.id}
          type="button"
          className="latency-point"
          aria-label={`#${point.seq}, ${point.outcome === "ok" ? (point.status ?? "no status") : outcomeName(point.outcome)}, ${formatMs(point.tookMs)}${areModesShown && point.mode !== null ? `, ${modeTraits[point.mode].shortLabel}` : ""}`}
          aria-current={point.id === selectedId || undefined}
          tabIndex={index === stop ? 0 : -1}
          data-trace-id={point.id}
          data-failed={point.isFailed || undefined}
          data-mode={areModesShown && !areBars ? (point.mode ?? undefined) : undefined}
          data-shape={areModesShown && !areBars ? shapeOf(point.mode) : undefined}
          style={pointStyle(left, bottom, areBars, areModesShown ? point.mode : null)}
          onFocus={(event) => onFocus(event.currentTarget.matches(":focus-visible") ? point.id : null)}
          onBlur={() => onFocus(null)}
          onClick={(event) => {
            event.stopPropagation(); // the graph under it would open what is nearest
            onSelect(point.id);
          }}
        />
      ))}
    </div>
  );
}

function pointStyle(
  left: number,
  bottom: number,
  isBar: boolean,
  mode: PlacedPoint["point"]["mode"],
): CSSProperties & { readonly "--point"?: string } {
  return {
    left: `${left * 100}%`,
    [isBar ? "height" : "bottom"]: `${bottom * 100}%`,
    ...(mode !== null && { "--point": `var(${modeTraits[mode].colour})` }),
  };
}
