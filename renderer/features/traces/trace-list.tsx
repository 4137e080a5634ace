// The live list of traces: newest first, virtual rows of 24 px, ARIA grid with one tab stop for its rows and one for
// its head. At the top new rows push in; scrolled away, the visible rows do not move and a button counts the new ones.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { CommandId } from "../../../server/contract/commands.js";
import type { TraceRow } from "../../../server/contract/trace.js";
import { formatCount } from "../../format/size.js";
import { focusInspector } from "../../model/traces/inspector-state.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { useMarked } from "../../model/traces/trace-comparison.js";
import { useTraceRows, useTraceStore } from "../../model/traces/trace-store.js";
import { anchor } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { ArrowUpIcon } from "../../ui/icon.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { type Column, type ColumnKey, inOrder, rowElementId } from "./columns.js";
import { useListState } from "./list-state.js";
import { useStatusHint } from "./status-hint.js";
import { TraceHead } from "./trace-head.js";
import { TraceRowView } from "./trace-row-view.js";
import { useArranged } from "./use-arranged.js";
import { rowHeight, tallRowHeight, useScrollAnchor } from "./use-scroll-anchor.js";
import { useStoredSearch } from "./use-stored-search.js";
import { scaleOf } from "./waterfall.js";
import "./trace-list.css";

const NothingFound = lazyPart(async () => (await import("./later.js")).NothingFound);
const TraceItems = lazyPart(async () => (await import("./later.js")).TraceItems);
const ColumnItems = lazyPart(async () => (await import("./later.js")).ColumnItems);
const TracesEmpty = lazyPart(async () => (await import("./later.js")).TracesEmpty);
const RunRow = lazyPart(async () => (await import("./later.js")).RunRow);
const StoredNote = lazyPart(async () => (await import("./later.js")).StoredNote);
const Missed = lazyPart(async () => (await import("./later.js")).Missed);

export function TraceList() {
  const rows = useTraceRows();
  const frozen = useListState((state) => state.frozen);
  const shown = frozen ?? rows;
  useStoredSearch(shown);
  const hasStored = useStoredRows(({ rows: stored, all }) => stored.length + all > 0);
  return shown.length === 0 && !hasStored ? <TracesEmpty /> : <Grid rows={shown} />;
}

/** Stored traces are loaded when the end of the list is so many rows away. */
const loadAhead = 40;

/** Single keys on a row, for what its menu has. */
const rowCommands: Readonly<Record<string, CommandId>> = {
  r: "trace.sendAgain",
  e: "trace.edit",
  p: "trace.pin",
  m: "trace.mark",
  c: "trace.compare",
  f: "trace.onlyPath",
  s: "trace.onlyStatus",
  h: "trace.hidePath",
  a: "trace.all",
  n: "trace.annotate",
  Delete: "trace.delete",
  u: "trace.undoDelete",
  "/": "trace.filter",
};

interface OpenMenu {
  readonly of: "row" | "head";
  /** Null: at a row, by key. */
  readonly column: ColumnKey | null;
  readonly at: { readonly x: number; readonly y: number };
}

