// The Variations tab: a row for each request of the run, as it comes. A row opens as a trace.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { VariedRow } from "../../../server/contract/variations-contract.js";
import { formatMs, formatMsOrDash } from "../../format/duration.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { statusText, statusTone } from "../../format/trace-labels.js";
import { percentile } from "../../model/traces/latency-series.js";
import { compare } from "../../model/traces/trace-comparison.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { notifyFailure } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { readFilter } from "../traces/index.js";
import { brokenText, columns, findingsText, inOrder, partsText, type Sort, sortedBy, valueText } from "./row-order.js";
import { type Run, stopVariations, useVariations } from "./run-store.js";
import "./variations.css";

/** The height of a row, the same as --row in tokens.css. */
const rowPx = 24;

export function VariationsView() {
  const run = useVariations((state) => state.run);
  return run === null ? <div className="ui-empty">No values were tried.</div> : <Rows key={run.startedMs} run={run} />;
}

function Rows({ run }: { readonly run: Run }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [isBrokenOnly, setBrokenOnly] = useState(false);
  const [filter, setFilter] = useState<RowFilter>(noFilter);
  const [selected, setSelected] = useState<VariedRow | null>(null);
  const { rows, sent } = run;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list of rows is the same one, and grows
  const shown = useMemo(
    () =>
      inOrder(isBrokenOnly || filter.test ? rows.filter((row) => isShown(row, isBrokenOnly, filter.test)) : rows, sort),
    [rows, sent, sort, isBrokenOnly, filter],
  );
  const select = (row: VariedRow): void => {
    setSelected(row);
    if (row.trace) useSelection.getState().bringUp(row.trace.id);
  };
  const first = rows[0]?.trace ?? null;
  const other = selected?.trace ?? null;
  return (
    <section className="variations" aria-label="Variations">
      <div className="ui-row variations-bar">
        {run.endedMs === null && (
          <Button size="small" look="danger" onClick={stopVariations}>
            Stop
          </Button>
        )}
        <Progress run={run} />
        {run.problem !== null && (
          <span className="ui-bad ui-cut" role="alert" title={run.problem}>
            {run.problem}
          </span>
        )}
        <span className="ui-spacer" />
        <Button
          size="small"
          disabled={first === null || other === null || other.id === first.id}
          onClick={() => {
            compare(first?.id ?? null, other?.id ?? null);
            showBottomTab("compare");
          }}
        >
          Compare with first
        </Button>
        <Button size="small" disabled={run.endedMs === null || sent === 0} onClick={() => void saveRows(shown)}>
          Save…
        </Button>
        <Button
          size="small"
          aria-pressed={isBrokenOnly}
          hint="Only rows that are not as expected"
          onClick={() => setBrokenOnly(!isBrokenOnly)}
        >
          Unexpected
        </Button>
        <FilterField onChange={setFilter} />
      </div>
      <Grid rows={shown} selected={selected} sort={sort} onSort={setSort} onSelect={select} />
    </section>
  );
}

interface RowFilter {
  readonly test: ((row: TraceRow) => boolean) | null;
  readonly why: string | null;
}
const noFilter: RowFilter = { test: null, why: null };

const isShown = ({ broken, trace }: VariedRow, isBrokenOnly: boolean, test: RowFilter["test"]): boolean =>
  (!isBrokenOnly || broken.length > 0) && (test === null || (trace !== null && test(trace)));

function FilterField({ onChange }: { readonly onChange: (filter: RowFilter) => void }) {
  const [why, setWhy] = useState<string | null>(null);
  const typed = useRef("");
  const read = async (text: string): Promise<void> => {
    typed.current = text;
    const filter = await readFilter(text);
    if (typed.current !== text) return;
    setWhy(filter.why);
    if (filter.why === null) onChange(filter);
  };
  return (
    <input
      type="search"
      className="ui-field ui-mono variations-filter"
      aria-label="Filter rows"
      aria-invalid={why !== null}
      title={why ?? undefined}
      placeholder="Filter: status:5xx took:>100ms"
      spellCheck={false}
      onChange={({ target }) =>
        void read(target.value).catch((error: unknown) => setWhy(problemText(problemOf(error))))
      }
    />
  );
}

async function saveRows(rows: readonly VariedRow[]): Promise<void> {
  try {
    const { saveTraces } = await import("../saved/from-trace.js");
    await saveTraces(rows.flatMap((row) => (row.trace ? [{ id: row.trace.id, name: valueText(row) }] : [])));
  } catch (error) {
    notifyFailure("Save rows", error);
  }
}

