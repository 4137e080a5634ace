// Two traces side by side: what differs between them, from the request to the timing. The right side follows the
// selected trace until one is chosen: change one thing, send again, and see what it changed.
import { type ReactNode, useMemo } from "react";
import type { StreamInfo, StreamName, TraceRow, TraceView } from "../../../server/contract/trace.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { formatMs, formatMsOrDash } from "../../format/duration.js";
import { statusText } from "../../format/trace-labels.js";
import { useStoredRows } from "../../model/traces/stored-rows.js";
import {
  compare,
  compareSelected,
  otherOfSelected,
  setOnlyDifferences,
  useTraceComparison,
} from "../../model/traces/trace-comparison.js";
import { useTraceRow, useTraceRows } from "../../model/traces/trace-store.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { useSelection } from "../../platform/selection.js";
import { Button, IconButton } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
import { FactTable } from "../../ui/fact-table.js";
import { SwapIcon } from "../../ui/icon.js";
import { Select } from "../../ui/select.js";
import { splitTarget } from "../../ui/target-text.js";
import { type ComparedPair, comparePairs, differences, onlyExpected } from "./compare-pairs.js";
import { environmentFacts, requestFacts, responseFacts, timingFacts } from "./facts.js";
import { PairCompare } from "./pair-compare.js";
import { TextCompare } from "./text-compare.js";
import "./trace-compare.css";
import { plural } from "../../format/plural.js";

export function Compare() {
  const { left, right: chosen, onlyDifferences } = useTraceComparison();
  const selected = useSelection((selection) => selection.traceId);
  const right = chosen ?? selected;
  const rows = useTraceRows();
  const a = useTrace(left);
  const b = useTrace(right);
  const isReady = a.trace?.id === left && b.trace?.id === right;
  return (
    <section className="ui-pane compare" aria-label="Compare">
      <div className="ui-row compare-bar">
        <Choice
          label="Left trace"
          value={left}
          rows={rows}
          nothing="Choose a trace"
          onChoose={(id) => compare(id, chosen)}
        />
        <IconButton
          label="Swap sides"
          disabled={left === null || right === null}
          onClick={() => compare(right, left)}
          icon={SwapIcon}
        />
        <Choice
          label="Right trace"
          value={chosen}
          rows={rows}
          nothing={`The selected trace${selected === null ? "" : `, ${nameOf(selected)}`}`}
          onChoose={(id) => compare(left, id)}
        />
        <Check className="ui-dim compare-toggle" isOn={onlyDifferences} onChange={setOnlyDifferences}>
          Only differences
        </Check>
      </div>
      {left === null || right === null ? (
        <Nothing />
      ) : a.error !== null || b.error !== null ? (
        <p className="ui-empty" role="alert">
          {a.error ?? b.error}
        </p>
      ) : (
        isReady && a.trace && b.trace && <Both left={a.trace} right={b.trace} onlyDifferences={onlyDifferences} />
      )}
    </section>
  );
}

const nameOf = (id: string): string => `#${numberOf(id)}`;

/** More would make the list slow; the trace list has them all. */
const maxChoices = 100;

/** The system draws the list: cut here, so that the script's name and the end of the query stay. */
function shortTarget({ target, file }: TraceRow): string {
  const { folder, name, rest } = splitTarget(target, file);
  return `${folder.length > 1 ? "…/" : folder}${name}${rest.length > 16 ? `${rest.slice(0, 5)}…${rest.slice(-9)}` : rest}`;
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly rows: readonly TraceRow[];
  /** Words for no choice. */
  readonly nothing: string;
  readonly onChoose: (id: string | null) => void;
}

function Choice({ label, value, rows, nothing, onChoose }: ChoiceProps) {
  const newest = rows.slice(-maxChoices).reverse();
  const own = useTraceRow(value);
  const listed = own && !newest.includes(own) ? [own, ...newest] : newest;
  return (
    <Select
      className="ui-field compare-choice"
      aria-label={label}
      value={value ?? ""}
      choices={[
        { value: "", title: nothing },
        ...(value !== null && own === null ? [{ value, title: nameOf(value) }] : []),
        ...listed.map((row) => ({
          value: row.id,
          title: `#${row.seq} · ${statusText(row)} · ${formatMsOrDash(row.tookMs)} · ${row.method} ${shortTarget(row)}`,
        })),
      ]}
      onChange={(id) => onChoose(id === "" ? null : id)}
    />
  );
}

function Nothing() {
  // Drawn again with the selection, the mark and the live rows; stored ones come at a time of their own.
  const hasOther = useStoredRows(() => otherOfSelected() !== null);
  return (
    <div className="ui-empty">
      <strong>Nothing to compare yet</strong>
      <p>
        Choose two traces above. Or select a trace in the list and press C to compare it with the previous one, or with
        the one that you marked with M.
      </p>
      {hasOther && <Button onClick={compareSelected}>Compare the selected trace with the previous one</Button>}
    </div>
  );
}

