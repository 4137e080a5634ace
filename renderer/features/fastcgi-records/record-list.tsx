// The records as a table in the order in which they passed: virtual rows of one height,
// one tab stop, arrows from record to record.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { formatMsWithin } from "../../format/duration.js";
import { formatCount } from "../../format/size.js";
import { keepRowVisible, rowByKey, rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { isStreamEnd, recordLabel } from "./record-labels.js";
import type { Fastcgi } from "./record-lanes.js";
import { RecordNote } from "./record-note.js";

interface RecordListProps {
  readonly traceId: string;
  readonly fastcgi: Fastcgi;
  /** Where in stdout the body begins; null: not known. */
  readonly bodyAt: number | null;
  /** The end of the axis of time, ms. */
  readonly endMs: number;
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

const rowPx = 24;
/** Stays in sight: the line of titles. */
const headPx = 24;

export function RecordList({ traceId, fastcgi, bodyAt, endMs, index, onChoose }: RecordListProps) {
  const { records } = fastcgi;
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroller);
  const { first, end } = rowsIn(viewport, records.length, rowPx);
  const id = useId();
  // With one request on a connection the column would show 1 in each line: the record's header shows it.
  const hasIds = useMemo(() => records.some(({ requestId }) => requestId !== records[0]?.requestId), [records]);
  const height: CSSProperties & { readonly "--rows": number } = { "--rows": records.length };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen record stays in sight when the room changes
  useEffect(() => keepRowVisible(scroller.current, index, rowPx, headPx), [index, viewport.height]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = rowByKey(event, index, records.length, rowPx, { headPx, isSideways: true });
    if (next === null) return;
    event.preventDefault();
    onChoose(next);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Records"
      aria-rowcount={records.length + 1}
      aria-activedescendant={`${id}${index}`}
      className="records-list"
      data-ids={hasIds || undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={height}
    >
      <div role="row" className="ui-list-head ui-dim records-row">
        <span role="columnheader" className="ui-num">
          At
        </span>
        <span role="columnheader" aria-label="Direction" />
        <span role="columnheader">Record</span>
        <span role="columnheader" aria-label="Note" />
        {hasIds && (
          <span role="columnheader" className="ui-num" title="Request id: 0 is the connection itself">
            Id
          </span>
        )}
        <span role="columnheader" className="ui-num">
          Content
        </span>
        <span
          role="columnheader"
          className="ui-num"
          aria-label="Padding"
          title="Padding: meaningless bytes that align the next record to a multiple of 8 bytes"
        >
          Pad
        </span>
      </div>
      <div role="presentation" className="ui-list-rows" style={{ height: records.length * rowPx }}>
        {records.slice(first, end).map((record, place) => {
          const at = first + place;
          const { name, tint } = recordLabel(record.type);
          const isEnd = isStreamEnd(record);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all its rows
            <div
              key={at}
              id={`${id}${at}`}
              role="row"
              aria-rowindex={at + 2}
              aria-selected={at === index}
              className="ui-list-row records-row"
              data-record={at}
              data-end={isEnd || undefined}
              style={{ transform: `translateY(${at * rowPx}px)` }}
              onClick={() => onChoose(at)}
            >
              <span role="gridcell" className="ui-num ui-mono">
                {formatMsWithin(record.at, endMs)}
              </span>
              <span role="gridcell" className="ui-dim">
                <span aria-hidden="true">{record.direction === "sent" ? "→ app" : "← app"}</span>
                <span className="ui-hidden">{record.direction}</span>
              </span>
              <span role="gridcell" className="ui-mono">
                <span className={tint === 0 ? "ui-tag" : `ui-tag ui-tag-${tint}`}>{name}</span>
              </span>
              <RecordNote traceId={traceId} fastcgi={fastcgi} record={record} bodyAt={bodyAt} />
              {hasIds && (
                <span role="gridcell" className="ui-num ui-dim">
                  {record.requestId}
                </span>
              )}
              <span role="gridcell" className="ui-num">
                {formatCount(record.contentLength)}
              </span>
              <span role="gridcell" className="ui-num ui-dim">
                {record.paddingLength}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
