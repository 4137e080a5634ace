// The user's settings of the trace list: filter, sorting, columns, and whether it is paused. Sorting and columns are
// remembered.
import { create } from "zustand";
import { wordsOf } from "../../../server/contract/message.js";
import { mayHavePattern, parseTraceQuery, type TraceQuery } from "../../../server/formats/query/trace-query.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { followLastSave, lastSave } from "../../model/traces/last-save.js";
import { askList } from "../../model/traces/list-feed.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { isRecord, recall, remember } from "../../platform/storage.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { orderFrom, placedBefore, stepped } from "./column-order.js";
import { type ColumnKey, columnKeys, columnOf, maxColumnPx } from "./columns.js";
import { arePatternsLoaded, lazyPatterns, loadPatterns } from "./filter/patterns.js";

export interface Sort {
  readonly column: ColumnKey;
  readonly direction: "ascending" | "descending";
}

export interface ListState {
  /** What is typed. */
  readonly filter: string;
  /** Why the typed filter is invalid; the last valid one stays in force. */
  readonly filterWhy: string | null;
  /** What was typed when it was last valid. */
  readonly valid: string;
  /** What it means; without terms everything is shown. */
  readonly query: TraceQuery;
  /** What times such as `2h` in it are relative to: the store has to take the same. Unix time in ms. */
  readonly now: number;
  /** When the script was saved, for the time `save`; null: it is not in the filter. */
  readonly savedAt: number | null;
  /** Null: as they came, newest first. */
  readonly sort: Sort | null;
  /** Widths given by hand, px. */
  readonly widths: Readonly<Partial<Record<ColumnKey, number>>>;
  readonly hidden: readonly ColumnKey[];
  /** The order of all columns. */
  readonly order: readonly ColumnKey[];
  /** The column whose head had the focus last: what commands are about; null: none had. */
  readonly current: ColumnKey | null;
  /** What was moved last, in words. */
  readonly announcement: string;
  /** What begins then or later waits, since the list is paused. Unix time in ms; null while it is live. */
  readonly pausedAt: number | null;
}

const key = "trace-list";
const hiddenAtFirst: readonly ColumnKey[] = ["time", "mode", "size"];

export const useListState = create<ListState>()(() => {
  const look = recall(key, accept) ?? {
    sort: null,
    widths: {},
    hidden: hiddenAtFirst,
    order: columnKeys,
  };
  return {
    ...look,
    filter: "",
    filterWhy: null,
    valid: "",
    query: [],
    now: 0,
    savedAt: null,
    current: null,
    announcement: "",
    pausedAt: null,
  };
});

export function setFilter(filter: string): void {
  change(filtered(filter, useListState.getState()));
}

/** What is typed is in force: it is neither invalid nor waiting for the test of a regular expression. */
export const hasSearch = ({ filter, filterWhy, valid }: ListState): boolean =>
  valid !== "" && filterWhy === null && filter.trim() === valid;

// What was looked for in one folder would hide the traces of the next.
useWorkspace.subscribe(({ workspace }, before) => {
  if (before.workspace !== null && workspace?.root !== before.workspace.root) setFilter("");
});

/** "Since the last save" is another time with each save. */
followLastSave(() => {
  const { filter, filterWhy, savedAt } = useListState.getState();
  if (savedAt !== null || filterWhy !== null) setFilter(filter);
});

function filtered(
  filter: string,
  last: Pick<ListState, "filter" | "valid" | "query" | "now" | "savedAt">,
): Pick<ListState, "filter" | "filterWhy" | "valid" | "query" | "now" | "savedAt"> {
  // A space more or less is no other search.
  const isSame = filter !== last.filter && filter.trim() === last.valid;
  const now = isSame ? last.now : Date.now();
  let savedAt: number | null = null;
  if (mayHavePattern(filter) && !arePatternsLoaded()) {
    readAgain(filter);
    return { ...last, filter, filterWhy: null };
  }
  const parsed = parseTraceQuery(filter, lazyPatterns, now, () => (savedAt = lastSave()));
  if ("mistake" in parsed) return { ...last, filter, filterWhy: wordsOf(parsed.mistake.why.text) };
  return { filter, filterWhy: null, valid: filter.trim(), query: parsed.query, now, savedAt };
}

/** Once its regular expressions can be tested, if it is still the filter; the last result stays until then. */
function readAgain(filter: string): void {
  const isStill = (): boolean => useListState.getState().filter === filter;
  const failed = (error: unknown): void => {
    const why = `Regular expressions could not be loaded. ${problemText(problemOf(error))}`;
    if (isStill()) useListState.setState({ filterWhy: why });
  };
  loadPatterns().then(() => isStill() && setFilter(filter), failed);
}

