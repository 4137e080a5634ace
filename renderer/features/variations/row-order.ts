// The columns of the table: what each shows of a row, and the order of the rows by it.
import type { VariedRow } from "../../../server/contract/variations-contract.js";
import { formatMsOrDash } from "../../format/duration.js";
import { formatBytes } from "../../format/size.js";
import { statusText, statusTone } from "../../format/trace-labels.js";

export interface Column {
  readonly title: string;
  readonly text: (row: VariedRow) => string;
  /** What the rows are sorted by, if not the text. */
  readonly by?: (row: VariedRow) => number;
  readonly look: (row: VariedRow) => string;
  /** What the pointer shows, if not the text. */
  readonly told?: (row: VariedRow) => string;
}

export const valueText = ({ values }: VariedRow): string => values.join(" · ");
const partsText = ({ differences }: VariedRow): string =>
  [...new Set(differences.map(({ part }) => (part === "value" ? "the value alone" : part)))].join(", ");

export const columns: readonly Column[] = [
  { title: "#", text: ({ nth }) => String(nth), by: ({ nth }) => nth, look: () => "ui-num ui-dim" },
  { title: "Value", text: valueText, look: () => "ui-mono" },
  {
    title: "Status",
    text: ({ trace }) => (trace ? statusText(trace) : "–"),
    by: ({ trace }) => trace?.status ?? 0,
    look: ({ trace }) => `ui-mono ui-${trace ? statusTone(trace) : "bad"}`,
  },
  {
    title: "Size",
    text: ({ trace }) => (trace ? formatBytes(trace.responseBytes) : "–"),
    by: ({ trace }) => trace?.responseBytes ?? 0,
    look: () => "ui-num",
  },
  {
    title: "Time",
    text: ({ trace }) => formatMsOrDash(trace?.tookMs ?? null),
    by: ({ trace }) => trace?.tookMs ?? 0,
    look: () => "ui-num",
  },
  {
    title: "Findings",
    text: ({ findings }) => findings.join(" · "),
    by: ({ trace }) => trace?.findings ?? 0,
    look: ({ trace }) => (trace?.severity === "error" ? "ui-bad" : "ui-dim"),
  },
  {
    title: "Differs",
    text: partsText,
    look: ({ differences }) => (differences.every(({ part }) => part === "value") ? "ui-dim" : ""),
    told: ({ differences }) => differences.map(({ message }) => message.text).join("\n"),
  },
  {
    title: "Not as expected",
    text: ({ broken }) => broken.map(({ message }) => message.text).join(" "),
    by: ({ broken }) => broken.length,
    look: () => "ui-bad",
  },
];

export interface Sort {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** Ascending, descending, and the third time as they came. */
export const sortedBy = (sort: Sort | null, column: Column): Sort | null => {
  if (sort?.column !== column) return { column, isDescending: false };
  return sort.isDescending ? null : { column, isDescending: true };
};

/** The rows as they came keep their order among equals. */
export function inOrder(rows: readonly VariedRow[], sort: Sort | null): readonly VariedRow[] {
  if (sort === null) return rows;
  const { by, text } = sort.column;
  const key: (row: VariedRow) => number | string = by ?? text;
  const sign = sort.isDescending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, by: key(row) }));
  keyed.sort((a, b) => (a.by === b.by ? 0 : a.by < b.by ? -sign : sign));
  return keyed.map(({ row }) => row);
}
