// The columns of the table, and the order of its rows.
import type { VariedRow } from "../../../server/contract/variations-contract.js";

export const columns = [
  { key: "nth", title: "#" },
  { key: "value", title: "Value" },
  { key: "status", title: "Status" },
  { key: "size", title: "Size" },
  { key: "took", title: "Time" },
  { key: "findings", title: "Findings" },
  { key: "differs", title: "Differs" },
  { key: "broken", title: "Not as expected" },
] as const;
export type ColumnKey = (typeof columns)[number]["key"];

export interface Sort {
  readonly column: ColumnKey;
  readonly isDescending: boolean;
}

export const valueText = ({ values }: VariedRow): string => values.join(" · ");
export const findingsText = ({ findings }: VariedRow): string => findings.join(" · ");
export const brokenText = ({ broken }: VariedRow): string => broken.map(({ message }) => message.text).join(" ");
export const partsText = ({ differences }: VariedRow): string =>
  [...new Set(differences.map(({ part }) => (part === "value" ? "the value alone" : part)))].join(", ");

const keys: Readonly<Record<ColumnKey, (row: VariedRow) => number | string>> = {
  nth: ({ nth }) => nth,
  value: valueText,
  status: ({ trace }) => trace?.status ?? 0,
  size: ({ trace }) => trace?.responseBytes ?? 0,
  took: ({ trace }) => trace?.tookMs ?? 0,
  findings: ({ trace }) => trace?.findings ?? 0,
  differs: partsText,
  broken: ({ broken }) => broken.length,
};

/** Ascending, descending, and the third time as they came. */
export const sortedBy = (sort: Sort | null, column: ColumnKey): Sort | null => {
  if (sort?.column !== column) return { column, isDescending: false };
  return sort.isDescending ? null : { column, isDescending: true };
};

/** The rows as they came keep their order among equals. */
export function inOrder(rows: readonly VariedRow[], sort: Sort | null): readonly VariedRow[] {
  if (sort === null) return rows;
  const key = keys[sort.column];
  const sign = sort.isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, by: key(row) }));
  keyed.sort((a, b) => (a.by === b.by ? 0 : a.by < b.by ? -sign : sign));
  return keyed.map(({ row }) => row);
}