/** Ascending, descending, and the third time as they came. */
export function sortBy(column: ColumnKey): void {
  const { sort } = useListState.getState();
  const direction = sort?.column !== column ? "ascending" : sort.direction === "ascending" ? "descending" : null;
  change({ sort: direction && { column, direction } });
}

/** `px` null: the width it had in the beginning. */
export function setWidth(column: ColumnKey, px: number | null): void {
  const { [column]: _before, ...widths } = useListState.getState().widths;
  const bounded = px === null ? null : Math.round(Math.min(maxColumnPx, Math.max(columnOf(column)?.minPx ?? 0, px)));
  change({ widths: bounded === null ? widths : { ...widths, [column]: bounded } });
}

/** The last column that is shown stays. */
export function showColumn(column: ColumnKey, isShown: boolean): void {
  const { hidden, sort } = useListState.getState();
  const next = isShown ? hidden.filter((other) => other !== column) : [...hidden, column];
  if (next.length === columnKeys.length) return;
  change({ hidden: next, sort: !isShown && sort?.column === column ? null : sort });
}

/** `before` null: to the end. */
export function placeColumn(column: ColumnKey, before: ColumnKey | null): void {
  changeOrder(column, placedBefore(useListState.getState().order, column, before));
}

/** Beyond its neighbour among those that are shown; nothing at either end. */
export function stepColumn(column: ColumnKey, step: 1 | -1): void {
  const { order, hidden } = useListState.getState();
  const next = stepped(order, hidden, column, step);
  if (next) changeOrder(column, next);
}

function changeOrder(column: ColumnKey, order: readonly ColumnKey[]): void {
  const { hidden } = useListState.getState();
  const shown = order.filter((key) => !hidden.includes(key));
  change({
    order,
    announcement: `${columnOf(column)?.name ?? column} is column ${shown.indexOf(column) + 1} of ${shown.length}`,
  });
}

export function setCurrentColumn(current: ColumnKey): void {
  if (useListState.getState().current !== current) useListState.setState({ current });
}

export function resetColumns(): void {
  change({
    hidden: hiddenAtFirst,
    widths: {},
    order: columnKeys,
    sort: null,
    announcement: "Columns were reset",
  });
}

function change(part: Partial<ListState>): void {
  useListState.setState(part);
  const { sort, widths, hidden, order } = useListState.getState();
  remember(key, { sort, widths, hidden, order });
}

function accept(value: unknown): Pick<ListState, "sort" | "widths" | "hidden" | "order"> | null {
  if (!isRecord(value)) return null;
  const { sort, widths, hidden, order } = value;
  const isHidden = (name: ColumnKey): boolean => Array.isArray(hidden) && hidden.includes(name);
  return {
    sort: sortFrom(sort),
    widths: Object.fromEntries(
      columnKeys.flatMap((name) =>
        isRecord(widths) && typeof widths[name] === "number" ? [[name, widths[name]]] : [],
      ),
    ),
    hidden: columnKeys.every(isHidden) ? [] : columnKeys.filter(isHidden),
    order: orderFrom(order),
  };
}

function sortFrom(value: unknown): Sort | null {
  if (!isRecord(value)) return null;
  const column = columnKeys.find((name) => name === value["column"]);
  return column === undefined
    ? null
    : { column, direction: value["direction"] === "descending" ? "descending" : "ascending" };
}

/** Pauses the list: its rows stay, and the inspector too, while the server goes on recording. */
export function togglePause(): void {
  const newest = useTraceStore.getState().rows.at(-1)?.startedAt;
  // The server's clock decides, if it has said a time; two requests begin further apart.
  const now = newest === undefined ? Date.now() : newest + 0.001;
  useListState.setState(({ pausedAt }) => ({ pausedAt: pausedAt === null ? now : null }));
}

/** A word is typed without a search for each of its letters. */
const typingMs = 120;

/** Has the list show what the filter and the order ask for. Once, at the start of the page. */
export function followListState(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    const { query, valid, now, savedAt, sort, pausedAt } = useListState.getState();
    const isFiltered = query.length > 0;
    askList({
      query: isFiltered ? valid : "",
      now: isFiltered ? now : 0,
      lastSave: savedAt,
      order:
        sort === null || sort.column === "waterfall"
          ? null
          : { column: sort.column, isDescending: sort.direction === "descending" },
      until: pausedAt,
    });
  };
  useListState.subscribe(({ valid }, before) => {
    clearTimeout(timer);
    if (valid === before.valid || valid === "") ask();
    else timer = setTimeout(ask, typingMs);
  });
  ask();
}
