// The trace list's columns in their order: heading and room.

export const columnKeys = ["seq", "time", "method", "path", "mode", "status", "size", "took", "waterfall"] as const;
export type ColumnKey = (typeof columnKeys)[number];

export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  /** For the menu and for screen readers, where the title is a sign. */
  readonly name: string;
  /** The width until the user changes it; a CSS grid track. */
  readonly track: string;
  readonly minPx: number;
}

const columns: readonly Column[] = [
  { key: "seq", title: "#", name: "Number", track: "50px", minPx: 34 },
  { key: "time", title: "Time", name: "Time", track: "104px", minPx: 50 },
  { key: "method", title: "Method", name: "Method", track: "64px", minPx: 44 },
  { key: "path", title: "Path", name: "Path", track: "minmax(124px, 3fr)", minPx: 80 },
  { key: "mode", title: "Mode", name: "Mode", track: "74px", minPx: 44 },
  { key: "status", title: "Status", name: "Status", track: "84px", minPx: 50 },
  { key: "size", title: "Size", name: "Size", track: "70px", minPx: 44 },
  { key: "took", title: "Took", name: "Took", track: "80px", minPx: 50 },
  {
    key: "waterfall",
    title: "Start · script · body",
    name: "Start, script, body",
    track: "minmax(80px, 1fr)",
    minPx: 60,
  },
];

/** All columns but the waterfall: pictures have no order. */
export const isSortable = (key: ColumnKey): boolean => key !== "waterfall";

/** The columns in the user's order. */
export const inOrder = (order: readonly ColumnKey[]): readonly Column[] =>
  [...columns].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
export const columnOf = (key: ColumnKey): Column | undefined => columns.find((column) => column.key === key);
export const maxColumnPx = 1200;

/** The id that a row of the list has in the page. */
export const rowElementId = (id: string): string => `trace-row-${id}`;
