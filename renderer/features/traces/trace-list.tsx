// The live list of traces: newest first, virtual rows of 24 px, ARIA grid with one tab stop for its rows and one for
// its head. At the top new rows push in; scrolled away, the visible rows do not move and a button counts the new ones.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type CommandId, commandIds, listKey } from "../../../server/contract/commands.js";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { formatCount } from "../../format/size.js";
import { focusInspector } from "../../model/traces/inspector-state.js";
import { useTraceList } from "../../model/traces/list.js";
import { seekTrace, showPlaces } from "../../model/traces/list-feed.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import { useMarked } from "../../model/traces/trace-comparison.js";
import { indexOf } from "../../model/traces/trace-rows.js";
import { useTraceRows, useTraceStore } from "../../model/traces/trace-store.js";
import { anchor } from "../../platform/anchors.js";
import { runCommand } from "../../platform/command-registry.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { keyOf } from "../../platform/shortcuts.js";
import { useToday } from "../../platform/use-today.js";
import { Button } from "../../ui/button.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { ArrowUpIcon } from "../../ui/icon.js";
import { keepRowVisible, rowByKey, rowsIn, scaleOfList, useMovedViewport } from "../../ui/use-fixed-rows.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { type Column, type ColumnKey, inOrder, rowElementId } from "./columns.js";
import { rowTest } from "./filter/row-test.js";
import { useListState } from "./list-state.js";
import { type ListView, useListView } from "./list-view.js";
import { revealHit } from "./reveal-hit.js";
import { useStatusHint } from "./status-hint.js";
import { TraceHead } from "./trace-head.js";
import { TraceRowView } from "./trace-row-view.js";
import { rowHeight, tallRowHeight, useScrollAnchor } from "./use-scroll-anchor.js";
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
  const all = useStoredRows((stored) => stored.all);
  return all === 0 ? <TracesEmpty /> : <Grid />;
}

/** The commands of the list, by their single keys. */
const listCommands: ReadonlyMap<string | null, CommandId> = new Map(commandIds.map((id) => [listKey(id), id]));

/** Letters that lead to where an arrow does. */
const letters: Readonly<Record<string, string>> = { j: "ArrowDown", k: "ArrowUp" };

interface OpenMenu {
  readonly of: "row" | "head";
  /** Null: at a row, by key. */
  readonly column: ColumnKey | null;
  readonly at: { readonly x: number; readonly y: number };
}

