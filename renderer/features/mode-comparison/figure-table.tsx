// Figures of several runs as a table: a line for each.
import type { BenchFigures } from "../../../server/contract/command-output.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes } from "../../format/size.js";
import { FactTable } from "../../ui/fact-table.js";
import { formatQuantile, formatRate, formatShare, formatTime, formatTimes } from "./figures.js";

interface FigureRow {
  readonly name: string;
  readonly figures: BenchFigures;
  /** How many times as fast as CGI; null: not known. */
  readonly times?: number | null;
}

/** What a column shows of a line, or null. */
const cells = {
  "requests/s": ({ figures }) => formatRate(figures.perSecond),
  Rate: ({ figures }) => `${formatRate(figures.perSecond)}/s`,
  Rounds: ({ figures: { rounds } }) => `${formatRate(Math.min(...rounds))} to ${formatRate(Math.max(...rounds))}`,
  "times CGI": ({ times }) => (times == null ? null : formatTimes(times)),
  p50: ({ figures }) => formatTime(figures, figures.p50),
  p90: ({ figures }) => formatQuantile("p90", figures, figures.p90),
  p99: ({ figures }) => formatQuantile("p99", figures, figures.p99),
  max: ({ figures }) => formatTime(figures, figures.max),
  errors: ({ figures }) => String(figures.errors),
  "start-up": ({ figures }) => formatShare(figures.startupShare),
  CPU: ({ figures: { cpuMs } }) => (cpuMs === null ? null : formatMs(cpuMs)),
  Memory: ({ figures: { memoryBytes } }) => (memoryBytes === null ? null : formatBytes(memoryBytes)),
} satisfies Readonly<Record<string, (row: FigureRow) => string | null>>;

interface FigureTableProps {
  readonly label: string;
  /** The head of the column of names. */
  readonly of: string;
  readonly columns: readonly (keyof typeof cells)[];
  readonly rows: readonly FigureRow[];
}

export const FigureTable = ({ label, of, columns, rows }: FigureTableProps) => (
  <FactTable
    label={label}
    columns={[{ title: of }, ...columns.map((title) => ({ title, isNumber: true }))]}
    className="ways-capacity"
  >
    {rows.map((row) => (
      <tr key={row.name}>
        <th scope="row">{row.name}</th>
        {columns.map((title) => (
          <td key={title} className="ui-num">
            {cells[title](row) ?? "–"}
          </td>
        ))}
      </tr>
    ))}
  </FactTable>
);
