// One row of the trace list: 24 px, one line, cells of a fixed set of columns.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { ErrorIcon, WarningIcon } from "../../ui/icon.js";
import { formatBytes } from "../bytes/index.js";
import { formatMs, formatMsOrDash } from "../timing/index.js";
import { clockOf } from "./clock.js";
import { MiddleEllipsis } from "./middle-ellipsis.js";
import { modeName, outcomeName, statusText, statusTone } from "./trace-words.js";
import { segmentsOf } from "./waterfall.js";

/** The columns in their order: key (data-column) and heading. */
export const columns = [
  { key: "seq", title: "#" },
  { key: "time", title: "Time" },
  { key: "method", title: "Method" },
  { key: "path", title: "Path" },
  { key: "mode", title: "Mode" },
  { key: "status", title: "Status" },
  { key: "size", title: "Size" },
  { key: "took", title: "Took" },
  { key: "waterfall", title: "Start · script · body" },
] as const;

export interface TraceRowViewProps {
  readonly row: TraceRow;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  /** The end of the waterfall's scale, ms. */
  readonly scaleMs: number;
  readonly onSelect: (id: string) => void;
}

/** The element id of a trace's row: what the grid names as its active descendant. */
export const rowElementId = (id: string): string => `trace-row-${id}`;

export const TraceRowView = memo(function TraceRowView({ row, index, top, isSelected, scaleMs, onSelect }: TraceRowViewProps) {
  const took = row.tookMs === null ? "running" : formatMs(row.tookMs);
  const tone = statusTone(row);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all its rows
    <div
      role="row"
      id={rowElementId(row.id)}
      className="trace-row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-label={`#${row.seq} ${row.method} ${row.target}, ${statusText(row)}, ${took}`}
      data-trace-id={row.id}
      data-seq={row.seq}
      data-outcome={row.outcome ?? "running"}
      style={{ transform: `translateY(${top}px)` }}
      tabIndex={-1}
      onClick={() => onSelect(row.id)}
    >
      <Cell column="seq">{row.seq}</Cell>
      <Cell column="time" className="ui-mono">
        {clockOf(row.startedAt)}
      </Cell>
      <Cell column="method">
        <span className="ui-cut" title={row.method}>
          {row.method}
        </span>
      </Cell>
      <Cell column="path" className="ui-mono">
        <MiddleEllipsis text={row.target} />
      </Cell>
      <Cell column="mode" className={row.kind === "script" ? "" : "ui-dim"}>
        <span className="ui-cut">{modeName(row)}</span>
      </Cell>
      <Cell column="status" className={`ui-${tone}`}>
        <span className="ui-cut" title={row.outcome === "ok" ? undefined : outcomeName(row.outcome)}>
          {statusText(row)}
        </span>
        <SeverityIcon row={row} />
      </Cell>
      <Cell column="size">{formatBytes(row.responseBytes)}</Cell>
      <Cell column="took" className="ui-mono">
        {row.tookMs === null && row.outcome === null ? <span className="trace-row-running">running</span> : formatMsOrDash(row.tookMs)}
      </Cell>
      <Cell column="waterfall">
        <Waterfall row={row} scaleMs={scaleMs} />
      </Cell>
    </div>
  );
});

function Cell({
  column,
  className = "",
  children,
}: {
  readonly column: (typeof columns)[number]["key"];
  readonly className?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <div role="gridcell" className={`trace-cell ${className}`} data-column={column}>
      {children}
    </div>
  );
}

/** A failure or finding as a sign beside the status: colour alone would not do. */
function SeverityIcon({ row }: { readonly row: TraceRow }) {
  const hasFailed = row.outcome !== null && row.outcome !== "ok";
  if (hasFailed || row.severity === "error")
    return <ErrorIcon className="trace-row-mark ui-bad" role="img" aria-label={hasFailed ? outcomeName(row.outcome) : "has an error finding"} />;
  return row.severity === "warning" ? <WarningIcon className="trace-row-mark ui-warn" role="img" aria-label="has a warning" /> : null;
}

function Waterfall({ row, scaleMs }: { readonly row: TraceRow; readonly scaleMs: number }) {
  const segments = segmentsOf(row);
  const title = segments.map((segment) => `${segment.name} ${formatMs(segment.to - segment.from)}`).join(" · ");
  return (
    <div className="trace-waterfall" title={title}>
      {segments.map((segment) => (
        <span
          key={segment.is}
          data-is={segment.is}
          style={{ left: `${(segment.from / scaleMs) * 100}%`, width: `max(2px, ${((segment.to - segment.from) / scaleMs) * 100}%)` }}
        />
      ))}
    </div>
  );
}