function Grid() {
  const scroller = useRef<HTMLDivElement>(null);
  const traceId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const sort = useListState((state) => state.sort);
  const isFiltered = useListState(({ query }) => query.length > 0);
  const marked = useMarked();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const { handlers, hint } = useStatusHint();
  const { columns, tracks, least } = useColumns();
  const grid = useJoinedRefs(useJoinedRefs(scroller, anchor("traces.list")), keepsFocus);
  const whole = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    whole.current?.style.setProperty("--trace-columns", tracks);
    whole.current?.style.setProperty("--trace-least", least);
  }, [tracks, least]);
  const list = useListView();
  const { count } = list;
  const hits = useTraceList((listed) => listed.hits);
  const isTall = useTraceList((listed) => listed.hasHits);
  const height = isTall ? tallRowHeight : rowHeight;
  const [viewport, onMoved] = useMovedViewport(scroller);
  const scale = scaleOfList(count * height, viewport.height - rowHeight);
  const { newest, newerThan } = useNewer(sort !== null);
  const { scrollTop, unseen, onScroll, toNewest } = useScrollAnchor({
    scroller,
    list,
    newest,
    newerThan,
    height,
    scale,
    onMoved,
    scrollTop: viewport.top,
  });
  const top = scale.toTop(scrollTop);
  const { first, end } = rowsIn({ ...viewport, top }, count, height);
  const shown = Array.from({ length: end - first }, (_, index) => first + index);
  const visible = shown.flatMap((index) => list.at(index) ?? []);
  const scaleMs = scaleOf(visible);
  const today = useToday();
  const known = traceId === null ? -1 : list.indexOf(traceId);
  const selectedIndex = useLastPlace(traceId, known);
  useShownPlaces(list, first, end);

  /** Where the selection goes when the row there has been read. */
  const awaited = useRef<{ readonly index: number; readonly step: number } | null>(null);
  const isIncomplete = useTraceStore(({ missed, forgotten }) => missed + forgotten > 0);
  const sentId = useSelection((selection) => selection.sentId);
  const sentIndex = sentId === null ? -1 : list.indexOf(sentId);
  const shownSent = useRef(sentId); // once each: then it may be scrolled away
  useLayoutEffect(() => {
    if (shownSent.current === sentId) return;
    if (sentIndex < 0) return seekTrace(sentId);
    shownSent.current = sentId;
    keepRowVisible(scroller.current, sentIndex, height, rowHeight, scale);
    onScroll();
  }, [sentId, sentIndex, height, scale, onScroll]);

  const choose = useCallback(
    (id: string): void => {
      awaited.current = null;
      select(id);
    },
    [select],
  );
  /** Within the list; from the line of a run on to the next row in the same direction. */
  const placeOf = (index: number, step: number): number => {
    const bounded = Math.max(0, Math.min(count - 1, index));
    return list.runAt(bounded) ? bounded + (step < 0 && bounded > 0 ? -1 : 1) : bounded;
  };
  /** The row at a place, once it is there. */
  const go = (index: number, step: number): void => {
    const place = placeOf(index, step);
    const row = list.at(place);
    awaited.current = row || count === 0 ? null : { index, step };
    if (row) select(row.id);
    keepRowVisible(scroller.current, place, height, rowHeight, scale);
    onScroll();
  };
  useEffect(() => {
    if (awaited.current === null) return;
    const { index, step } = awaited.current;
    if (count === 0 || list.at(placeOf(index, step))) go(index, step);
  });
  /** Whoever scrolls is not brought back. */
  const stopAwaiting = (): void => {
    awaited.current = null;
  };
  const hitOf = (id: string): SearchHit | null => hits.get(id) ?? null;
  const showSelected = (): void => {
    const hit = traceId === null ? null : hitOf(traceId);
    if (traceId !== null && hit) revealHit(traceId, hit);
    focusInspector();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = keyOf(event);
    const isFind = (event.ctrlKey || event.metaKey) && key === "f";
    if (!isFind && (event.ctrlKey || event.metaKey || event.altKey)) return;
    const commandId = isFind ? "trace.filter" : listCommands.get(key);
    const { ctrlKey, metaKey, altKey, currentTarget } = event;
    const pressed = { key: letters[key] ?? key, ctrlKey, metaKey, altKey, currentTarget };
    const place = rowByKey(pressed, selectedIndex, count, height, { headPx: rowHeight });
    if (commandId === undefined && place === null && key !== "Enter") return;
    event.preventDefault();
    if (commandId !== undefined) runCommand(commandId);
    else if (place === null) showSelected();
    else go(key === "End" ? Number.POSITIVE_INFINITY : place, place - selectedIndex); // the list may grow meanwhile
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-trace-id]") : null;
    const id = row?.dataset["traceId"] ?? traceId; // by key it is the selected one
    if (id === null || list.indexOf(id) < 0) return;
    select(id); // also the selected one: following ends, so the menu stays with its trace
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
    <div ref={whole} className="ui-pane trace-list">
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
        className="ui-list trace-list-scroller"
        onScroll={onScroll}
        onWheel={stopAwaiting}
        onPointerDownCapture={stopAwaiting} // on the scrollbar, too
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        {...handlers}
      >
        <TraceHead columns={columns} sort={sort} onMenu={(column, at) => setMenu({ of: "head", column, at })} />
        <div role="rowgroup" className="ui-list-rows" style={{ height: scale.px }}>
          {shown.map((index) => {
            const place = { index, top: index * height - top + scrollTop };
            const row = list.at(index);
            const run = list.runAt(index);
            if (run) return <RunRow key={`run-${run.run}-${index}`} run={run} {...place} height={height} />;
            if (!row) return <AwaitedRow key={index} {...place} height={height} />;
            return (
              <TraceRowView
                key={row.id}
                {...{ row, columns, isTall, scaleMs, today, ...place }}
                hit={hitOf(row.id)}
                isSelected={row.id === traceId}
                isMarked={row.id === marked}
                onSelect={choose}
              />
            );
          })}
        </div>
      </div>
      {count === 0 && isFiltered && <NothingFound />}
      <StoredNote />
      {unseen > 0 && (
        <Button
          ref={keepsFocus}
          look="primary"
          size="small"
          className="trace-list-newer"
          onClick={() => {
            stopAwaiting();
            toNewest();
          }}
        >
          <ArrowUpIcon />
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
        returnTo={() => scroller.current}
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

/** The place of the selected row, also while it is not there: the arrows go on from where it was. */
function useLastPlace(id: string | null, index: number): number {
  const last = useRef({ id, index });
  if (index >= 0 || last.current.id !== id) last.current = { id, index };
  return last.current.index;
}

/** Has the rows listed that belong into `[first, end)`. */
function useShownPlaces(list: ListView, first: number, end: number): void {
  const from = list.rankOf(first);
  const to = list.rankOf(end);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list may not have what the one before had there
  useEffect(() => showPlaces(from, to), [list, from, to]);
}

/** The number of the newest trace, and how many that the list shows are newer than another one. */
function useNewer(isSorted: boolean) {
  const rows = useTraceRows();
  const query = useListState((state) => state.query);
  const pausedAt = useListState((state) => state.pausedAt);
  const newerThan = (seq: number): number => {
    if (isSorted) return 0;
    const test = rowTest(query, useTraceList.getState().rows);
    const newer = rows.slice(indexOf(rows, seq + 1));
    return newer.filter((row) => (test?.(row) ?? true) && row.startedAt < (pausedAt ?? Number.POSITIVE_INFINITY))
      .length;
  };
  return { newest: rows.at(-1)?.seq ?? 0, newerThan };
}

interface Place {
  readonly index: number;
  /** Where the row begins, px. */
  readonly top: number;
  readonly height: number;
}

/** In the place of a stored row that is being read. */
const AwaitedRow = ({ index, top, height }: Place) => (
  <div
    role="row"
    className="trace-awaited"
    aria-rowindex={index + 2}
    aria-busy
    style={{ transform: `translateY(${top}px)`, height }}
  />
);
