// One row of the trace list: 24 px, one line, a cell for each column that is shown.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo, type ReactNode } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { SearchHit } from "../../../server/contract/traces-contract.js";
import { timeOf } from "../../format/clock.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes } from "../../format/size.js";
import { endText, modeName, outcomeName, signOf, statusTone } from "../../format/trace-labels.js";
import { idlePart, lazyPart } from "../../platform/lazy-part.js";
import { ErrorIcon, PinIcon, RedirectedIcon, WarningIcon } from "../../ui/icon.js";
import { TargetText } from "../../ui/target-text.js";
import { useIsDebugged } from "../debug/index.js";
import { useIsHeld } from "../hold/index.js";
import { type Column, type ColumnKey, rowElementId } from "./columns.js";
import { type RowState, rowName, stateNames, statusOfRow, whyNoTime } from "./row-name.js";
import { segmentsOf } from "./waterfall.js";

const RowMarks = idlePart(async () => (await import("./later.js")).RowMarks);
const HitLine = lazyPart(async () => (await import("./later.js")).HitLine);

interface TraceRowViewProps {
  readonly row: TraceRow;
  readonly columns: readonly Column[];
  readonly index: number;
  readonly top: number;
  /** There is a second line in each row. */
  readonly isTall: boolean;
  /** What a search found in the trace. */
  readonly hit: SearchHit | null;
  readonly isSelected: boolean;
  /** It is the one that others are compared with. */
  readonly isMarked: boolean;
  /** The end of the waterfall's scale, ms. */
  readonly scaleMs: number;
  /** The first moment of the day, Unix time in ms. */
  readonly today: number;
  readonly onSelect: (id: string) => void;
}

export const TraceRowView = memo(function TraceRowView({
  row,
  columns,
  index,
  top,
  isTall,
  hit,
  isSelected,
  isMarked,
  scaleMs,
  today,
  onSelect,
}: TraceRowViewProps) {
  const isHeld = useIsHeld(row.id);
  const isDebugged = useIsDebugged(row.id);
  const state = isHeld ? "held" : isDebugged ? "debugged" : "running";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all its rows
    <div
      role="row"
      id={rowElementId(row.id)}
      className="ui-list-row trace-row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-label={rowName(row, isMarked, hit, state)}
      data-trace-id={row.id}
      data-seq={row.seq}
      data-outcome={row.outcome ?? "running"}
      data-pinned={row.pinned || undefined}
      data-marked={isMarked || undefined}
      data-tall={isTall || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onSelect(row.id)}
    >
      <Cells {...{ row, state, columns, scaleMs, today }} />
      {hit && <HitLine id={row.id} hit={hit} />}
    </div>
  );
});

interface CellsProps extends Pick<TraceRowViewProps, "row" | "columns" | "scaleMs" | "today"> {
  readonly state: RowState;
}

/** Apart from their row, whose place changes with each one that comes in above it. */
const Cells = memo(function Cells({ row, state, columns, scaleMs, today }: CellsProps) {
  return columns.map(({ key }) => {
    const { className, content } = cells[key](row, scaleMs, today, state);
    return (
      <div
        key={key}
        role="gridcell"
        className={className === undefined ? "trace-cell" : `trace-cell ${className}`}
        data-column={key}
      >
        {content}
      </div>
    );
  });
});

interface Cell {
  readonly className?: string;
  readonly content: ReactNode;
}

type CellOf = (row: TraceRow, scaleMs: number, today: number, state: RowState) => Cell;

const cells: Readonly<Record<ColumnKey, CellOf>> = {
  seq: ({ seq, pinned }) => ({
    content: (
      <>
        {pinned && <PinIcon className="trace-row-mark ui-dim" role="img" aria-label="pinned" />}
        {seq}
      </>
    ),
  }),
  time: ({ startedAt }, _, today) => ({ className: "ui-mono", content: timeOf(startedAt, today) }),
  method: ({ method }) => ({
    content: (
      <span className="ui-cut" title={method}>
        {method}
      </span>
    ),
  }),
  path: ({ target, file, parent, marks }) => ({
    content: (
      <>
        {(parent?.kind === "follow" || parent?.kind === "local-redirect") && (
          <RedirectedIcon className="trace-row-mark ui-dim" role="img" aria-label="redirected to" />
        )}
        <TargetText target={target} file={file} />
        {marks && <RowMarks marks={marks} />}
      </>
    ),
  }),
  mode: (row) => ({
    ...(row.kind !== "script" && { className: "ui-dim" }),
    content: <span className="ui-cut">{modeName(row)}</span>,
  }),
  status: (row, _, _today, state) => ({
    className: `ui-${statusTone(row)}`,
    content: (
      <>
        <span
          className="ui-cut"
          title={
            row.outcome === null ? stateNames[state] : endText(row) === outcomeName("ok") ? undefined : endText(row)
          }
          data-status={row.status ?? undefined}
        >
          {statusOfRow(row, state)}
        </span>
        <SeverityIcon row={row} />
        {row.findings > 1 && (
          <span
            className="ui-dim ui-figures trace-row-findings"
            title={`The doctor found ${row.findings} errors and warnings`}
          >
            {row.findings}
          </span>
        )}
      </>
    ),
  }),
  size: ({ responseBytes }) => ({ content: formatBytes(responseBytes) }),
  took: (row, _, _today, state) => ({
    className: "ui-mono",
    content:
      row.tookMs !== null ? (
        formatMs(row.tookMs)
      ) : row.outcome === null ? (
        <span className="ui-dim trace-row-running">{state}</span>
      ) : (
        <span title={whyNoTime(row)}>–</span>
      ),
  }),
  waterfall: (row, scaleMs) => ({ content: <Waterfall row={row} scaleMs={scaleMs} /> }),
};

/** A failure or finding as a sign beside the status: colour alone would not do. */
function SeverityIcon({ row }: { readonly row: TraceRow }) {
  const sign = signOf(row);
  if (sign === null) return null;
  const Icon = sign.tone === "bad" ? ErrorIcon : WarningIcon;
  return <Icon className={`trace-row-mark ui-${sign.tone}`} role="img" aria-label={sign.words} />;
}

function Waterfall({ row, scaleMs }: { readonly row: TraceRow; readonly scaleMs: number }) {
  const segments = segmentsOf(row);
  const words = segments.map((segment) => `${segment.name} ${formatMs(segment.to - segment.from)}`);
  const title =
    words.length > 1 ? `${words.join(" · ")}, ${formatMs(segments.at(-1)?.to ?? 0)} in all` : words.join("");
  return (
    <div className="trace-waterfall" title={title}>
      {segments.map((segment) => (
        <span
          key={segment.is}
          data-is={segment.is}
          style={{
            left: `${(segment.from / scaleMs) * 100}%`,
            width: `max(2px, ${((segment.to - segment.from) / scaleMs) * 100}%)`,
          }}
        />
      ))}
    </div>
  );
}