function Grid({ rows }: { readonly rows: readonly TraceRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const traceId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const sort = useListState((state) => state.sort);
  const marked = useMarked();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { handlers, hint } = useStatusHint();
  const { columns, tracks, least } = useColumns();
  const grid = useJoinedRefs(scroller, anchor("traces.list"));
  const whole = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    whole.current?.style.setProperty("--trace-columns", tracks);
    whole.current?.style.setProperty("--trace-least", least);
  }, [tracks, least]);
  const list = useArranged(rows);
  const { count } = list;
  const hits = useStoredRows((stored) => stored.hits);
  const isTall = hits.size > 0;
  const height = isTall ? tallRowHeight : rowHeight;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: rowHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height have other places
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  // The rows for the new place are drawn with it: the scroll event, which would bring them too, may come a frame later.
  const [, redraw] = useState(0);
  const onMoved = (top: number): void => {
    virtual.scrollOffset = top;
    redraw(top);
  };
  const { unseen, onScroll, toNewest } = useScrollAnchor(scroller, list, rows.at(-1)?.seq ?? 0, height, onMoved);
  const shown = virtual.getVirtualItems();
  const visible = shown.flatMap((item) => list.at(item.index) ?? []);
  const scaleMs = scaleOf(visible);
  const selectedIndex = traceId === null ? -1 : list.indexOf(traceId);

  const lastShown = shown.at(-1)?.index ?? 0;
  const hasMore = useStoredRows(({ next, isBusy }) => next !== null && !isBusy);
  useEffect(() => {
    if (hasMore && lastShown + loadAhead >= count)
      void import("../../model/traces/stored-search.js").then(({ loadOlder }) => loadOlder());
  }, [hasMore, lastShown, count]);

  const isIncomplete = useTraceStore(({ missed, forgotten }) => missed + forgotten > 0);
  const sentId = useSelection((selection) => selection.sentId);
  const sentIndex = sentId === null ? -1 : list.indexOf(sentId);
  const shownSent = useRef(sentId); // once each: then it may be scrolled away
  useLayoutEffect(() => {
    if (sentIndex < 0 || shownSent.current === sentId) return;
    shownSent.current = sentId;
    keepVisible(scroller.current, sentIndex, height);
  }, [sentId, sentIndex, height]);

  /** To the row at this place; from the line of a run on to the next row in the same direction. */
  const go = (index: number, step: number): void => {
    let bounded = Math.max(0, Math.min(count - 1, index));
    if (list.runAt(bounded)) bounded += step < 0 && bounded > 0 ? -1 : 1;
    const row = list.at(bounded);
    if (!row) return;
    select(row.id);
    keepVisible(scroller.current, bounded, height);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isFind = (event.ctrlKey || event.metaKey) && event.key === "f";
    if (!isFind && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const commandId = isFind ? "trace.filter" : rowCommands[event.key];
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 2);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (commandId === undefined && step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (commandId !== undefined) runCommand(commandId);
    else if (step === undefined) focusInspector();
    else go(selectedIndex < 0 ? (step < 0 ? 0 : Math.min(step - 1, count - 1)) : selectedIndex + step, step);
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-trace-id]") : null;
    const id = row?.dataset["traceId"] ?? traceId; // by key it is the selected one
    if (id === null || list.indexOf(id) < 0) return;
    if (id !== traceId) select(id);
    const box = document.getElementById(rowElementId(id))?.getBoundingClientRect();
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-column]") : null;
    setMenu({
      of: "row",
      column: columns.find(({ key }) => key === cell?.dataset["column"])?.key ?? null,
      at: row ? { x: event.clientX, y: event.clientY } : { x: (box?.left ?? 0) + 60, y: box?.bottom ?? 0 },
    });
  };

  const headOf = menu?.of === "head" ? menu.column : null;
  return (
    <div ref={whole} className="trace-list">
      <div
        ref={grid}
        role="grid"
        aria-label="Traces"
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={
          traceId !== null && visible.some((row) => row.id === traceId) ? rowElementId(traceId) : undefined
        }
        tabIndex={0}
        data-pane-focus
        className="trace-list-scroller"
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        {...handlers}
      >
        <TraceHead columns={columns} sort={sort} onMenu={(column, at) => setMenu({ of: "head", column, at })} />
        <div role="rowgroup" className="trace-list-rows" style={{ height: count * height }}>
          {shown.map((item) => {
            const row = list.at(item.index);
            const run = list.runAt(item.index);
            if (run)
              return <RunRow key={`run-${run.run}-${item.index}`} run={run} index={item.index} height={height} />;
            return (
              row && (
                <TraceRowView
                  key={row.id}
                  row={row}
                  columns={columns}
                  index={item.index}
                  top={item.index * height}
                  isTall={isTall}
                  hit={hits.get(row.id) ?? null}
                  isSelected={row.id === traceId}
                  isMarked={row.id === marked}
                  scaleMs={scaleMs}
                  onSelect={select}
                />
              )
            );
          })}
        </div>
      </div>
      {count === 0 && <NothingFound of={rows.length} />}
      <StoredNote />
      {unseen > 0 && (
        <Button look="primary" size="small" className="trace-list-newer" onClick={toNewest}>
          <ArrowUpIcon className="ui-icon" aria-hidden="true" />
          {formatCount(unseen)} new
        </Button>
      )}
      {isIncomplete && <Missed />}
      <Announcement />
      {hint}
      <ContextMenu
        label={headOf === null ? "Trace" : "Columns"}
        at={menu?.at ?? null}
        onClose={() => setMenu(null)}
        returnTo={() => (document.activeElement?.closest('[role="menu"]') ? scroller.current : null)}
      >
        {headOf === null ? <TraceItems at={{ column: menu?.column ?? null }} /> : <ColumnItems of={headOf} />}
      </ContextMenu>
    </div>
  );
}

/** The shown columns, and their room as the grid's CSS. */
function useColumns(): { readonly columns: readonly Column[]; readonly tracks: string; readonly least: string } {
  const widths = useListState((state) => state.widths);
  const hidden = useListState((state) => state.hidden);
  const order = useListState((state) => state.order);
  return useMemo(() => {
    const columns = inOrder(order).filter(({ key }) => !hidden.includes(key));
    const tracks = columns.map(({ key, track }) => (widths[key] === undefined ? track : `${widths[key]}px`));
    // Something has to take the room that is left.
    if (!tracks.some((track) => track.includes("fr"))) tracks.push("1fr");
    const least = columns.map(({ key, track }) => widths[key] ?? Number.parseInt(/\d+/.exec(track)?.[0] ?? "0", 10));
    return { columns, tracks: tracks.join(" "), least: `${least.reduce((sum, px) => sum + px, 0)}px` };
  }, [widths, hidden, order]);
}

/** Announces to screen readers that a column was moved. */
const Announcement = () => (
  <span role="status" className="ui-hidden">
    {useListState((state) => state.announcement)}
  </span>
);

/** Scrolls as little as needed; the sticky head hides the first 24 px. */
function keepVisible(element: HTMLDivElement | null, index: number, height: number): void {
  if (!element) return;
  const top = index * height;
  const bottom = top + height + rowHeight;
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
}
