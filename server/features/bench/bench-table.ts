// The table of a benchmark, for a terminal, a spreadsheet or a document. Columns are only ever added, at the end.
import type { BenchFigures } from "../../contract/command-output.js";
import { leastFor } from "../../contract/limits.js";
import { csvRow } from "../../formats/csv-row.js";
import { rangeOf, shortFigure } from "./bench-report.js";

const columns: readonly (readonly [title: string, cell: (figures: BenchFigures) => string])[] = [
  ["mode", ({ mode }) => mode],
  ["requests/s", ({ perSecond }) => shortFigure(perSecond)],
  ["range", ({ rounds }) => rangeOf(rounds)],
  ["p50 ms", ({ requests, p50 }) => ms(requests === 0 ? null : p50)],
  ["p90 ms", ({ requests, p90 }) => quantileMs(requests, leastFor.p90, p90)],
  ["p99 ms", ({ requests, p99 }) => quantileMs(requests, leastFor.p99, p99)],
  ["max ms", ({ requests, max }) => ms(requests === 0 ? null : max)],
  ["requests", ({ requests }) => String(requests)],
  ["errors", ({ errors }) => String(errors)],
  ["p99 as sent ms", ({ requests, p99Sent }) => quantileMs(requests, leastFor.p99, p99Sent)],
  ["CPU ms", ({ cpuMs }) => ms(cpuMs)],
  ["memory MiB", ({ memoryBytes }) => (memoryBytes === null ? "" : (memoryBytes / 2 ** 20).toFixed(1))],
  ["start-up %", ({ startupShare }) => (startupShare === null ? "" : (100 * startupShare).toFixed(0))],
  ["target", ({ target }) => target ?? ""],
  ["not sent", ({ unsent }) => (unsent === 0 ? "" : String(unsent))],
];

const ms = (value: number | null): string => (value === null ? "" : value.toFixed(2));
/** `least`: of fewer requests it is not told from the slowest one. */
const quantileMs = (requests: number, least: number, value: number | null): string =>
  requests > 0 && requests < least && value !== null ? tooFew : ms(requests === 0 ? null : value);
const tooFew = "–";

/** One mode a line. A terminal shows no column that is empty. */
export function tableText(figures: readonly BenchFigures[], form: "text" | "csv" | "markdown"): string {
  const shown = form === "text" ? columns.filter(([, cell]) => figures.some((each) => cell(each) !== "")) : columns;
  const rows = [shown.map(([title]) => title), ...figures.map((each) => shown.map(([, cell]) => cell(each)))];
  if (form === "csv") return rows.map((row) => `${csvRow(row.map(read))}\n`).join("");
  const widths = shown.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  if (form === "text") return lines.map((cells) => `${cells.join("  ").trimEnd()}\n`).join("");
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [lines[0] ?? [], rule, ...lines.slice(1)].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** A program reads numbers there, or nothing. */
const read = (cell: string): string => (cell === tooFew ? "" : cell);
