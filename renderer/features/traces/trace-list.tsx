// The live list of traces: newest first, virtual rows of 24 px, ARIA grid with one tab stop. At the top new rows push in; scrolled
// away, what is on the screen does not move and a button counts what came meanwhile.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { useSelection } from "../../app/selection.js";
import { Button } from "../../ui/button.js";
import { ArrowUpIcon } from "../../ui/icon.js";
import { formatCount } from "../bytes/index.js";
import { TraceListTitle } from "./trace-list-title.js";
import { columns, rowElementId, TraceRowView } from "./trace-row-view.js";
import { placeFromNewest } from "./trace-rows.js";
import { useTraceRows, useTraceStore } from "./trace-store.js";
import { TracesEmpty } from "./traces-empty.js";
import { scaleOf } from "./waterfall.js";
import "./trace-list.css";

const rowHeight = 24;
/** Scrolled down by more than this, the list holds its place. */
const stickyPx = 5;

export function TraceList() {
  const rows = useTraceRows();
  return rows.length === 0 ? <TracesEmpty /> : <Grid rows={rows} />;
}

function Grid({ rows }: { readonly rows: readonly TraceRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const traceId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const count = rows.length;
  const at = (index: number): TraceRow | undefined => rows[count - 1 - index];
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12, scrollMargin: rowHeight });
  const { unseen, onScroll, toNewest } = useHeldPlace(scroller, rows);
  const shown = virtual.getVirtualItems();
  const visible = shown.flatMap((item) => at(item.index) ?? []);
  const scaleMs = scaleOf(visible);
  const selectedIndex = traceId === null ? -1 : indexFromNewest(rows, traceId);

  const go = (index: number): void => {
    const bounded = Math.max(0, Math.min(count - 1, index));
    const row = at(bounded);
    if (!row) return;
    select(row.id);
    keepVisible(scroller.current, bounded);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: page, PageUp: -page, Home: -count, End: count };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    go(selectedIndex < 0 ? (step < 0 ? 0 : Math.min(step - 1, count - 1)) : selectedIndex + step);
  };

  return (
    <div className="trace-list">
      <TraceListTitle count={count} />
      <div
        ref={scroller}
        role="grid"
        aria-label="Traces"
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={traceId !== null && visible.some((row) => row.id === traceId) ? rowElementId(traceId) : undefined}
        tabIndex={0}
        data-pane-focus
        className="trace-list-scroller"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="trace-list-head">
          {columns.map((column) => (
            <div key={column.key} role="columnheader" className="trace-cell" data-column={column.key}>
              {column.title}
            </div>
          ))}
        </div>
        <div role="rowgroup" className="trace-list-rows" style={{ height: count * rowHeight }}>
          {shown.map((item) => {
            const row = at(item.index);
            return (
              row && (
                <TraceRowView
                  key={row.id}
                  row={row}
                  index={item.index}
                  top={item.index * rowHeight}
                  isSelected={row.id === traceId}
                  scaleMs={scaleMs}
                  onSelect={select}
                />
              )
            );
          })}
        </div>
      </div>
      {unseen > 0 && (
        <Button look="primary" size="small" className="trace-list-newer" onClick={toNewest}>
          <ArrowUpIcon className="ui-icon" aria-hidden="true" />
          {formatCount(unseen)} new
        </Button>
      )}
      <Missed />
    </div>
  );
}

/** What the list does not hold is said, never silent. */
function Missed() {
  const missed = useTraceStore((state) => state.missed);
  const forgotten = useTraceStore((state) => state.forgotten);
  if (missed === 0 && forgotten === 0) return null;
  const words = [
    missed > 0 ? `${formatCount(missed)} changes had left the server’s memory before this window read them.` : "",
    forgotten > 0 ? `The ${formatCount(forgotten)} oldest rows have left this list.` : "",
  ];
  return (
    <p role="status" className="trace-list-note">
      {words.filter((sentence) => sentence !== "").join(" ")}
    </p>
  );
}

/** Keeps the rows on the screen where they are while others come in above them: the first visible row is the anchor. */
function useHeldPlace(scroller: React.RefObject<HTMLDivElement | null>, rows: readonly TraceRow[]) {
  const newest = rows[rows.length - 1]?.seq ?? 0;
  const [seen, setSeen] = useState(newest);
  const before = useRef(rows);
  useLayoutEffect(() => {
    const element = scroller.current;
    const previous = before.current;
    before.current = rows;
    if (!element || previous === rows || element.scrollTop <= stickyPx) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    const anchor = previous[previous.length - 1 - first];
    if (!anchor) return;
    const moved = placeFromNewest(rows, anchor.seq) - first;
    if (moved !== 0) element.scrollTop += moved * rowHeight;
  }, [rows, scroller]);
  useEffect(() => {
    if ((scroller.current?.scrollTop ?? 0) <= stickyPx) setSeen(newest);
  }, [newest, scroller]);
  const onScroll = (): void => {
    if ((scroller.current?.scrollTop ?? 0) <= stickyPx) setSeen(newest);
  };
  const toNewest = (): void => {
    if (scroller.current) scroller.current.scrollTop = 0;
    setSeen(newest);
  };
  // Sequence numbers are dense within a server's life; another generation begins below what was seen.
  return { unseen: Math.max(0, newest - seen), onScroll, toNewest };
}

function indexFromNewest(rows: readonly TraceRow[], id: string): number {
  for (let i = rows.length - 1; i >= 0; i--) if (rows[i]?.id === id) return rows.length - 1 - i;
  return -1;
}

/** Scrolls as little as needed; the sticky head hides the first 24 px. */
function keepVisible(element: HTMLDivElement | null, index: number): void {
  if (!element) return;
  const top = index * rowHeight;
  const bottom = top + rowHeight * 2;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
}
