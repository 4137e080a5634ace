// A measurement as text for other programs: a table with a line for each mode.
import type { leastFor } from "../../../server/contract/limits.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { isLeakUnknown } from "../../../server/contract/wrapper.js";
import { csvRow } from "../../../server/formats/csv-row.js";
import { plural } from "../../format/plural.js";
import { isEnoughFor } from "./figures.js";
import { columnsOf, timesCgi } from "./mode-columns.js";

const titles = [
  "mode",
  "same bytes",
  "leaks",
  "requests/s",
  "times CGI",
  "p50 ms",
  "p90 ms",
  "p99 ms",
  "requests",
  "errors",
  "p99 as sent ms",
  "start-up %",
  "CPU ms",
  "memory MiB",
];

function rowsOf(measurement: Measurement): readonly (readonly string[])[] {
  const modes = new Set(measurement.modes.map(({ mode }) => mode));
  const columns = columnsOf({ mode: null, agent: null }, measurement).filter(({ mode }) => modes.has(mode));
  return columns.map((column) => {
    const { figures = null, leaks = null } = column.measured ?? {};
    const isUnknown = column.measured !== null && isLeakUnknown(column.measured);
    const times = timesCgi(column, columns, measurement.rate);
    const quantile = (name: keyof typeof leastFor, ms: number | null | undefined): string =>
      figures && ms != null && isEnoughFor(name, figures) ? ms.toFixed(2) : "";
    return [
      column.mode,
      column.mode === "cgi" ? "reference" : leaks === null ? "" : leaks.alike ? "yes" : "no",
      leaks === null ? "" : isUnknown ? "not examined" : leaks.leaks.map(({ name, kind }) => name || kind).join(" "),
      ...[figures?.perSecond, times].map((value) => (value == null ? "" : precise(value))),
      figures?.requests ? figures.p50.toFixed(2) : "",
      ...[quantile("p90", figures?.p90), quantile("p99", figures?.p99)],
      ...[figures?.requests, figures?.errors].map((count) => (count === undefined ? "" : String(count))),
      quantile("p99", figures?.p99Sent),
      figures?.startupShare == null ? "" : (100 * figures.startupShare).toFixed(0),
      figures?.cpuMs?.toFixed(2) ?? "",
      figures?.memoryBytes == null ? "" : (figures.memoryBytes / 2 ** 20).toFixed(1),
    ];
  });
}

/** With three significant digits at least. */
const precise = (value: number): string => (value < 100 ? value.toPrecision(3) : value.toFixed(1));

export const asCsv = (measurement: Measurement): string =>
  [titles, ...rowsOf(measurement)].map((row) => `${csvRow(row)}\n`).join("");

export function asMarkdown(measurement: Measurement): string {
  const { path, target, measuredAt, cores, connections, rate, seconds, verdict } = measurement;
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`;
  const table = [line(titles), line(titles.map(() => "---")), ...rowsOf(measurement).map(line)].join("");
  const facts = `GET ${target}, ${seconds} s for each mode, ${plural(connections, "connection")}${rate === null ? "" : `, ${rate} requests due a second`}, ${cores} processors, ${measuredAt}`;
  return `## Ways to run ${path}\n\n${facts}\n\n${table}\n${verdict.messages.map(({ text }) => text).join(" ")}\n`;
}
