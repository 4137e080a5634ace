// The list's header row: a click sorts, a drag moves a column, its edge resizes it. One stop for Tab; Left and Right go
// from header to header, with Alt they move the column, with Shift they change its width.
// biome-ignore-all lint/a11y/useSemanticElements: the grid's rows are placed one by one, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the button inside has the focus
import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from "react";
import { ChevronDownIcon, ChevronUpIcon } from "../../ui/icon.js";
import { zoomOf } from "../../ui/zoom.js";
import { type Column, type ColumnKey, isSortable } from "./columns.js";
import { placeColumn, type Sort, setCurrentColumn, setWidth, sortBy, stepColumn, useListState } from "./list-state.js";
import { useColumnDrag } from "./use-column-drag.js";

/** One key press makes a column this much wider, px. */
const widthStep = 10;

interface TraceHeadProps {
  readonly columns: readonly Column[];
  readonly sort: Sort | null;
  /** The menu of the columns, at a point of the window. */
  readonly onMenu: (column: ColumnKey, at: { readonly x: number; readonly y: number }) => void;
}

export function TraceHead({ columns, sort, onMenu }: TraceHeadProps) {
  const row = useRef<HTMLDivElement>(null);
  const current = useListState((state) => state.current);
  const { drag, onPress, handlers, isClickOfDrag } = useColumnDrag(row, placeColumn);
  const isMovedByKey = useRef(false);
  // An element that moves in the page loses the focus.
  useLayoutEffect(() => {
    if (isMovedByKey.current && current !== null && columns.some(({ key }) => key === current))
      buttonOf(row.current, current)?.focus();
    isMovedByKey.current = false;
  }, [columns, current]);
  const focusable = (columns.find(({ key }) => key === current) ?? columns[0])?.key;

  const onKeyDown = (event: KeyboardEvent, key: ColumnKey): void => {
    event.stopPropagation(); // the rows have their own use for these keys
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.metaKey || (event.altKey && event.shiftKey)) return;
    event.preventDefault();
    if (event.altKey) {
      isMovedByKey.current = true;
      stepColumn(key, step);
      return;
    }
    if (event.shiftKey) {
      setWidth(key, widthOf(row.current, key) + step * widthStep);
      return;
    }
    const next = columns[columns.findIndex((column) => column.key === key) + step];
    if (!next) return;
    setCurrentColumn(next.key);
    buttonOf(row.current, next.key)?.focus();
  };

  return (
    <div
      ref={row}
      role="row"
      aria-rowindex={1}
      className="ui-dim ui-list-head trace-list-head"
      {...handlers}
      onContextMenu={(event) => {
        event.preventDefault();
        event.stopPropagation();
        const of =
          event.target instanceof Element
            ? event.target.closest<HTMLElement>("[data-column]")?.dataset["column"]
            : undefined;
        const column = columns.find(({ key }) => key === of)?.key ?? focusable;
        if (column !== undefined) onMenu(column, { x: event.clientX, y: event.clientY });
      }}
    >
      {columns.map((column) => {
        const direction = sort?.column === column.key ? sort.direction : null;
        const Arrow = direction === "ascending" ? ChevronUpIcon : ChevronDownIcon;
        return (
          <div
            key={column.key}
            role="columnheader"
            className="trace-cell"
            data-column={column.key}
            data-dragged={drag?.key === column.key || undefined}
            aria-sort={isSortable(column.key) ? (direction ?? "none") : undefined}
          >
            <button
              type="button"
              className="ui-row trace-head-button"
              aria-label={column.name}
              title={`${isSortable(column.key) ? `Click to sort by ${column.name.toLowerCase()}, drag` : "Drag"} to move. Alt+arrow moves, Shift+arrow resizes`}
              tabIndex={column.key === focusable ? 0 : -1}
              onFocus={() => setCurrentColumn(column.key)}
              onKeyDown={(event) => onKeyDown(event, column.key)}
              onClick={() => isSortable(column.key) && !isClickOfDrag() && sortBy(column.key)}
              onPointerDown={(event) => onPress(column.key, event)}
            >
              <span className="ui-cut">{column.title}</span>
              {direction !== null && <Arrow className="trace-row-mark" />}
            </button>
            <Edge column={column} width={() => widthOf(row.current, column.key)} />
          </div>
        );
      })}
      {drag && drag.before !== undefined && (
        <span className="trace-head-place" aria-hidden="true" style={{ left: drag.markPx }} />
      )}
    </div>
  );
}

/** The right edge, for a pointer; for keys there is the header itself. */
function Edge({ column, width }: { readonly column: Column; readonly width: () => number }) {
  const drag = useRef<{ readonly x: number; readonly px: number } | null>(null);
  const onMove = (event: PointerEvent<HTMLElement>): void => {
    if (drag.current)
      setWidth(column.key, drag.current.px + (event.clientX - drag.current.x) / zoomOf(event.currentTarget));
  };
  const end = (): void => {
    drag.current = null;
  };
  return (
    <div
      className="trace-head-edge"
      aria-hidden="true"
      title="Drag to resize, double-click to fit the content"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, px: width() };
      }}
      onPointerMove={onMove}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={(event) =>
        setWidth(column.key, fittingWidth(event.currentTarget.closest('[role="grid"]'), column.key))
      }
    />
  );
}

const cellOf = (row: HTMLElement | null, key: ColumnKey): HTMLElement | null =>
  row?.querySelector<HTMLElement>(`[data-column="${key}"]`) ?? null;
const buttonOf = (row: HTMLElement | null, key: ColumnKey): HTMLElement | null =>
  cellOf(row, key)?.querySelector("button") ?? null;
const widthOf = (row: HTMLElement | null, key: ColumnKey): number =>
  (cellOf(row, key)?.getBoundingClientRect().width ?? 0) / zoomOf(row);

/** What the widest cell of a column on the screen needs, px; null when there is nothing to measure. */
function fittingWidth(grid: Element | null, key: ColumnKey): number | null {
  if (!grid) return null;
  const room = document.createElement("div");
  room.className = "trace-measure";
  for (const cell of grid.querySelectorAll(`[data-column="${key}"]`)) room.append(cell.cloneNode(true));
  grid.append(room);
  const width = Math.max(0, ...[...room.children].map((cell) => cell.getBoundingClientRect().width)) / zoomOf(room);
  room.remove();
  return width === 0 ? null : Math.ceil(width);
}
