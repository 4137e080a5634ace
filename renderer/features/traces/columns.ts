// The trace list's columns in their order: heading, room, and what they are sorted by.
import type { TraceRow } from "../../../server/contract/trace.js";
import { compareKeys, type SortKey } from "../../../server/contract/trace-order.js";
import { modeName, statusText } from "../../format/trace-labels.js";

export const columnKeys = ["seq", "time", "method", "path", "mode", "status", "size", "took", "waterfall"] as const;
export type ColumnKey = (typeof columnKeys)[number];

type Compare = (a: TraceRow, b: TraceRow) => number;

export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  /** For the menu and for screen readers, where the title is a sign. */
  readonly name: string;
  /** The width until the user changes it; a CSS grid track. */
  readonly track: string;
  readonly minPx: number;
  /** Null: it is a picture, and there is no order of pictures. */
  readonly compare: Compare | null;
}

const by =
  (key: (row: TraceRow) => SortKey | null): Compare =>
  (a, b) =>
    compareKeys(key(a) ?? Number.POSITIVE_INFINITY, key(b) ?? Number.POSITIVE_INFINITY);

const columns: readonly Column[] = [
  { key: "seq", title: "#", name: "Number", track: "50px", minPx: 34, compare: by(({ seq }) => seq) },
  {
    key: "time",
    title: "Time",
    name: "Time",
    track: "104px",
    minPx: 50,
    compare: by(({ startedAt }) => startedAt),
  },
  { key: "method", title: "Method", name: "Method", track: "64px", minPx: 44, compare: by(({ method }) => method) },
  {
    key: "path",
    title: "Path",
    name: "Path",
    track: "minmax(124px, 3fr)",
    minPx: 80,
    compare: by(({ target }) => target),
  },
  { key: "mode", title: "Mode", name: "Mode", track: "74px", minPx: 44, compare: by(modeName) },
  {
    key: "status",
    title: "Status",
    name: "Status",
    track: "84px",
    minPx: 50,
    compare: by((row) => row.status ?? (row.outcome === "ok" ? -1 : statusText(row))),
  },
  {
    key: "size",
    title: "Size",
    name: "Size",
    track: "70px",
    minPx: 44,
    compare: by(({ responseBytes }) => responseBytes),
  },
  { key: "took", title: "Took", name: "Took", track: "80px", minPx: 50, compare: by(({ tookMs }) => tookMs) },
  {
    key: "waterfall",
    title: "Start · script · body",
    name: "Start, script, body",
    track: "minmax(124px, 1fr)",
    minPx: 60,
    compare: null,
  },
];

/** The columns in the user's order. */
export const inOrder = (order: readonly ColumnKey[]): readonly Column[] =>
  [...columns].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
export const columnOf = (key: ColumnKey): Column | undefined => columns.find((column) => column.key === key);
export const maxColumnPx = 1200;

/** Of a row of the list. */
export const rowElementId = (id: string): string => `trace-row-${id}`;