function Both({
  left,
  right,
  onlyDifferences,
}: {
  readonly left: TraceView;
  readonly right: TraceView;
  readonly onlyDifferences: boolean;
}) {
  const request = useMemo(() => comparePairs(requestFacts(left), requestFacts(right)), [left, right]);
  const environment = useMemo(() => comparePairs(environmentFacts(left), environmentFacts(right)), [left, right]);
  const response = useMemo(() => comparePairs(responseFacts(left), responseFacts(right)), [left, right]);
  if (left.id === right.id)
    return <p className="ui-empty">Both sides show the same trace. Send the request again, or choose another trace.</p>;
  const names = { left: `#${left.seq}`, right: `#${right.seq}`, onlyDifferences };
  const took =
    left.timing.doneAt !== null && right.timing.doneAt !== null ? right.timing.doneAt - left.timing.doneAt : null;
  const hasOwnBody = (trace: TraceView): boolean => trace.stdout === null || trace.script?.kind === "nph";
  const hasRequestBody = left.request.body.bytes + right.request.body.bytes > 0;
  const hasResponseBody = (left.response?.body.bytes ?? 0) + (right.response?.body.bytes ?? 0) > 0;
  const stream = (label: string, name: StreamName, of: (trace: TraceView) => StreamInfo | null): ReactNode => (
    <TextCompare
      label={label}
      stream={name}
      left={{ id: left.id, info: of(left) }}
      right={{ id: right.id, info: of(right) }}
    />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach what scrolls
    <div className="compare-parts" tabIndex={0}>
      <Part title="Request" count={differences(request)} words={wordsBeside(hasRequestBody, request)}>
        <PairCompare label="Request" rows={request} {...names} />
        {hasRequestBody && stream("Request body", "request-body", ({ request }) => request.body)}
      </Part>
      <Part title="Environment" count={differences(environment)} words={onlyExpected(environment)}>
        <PairCompare label="Environment" rows={environment} {...names} />
      </Part>
      <Part title="Stdout">{stream("Stdout", "stdout", ({ stdout }) => stdout)}</Part>
      {(left.stderr?.bytes ?? 0) + (right.stderr?.bytes ?? 0) > 0 && (
        <Part title="Stderr">{stream("Stderr", "stderr", ({ stderr }) => stderr)}</Part>
      )}
      <Part title="Response" count={differences(response)} words={wordsBeside(hasResponseBody, response)}>
        <PairCompare label="Response" rows={response} {...names} />
        {(hasOwnBody(left) || hasOwnBody(right)) &&
          stream("Response body", "response-body", ({ response }) => response?.body ?? null)}
      </Part>
      <Part title="Timing" words={took === null ? undefined : tookWords(right.seq, took)}>
        <Timings left={left} right={right} />
      </Part>
    </div>
  );
}

/** Beside a body: its lines, here or in the part of stdout, may differ. */
const wordsBeside = (hasBody: boolean, rows: readonly ComparedPair[]): string | undefined =>
  hasBody && differences(rows) === 0 ? "no difference before the body" : undefined;

/** `count`: of differences; undefined where lines are compared. */
function Part({
  title,
  count,
  words,
  children,
}: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly words?: string | undefined;
  readonly children: ReactNode;
}) {
  const label = words ?? (count === undefined ? "" : count === 0 ? "no difference" : plural(count, "difference"));
  return (
    <section className="compare-part" aria-label={title}>
      <h3 className="ui-strong compare-title">
        {title} <span className={count === undefined || count === 0 ? "ui-dim" : "ui-warn"}>{label}</span>
      </h3>
      {children}
    </section>
  );
}

const tookWords = (seq: number, difference: number): string =>
  `#${seq} took ${formatMs(Math.abs(difference))} ${difference < 0 ? "less" : "more"}`;

function Timings({ left, right }: { readonly left: TraceView; readonly right: TraceView }) {
  const numbers = [`#${left.seq}`, `#${right.seq}`, "Difference"].map((title) => ({ title, isNumber: true }));
  return (
    <FactTable label="Timing" columns={[{ title: "Phase" }, ...numbers]} className="compare-timing">
      {timingFacts(left, right).map((phase) => (
        <tr key={phase.name}>
          <th scope="row">{phase.name}</th>
          <td className="ui-num ui-mono">{phase.left}</td>
          <td className="ui-num ui-mono">{phase.right}</td>
          <td className="ui-num ui-mono">{phase.difference}</td>
        </tr>
      ))}
    </FactTable>
  );
}
