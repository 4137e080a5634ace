// Everything over the plotting area that reacts to the pointer or the keyboard: a card about the point, a click to its
// trace, a drag to zoom. The points lie inside; they are buttons of their own.
import { type MouseEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useEscape } from "../../ui/use-escape.js";
import type { HitTarget, PlacedMark } from "./chart-layout.js";

// The labels beside the dashed lines of the graph: as many labels as have room, the newest first, none over another.
interface MarkLabel {
  readonly text: string;
  /**
   * The line's place, and where the room beside it ends: left of the line when that is smaller. Shares of the width.
   */
  readonly left: number;
  readonly right: number;
}

/** A label takes about so much of the width; with less it would be cut to nothing. */
const least = 0.22;
const most = 0.34;

export function markLabels(marks: readonly Pick<PlacedMark, "left" | "label">[]): MarkLabel[] {
  const sorted = [...marks].sort((a, b) => a.left - b.left);
  const labels: MarkLabel[] = [];
  let end = 1; // of the room that is left
  for (const [index, { left, label }] of [...sorted.entries()].reverse()) {
    const before = sorted[index - 1]?.left ?? 0;
    if (end - left >= least) labels.push({ text: label, left, right: Math.min(end, left + most) });
    else if (left - before >= least && left <= end)
      labels.push({ text: label, left, right: Math.max(before, left - most) });
    end = Math.min(left, labels.at(-1)?.right ?? left);
  }
  return labels.reverse();
}

interface PlotLayerProps {
  readonly spots: readonly HitTarget[];
  readonly marks: readonly PlacedMark[];
  /** The spot that the keyboard is at. */
  readonly focused: HitTarget | null;
  readonly onSelect?: (traceId: string) => void;
  /** A stretch was dragged, in shares of the width. Without it there is no drag. */
  readonly onZoom?: (left: number, right: number) => void;
  readonly children: ReactNode;
}

/** A press that moves less is a click, pixels. */
const dragPx = 4;
/** A spot further away than this is not meant, pixels. */
const reachPx = 28;

interface Drag {
  readonly from: number;
  readonly to: number;
}

export function PlotLayer({ spots, marks, focused, onSelect, onZoom, children }: PlotLayerProps) {
  const [hovered, setHovered] = useState<HitTarget | null>(null);
  /** Escape has hidden the card of this place or trace. */
  const [hidden, setHidden] = useState<number | string | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const pressed = useRef<number | null>(null);
  const wasDragged = useRef(false);

  const shareAt = (event: MouseEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
  };
  const spotAt = (event: MouseEvent): HitTarget | null => {
    const at = shareAt(event);
    const nearest = spots.reduce<HitTarget | null>(
      (best, spot) => (best === null || Math.abs(spot.left - at) < Math.abs(best.left - at) ? spot : best),
      null,
    );
    return nearest && Math.abs(nearest.left - at) * event.currentTarget.clientWidth <= reachPx ? nearest : null;
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (pressed.current === null) {
      setHovered(spotAt(event));
      return;
    }
    const from = pressed.current;
    const to = shareAt(event);
    if (drag === null && Math.abs(to - from) * event.currentTarget.clientWidth < dragPx) return;
    if (drag === null) event.currentTarget.setPointerCapture(event.pointerId);
    setHovered(null);
    setDrag({ from, to });
  };
  const end = (): void => {
    pressed.current = null;
    setDrag(null);
  };
  const onPointerUp = (): void => {
    wasDragged.current = drag !== null;
    if (drag) onZoom?.(drag.from, drag.to);
    end();
  };
  const onClickCapture = (event: MouseEvent): void => {
    // The click event that ends a drag is ignored, also for the point under it.
    if (wasDragged.current) event.stopPropagation();
    wasDragged.current = false;
  };
  const current = hovered && spots.includes(hovered) ? hovered : focused;
  const meant = (current === hovered ? hovered?.left : (focused?.traceId ?? focused?.left)) ?? null;
  // The next second's picture has other spots: what the pointer rests on is known again when it moves.
  const isKnown = current !== null || hovered === null;
  if (hidden !== null && isKnown && meant !== hidden) setHidden(null);
  const card = meant === hidden ? null : current;
  useEscape(card !== null, () => setHidden(meant));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for pointers; with the keyboard the group around it zooms and the points are buttons
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div
      className="latency-layer"
      onPointerDown={(event) => {
        if (onZoom && event.button === 0) pressed.current = shareAt(event);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={end}
      onPointerLeave={() => {
        setHovered(null);
        if (drag === null) pressed.current = null;
      }}
      onClickCapture={onClickCapture}
      onClick={(event) => {
        const spot = spotAt(event);
        if (spot?.traceId != null) onSelect?.(spot.traceId);
      }}
    >
      {marks.map(({ is, left, words }) => (
        <span
          key={`${is} ${left}`}
          className="latency-mark"
          data-mark={is}
          title={words}
          style={{ left: `${left * 100}%` }}
        />
      ))}
      {markLabels(marks).map(({ left, right, text }) => (
        <span
          key={text + left}
          className="ui-dim latency-mark-label ui-cut"
          aria-hidden="true"
          data-side={right > left ? "right" : "left"}
          style={
            right > left
              ? { left: `${left * 100}%`, maxWidth: `${(right - left) * 100}%` }
              : { right: `${(1 - left) * 100}%`, maxWidth: `${(left - right) * 100}%` }
          }
        >
          {text}
        </span>
      ))}
      {card && <span className="latency-cross" style={{ left: `${card.left * 100}%` }} />}
      {children}
      {drag && (
        <span
          className="latency-drag"
          style={{ left: `${Math.min(drag.from, drag.to) * 100}%`, width: `${Math.abs(drag.to - drag.from) * 100}%` }}
        />
      )}
      {card && !drag && (
        <div
          className="ui-card ui-figures latency-card"
          data-part="card"
          aria-hidden="true"
          style={{ left: `${card.left * 100}%`, transform: `translateX(${card.left * -100}%)` }}
        >
          {card.lines.map((line) => (
            <span key={line} className="ui-cut">
              {line}
            </span>
          ))}
          {card.traceId !== null && <span className="ui-faint">click to open its trace, drag to zoom</span>}
        </div>
      )}
    </div>
  );
}
