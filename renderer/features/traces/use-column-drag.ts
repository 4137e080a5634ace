// Drags a column header to another place. A press that hardly moves is a click, which sorts.
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import { zoomOf } from "../../ui/zoom.js";
import { type ColumnKey, columnKeys } from "./columns.js";

/** A press that moves less is a click, px. */
const leastPx = 5;

interface Drag {
  readonly key: ColumnKey;
  /** Where it would go: before this column, at the end (null), or nowhere else (undefined). */
  readonly before: ColumnKey | null | undefined;
  /** Where a line marks the drop, px from the row's left edge. */
  readonly markPx: number;
}

interface ColumnDrag {
  readonly drag: Drag | null;
  /** For a head. */
  readonly onPress: (key: ColumnKey, event: PointerEvent) => void;
  /** For the row of all heads. */
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
  /** Whether the click that comes now ends a drag. */
  readonly isClickOfDrag: () => boolean;
}

export function useColumnDrag(
  row: RefObject<HTMLElement | null>,
  onDrop: (key: ColumnKey, before: ColumnKey | null) => void,
): ColumnDrag {
  const pressed = useRef<{ readonly key: ColumnKey; readonly x: number } | null>(null);
  const wasDragged = useRef(false);
  const [drag, setDrag] = useState<Drag | null>(null);
  const end = (): void => {
    pressed.current = null;
    setDrag(null);
  };
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      end();
    };
    addEventListener("keydown", onKey, true);
    return () => removeEventListener("keydown", onKey, true);
  });
  const onPress: ColumnDrag["onPress"] = (key, event) => {
    wasDragged.current = false;
    if (event.button === 0) pressed.current = { key, x: event.clientX };
  };
  const handlers: ColumnDrag["handlers"] = {
    onPointerMove: (event) => {
      if (!pressed.current || !row.current) return;
      if (event.buttons === 0) return end(); // dropped outside
      if (drag === null && Math.abs(event.clientX - pressed.current.x) < leastPx) return;
      if (drag === null) event.currentTarget.setPointerCapture(event.pointerId);
      wasDragged.current = true;
      const { key } = pressed.current;
      setDrag({ key, ...placeUnder(row.current, key, event.clientX) });
    },
    onPointerUp: () => {
      if (drag?.before !== undefined) onDrop(drag.key, drag.before);
      end();
    },
    onPointerCancel: end,
  };
  return { drag, onPress, handlers, isClickOfDrag: () => wasDragged.current };
}

/** The gap between two heads that is nearest to the pointer. */
function placeUnder(row: HTMLElement, key: ColumnKey, clientX: number): Pick<Drag, "before" | "markPx"> {
  const heads = [...row.querySelectorAll<HTMLElement>('[role="columnheader"]')].flatMap((head) => {
    const own = columnKeys.find((name) => name === head.dataset["column"]);
    return own === undefined ? [] : [{ key: own, box: head.getBoundingClientRect() }];
  });
  const at = heads.findIndex(({ box }) => clientX < (box.left + box.right) / 2);
  const next = at === -1 ? null : heads[at];
  const edge = next ? next.box.left : (heads.at(-1)?.box.right ?? 0);
  const own = heads.findIndex((head) => head.key === key);
  const isSame = next?.key === key || (at === -1 ? own === heads.length - 1 : own === at - 1);
  return {
    before: isSame ? undefined : (next?.key ?? null),
    markPx: (edge - row.getBoundingClientRect().left) / zoomOf(row),
  };
}
