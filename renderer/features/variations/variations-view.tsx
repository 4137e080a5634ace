// The Variations tab: a row for each request of the run, as it comes. A row opens as a trace.
// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one at any scroll position, which table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { listKey } from "../../../server/contract/commands.js";
import type { VariedRow } from "../../../server/contract/variations-contract.js";
import { formatMs } from "../../format/duration.js";
import { formatCount } from "../../format/size.js";
import { enoughRequests, percentile } from "../../model/traces/latency-series.js";
import { compare, toggleMark, useMarked } from "../../model/traces/trace-comparison.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { keyOf } from "../../platform/shortcuts.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { keepRowVisible, rowByKey, rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { readFilter } from "../traces/index.js";
import { columns, inOrder, type Sort, sortedBy, valueText } from "./row-order.js";
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
  const { rows } = run;
  const shown = useMemo(
    () =>
      inOrder(isBrokenOnly || filter.test ? rows.filter((row) => isShown(row, isBrokenOnly, filter.test)) : rows, sort),
    [rows, sort, isBrokenOnly, filter],
  );
  const select = (row: VariedRow): void => {
    setSelected(row);
    if (row.trace) useSelection.getState().bringUp(row.trace.id);
  };
  const marked = useMarked();
  const left = rows.find(({ trace }) => trace !== null && trace.id === marked) ?? rows[0];
  const was = left?.trace?.id ?? null;
  const now = selected?.trace?.id ?? null;
  const mayCompare = was !== null && now !== null && was !== now;
  const onCompare = (): void => {
    if (!mayCompare) return;
    compare(was, now);
    showBottomTab("compare");
  };
  return (
    <section className="ui-pane ui-figures" aria-label="Variations">
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
          disabled={now === null}
          aria-pressed={now !== null && now === marked}
          hint="Other rows are compared with the marked one (M)"
          onClick={() => now !== null && toggleMark(now)}
        >
          Mark
        </Button>
        <Button size="small" disabled={!mayCompare} onClick={onCompare}>
          Compare with {left && left !== rows[0] ? `row ${left.nth}` : "first"}
        </Button>
        <Button
          size="small"
          disabled={run.endedMs === null || shown.every(({ trace }) => trace === null)}
          onClick={() => void saveRows(shown)}
        >
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
      <Grid rows={shown} selected={selected} sort={sort} onSort={setSort} onSelect={select} onCompare={onCompare} />
    </section>
  );
}

type RowFilter = Awaited<ReturnType<typeof readFilter>>;
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
      title={why ?? "Such as status:5xx took:>100ms"}
      placeholder="Filter rows"
      spellCheck={false}
      onChange={({ target }) =>
        void read(target.value).catch((error: unknown) => setWhy(problemText(problemOf(error))))
      }
    />
  );
}

const saveRows = (rows: readonly VariedRow[]): Promise<void> =>
  orNotify("Save rows", async () => {
    const { saveTraces } = await import("../saved/from-trace.js");
    await saveTraces(rows.flatMap((row) => (row.trace ? [{ id: row.trace.id, name: valueText(row) }] : [])));
  });

function Progress({ run }: { readonly run: Run }) {
  const { count, title, endedMs, startedMs, rows } = run;
  const sent = rows.length;
  const broken = useMemo(() => rows.filter((row) => row.broken.length > 0).length, [rows]);
  const seconds = ((endedMs ?? performance.now()) - startedMs) / 1000;
  const isRunning = endedMs === null;
  const times = useMemo(() => (endedMs === null ? [] : timesOf(rows)), [endedMs, rows]);
  const all = sent < count ? `${formatCount(sent)} of ${formatCount(count)} sent` : `${formatCount(sent)} sent`;
  const told = broken === 0 ? "all as expected" : `${formatCount(broken)} not as expected`;
  const pace = sent > 0 && seconds > 0 ? [`${formatCount(Math.round(sent / seconds))} per second`] : [];
  const rest = [...times, ...pace].map((text) => ` · ${text}`);
  return (
    <>
      {isRunning && <progress aria-label="Requests sent" value={sent} max={count} />}
      <span
        className="variations-told"
        title={`${title}\n${all} · ${told}${rest.join("")}`}
        role={isRunning ? undefined : "status"}
      >
        <span className="ui-cut">
          {all} · <span className={broken > 0 ? "ui-bad" : "ui-ok"}>{told}</span>
        </span>
        {rest.map((text) => (
          <span key={text}>{text}</span>
        ))}
      </span>
    </>
  );
}

function timesOf(rows: readonly VariedRow[]): readonly string[] {
  const ascending = rows.flatMap(({ trace }) => trace?.tookMs ?? []).sort((a, b) => a - b);
  const least = ascending[0];
  const p50 = percentile(ascending, 0.5);
  const most = ascending.at(-1);
  if (least === undefined || p50 === null || most === undefined) return [];
  const middle = ascending.length < enoughRequests ? [] : [`p50 ${formatMs(p50)}`];
  return [...middle, `${formatMs(least)} to ${formatMs(most)}`];
}

interface GridProps {
  readonly rows: readonly VariedRow[];
  readonly selected: VariedRow | null;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly onSelect: (row: VariedRow) => void;
  readonly onCompare: () => void;
}

function Grid({ rows, selected, sort, onSort, onSelect, onCompare }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = rowsIn(useViewport(scroller), rows.length, rowPx);
  const marked = useMarked();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const place = rowByKey(event, selected === null ? -1 : rows.indexOf(selected), rows.length, rowPx, {
      headPx: rowPx,
    });
    const row = place === null ? undefined : rows[place];
    if (place !== null && row) {
      onSelect(row);
      keepRowVisible(scroller.current, place, rowPx, rowPx);
    } else if (keyOf(event) === listKey("trace.mark") && selected?.trace) toggleMark(selected.trace.id);
    else if (keyOf(event) === listKey("trace.compare")) onCompare();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className="ui-list variations-grid"
      role="grid"
      aria-label="Requests with their values"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selected === null ? undefined : `variation-${selected.nth}`}
      tabIndex={0}
      data-pane-focus
      data-differs={rows.some(({ differences }) => differences.length > 0) || undefined}
      data-broken={rows.some(({ broken }) => broken.length > 0) || undefined}
      onKeyDown={onKeyDown}
    >
      <div role="row" aria-rowindex={1} className="ui-list-head ui-dim variations-row variations-head">
        {columns.map((column) => (
          <div
            key={column.title}
            role="columnheader"
            aria-sort={sort?.column === column ? (sort.isDescending ? "descending" : "ascending") : "none"}
          >
            <button type="button" onClick={() => onSort(sortedBy(sort, column))}>
              {column.title}
              {sort?.column === column && (sort.isDescending ? " ↓" : " ↑")}
            </button>
          </div>
        ))}
      </div>
      <div role="rowgroup" className="ui-list-rows" style={{ height: rows.length * rowPx }}>
        {rows.slice(first, end).map((row, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all its rows
          <div
            key={row.nth}
            role="row"
            id={`variation-${row.nth}`}
            className="ui-list-row variations-row"
            aria-rowindex={first + place + 2}
            aria-selected={row === selected}
            data-broken={row.broken.length > 0 || undefined}
            data-marked={(marked !== null && row.trace?.id === marked) || undefined}
            style={{ transform: `translateY(${(first + place) * rowPx}px)` }}
            onClick={() => onSelect(row)}
          >
            {columns.map(({ title, text, look, told = text }) => (
              <div key={title} role="gridcell" className={`ui-cut ${look(row)}`} title={told(row)}>
                {text(row)}
              </div>
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