function Progress({ run }: { readonly run: Run }) {
  const { count, sent, broken, title, endedMs, startedMs, rows } = run;
  const seconds = ((endedMs ?? performance.now()) - startedMs) / 1000;
  const isRunning = endedMs === null;
  const times = useMemo(() => (endedMs === null ? null : timesOf(rows)), [endedMs, rows]);
  return (
    <>
      {isRunning && <progress aria-label="Requests sent" value={sent} max={count} />}
      <span className="variations-facts ui-cut" title={title} role={isRunning ? undefined : "status"}>
        {sent < count ? `${formatCount(sent)} of ${formatCount(count)} sent` : `${formatCount(sent)} sent`}
        {" · "}
        <span className={broken > 0 ? "ui-bad" : "ui-ok"}>
          {broken === 0 ? "all as expected" : `${formatCount(broken)} not as expected`}
        </span>
        {times !== null && ` · ${times}`}
        {sent > 0 && seconds > 0 && ` · ${formatCount(Math.round(sent / seconds))} per second`}
      </span>
    </>
  );
}

function timesOf(rows: readonly VariedRow[]): string | null {
  const ascending = rows.flatMap(({ trace }) => trace?.tookMs ?? []).sort((a, b) => a - b);
  const least = ascending[0];
  const p50 = percentile(ascending, 0.5);
  const most = ascending.at(-1);
  if (least === undefined || p50 === null || most === undefined) return null;
  return `p50 ${formatMs(p50)}, ${formatMs(least)} to ${formatMs(most)}`;
}

interface GridProps {
  readonly rows: readonly VariedRow[];
  readonly selected: VariedRow | null;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly onSelect: (row: VariedRow) => void;
}

function Grid({ rows, selected, sort, onSort, onSelect }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = rowsIn(useViewport(scroller), rows.length, rowPx);
  const go = (place: number): void => {
    const bounded = Math.max(0, Math.min(rows.length - 1, place));
    const row = rows[bounded];
    const element = scroller.current;
    if (row === undefined || element === null) return;
    onSelect(row);
    const top = bounded * rowPx;
    const room = element.clientHeight - rowPx; // below the head
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowPx > element.scrollTop + room) element.scrollTop = top + rowPx - room;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowPx) - 2);
    const at = selected === null ? -1 : rows.indexOf(selected);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: rows.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    go(place);
  };
  return (
    <div
      ref={scroller}
      className="variations-grid"
      role="grid"
      aria-label="Requests with their values"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selected === null ? undefined : `variation-${selected.nth}`}
      tabIndex={0}
      data-pane-focus
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="variations-row ui-dim variations-head">
        {columns.map(({ key, title }) => (
          <div
            key={key}
            role="columnheader"
            aria-sort={sort?.column === key ? (sort.isDescending ? "descending" : "ascending") : "none"}
          >
            <button type="button" onClick={() => onSort(sortedBy(sort, key))}>
              {title}
              {sort?.column === key && (sort.isDescending ? " ↓" : " ↑")}
            </button>
          </div>
        ))}
      </div>
      <div role="rowgroup" className="variations-rows" style={{ height: rows.length * rowPx }}>
        {rows.slice(first, end).map((row, index) => (
          <Row
            key={row.nth}
            row={row}
            index={first + index}
            isSelected={row === selected}
            onSelect={() => onSelect(row)}
          />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: VariedRow;
  readonly index: number;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}

function Row({ row, index, isSelected, onSelect }: RowProps) {
  const { nth, trace, broken, differences } = row;
  const told = differences.map(({ message }) => message.text).join("\n");
  const isQuiet = differences.every(({ part }) => part === "value");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all its rows
    <div
      role="row"
      id={`variation-${nth}`}
      className="variations-row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-broken={broken.length > 0 || undefined}
      style={{ transform: `translateY(${index * rowPx}px)` }}
      onClick={onSelect}
    >
      <Cell className="ui-num ui-dim" text={String(nth)} />
      <Cell className="ui-mono" text={valueText(row)} />
      <Cell
        className={trace ? `ui-mono ui-${statusTone(trace)}` : "ui-mono ui-bad"}
        text={trace ? statusText(trace) : "–"}
      />
      <Cell className="ui-num" text={trace ? formatBytes(trace.responseBytes) : "–"} />
      <Cell className="ui-num" text={formatMsOrDash(trace?.tookMs ?? null)} />
      <Cell className={trace?.severity === "error" ? "ui-bad" : "ui-dim"} text={findingsText(row)} />
      <Cell className={isQuiet ? "ui-dim" : ""} text={partsText(row)} title={told} />
      <Cell className="ui-bad" text={brokenText(row)} />
    </div>
  );
}

const Cell = ({ className, text, title = text }: { className: string; text: string; title?: string }) => (
  <div role="gridcell" className={`ui-cut ${className}`} title={title}>
    {text}
  </div>
);
