// The page of a script: what its stored requests say about it. How many, how fast in each
// version, what failed, which were slowest.

import type { ReactNode } from "react";
import type { FigureTrace, StoredFigures, VersionFigures } from "../../../server/contract/figures-contract.js";
import { dateTimeOf, timeOf } from "../../format/clock.js";
import { formatMsOrDash } from "../../format/duration.js";
import { baseOf } from "../../format/file-path.js";
import { formatCount } from "../../format/size.js";
import { statusText } from "../../format/trace-labels.js";
import { useRule } from "../../model/traces/rules-store.js";
import { closeDialog, useDialogSubject } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { Alert } from "../../ui/alert.js";
import { Dialog } from "../../ui/dialog.js";
import { FactTable } from "../../ui/fact-table.js";
import { SeverityIcon } from "../../ui/severity-icon.js";
import { ReadingFigures, StoredGraph, summaryWords } from "./stored-body.js";
import { useStoredFigures } from "./stored-figures.js";
import "./latency.css";

const close = (): void => closeDialog("figures");

export function FiguresDialog() {
  const file = useDialogSubject("figures");
  return file === null ? null : <Figures file={file} />;
}

function Figures({ file }: { readonly file: string }) {
  const { figures, error } = useStoredFigures(file);
  return (
    <Dialog
      onClose={close}
      size="huge"
      title={`Figures of ${baseOf(file)}`}
      description={figures && figures.requests > 0 ? summaryWords(figures) : "From the stored traces of this folder."}
    >
      <Alert>{error}</Alert>
      {figures === null && error === null && <ReadingFigures />}
      {figures && (figures.requests === 0 ? <Nothing /> : <Filled figures={figures} />)}
    </Dialog>
  );
}

const Nothing = () => (
  <div className="ui-empty">
    <strong>No request to this script is stored</strong>
    <p>Turn on “Store traces on disk” in the settings, then send requests.</p>
  </div>
);

function Filled({ figures }: { readonly figures: StoredFigures }) {
  const { versions, failures, slowest, lastFailed } = figures;
  const now = Date.now();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach what scrolls
    <div className="ui-column figures" tabIndex={0}>
      <div className="ui-column figures-graph">
        <StoredGraph figures={figures} />
      </div>
      <Part title="Versions">
        <FactTable label="Versions" columns={versionColumns}>
          {versions.map((version) => (
            <Version key={version.version ?? ""} version={version} now={now} />
          ))}
        </FactTable>
      </Part>
      <div className="figures-pair">
        <Part title="Failures and warnings">
          {failures.length === 0 ? (
            <p className="ui-dim">None.</p>
          ) : (
            <FactTable label="Failures and warnings" columns={failureColumns} className="figures-failures">
              {failures.map(({ rule, severity, requests, last }) => (
                <tr key={rule ?? ""}>
                  <th scope="row">
                    {severity && <SeverityIcon severity={severity} />} <RuleTitle id={rule} />
                  </th>
                  <td className="ui-num">{formatCount(requests)}</td>
                  <td>
                    <Open id={last}>newest</Open>
                  </td>
                </tr>
              ))}
            </FactTable>
          )}
          {lastFailed && (
            <p>
              Last error: <Open id={lastFailed.id}>{lineOf(lastFailed)}</Open>{" "}
              <span className="ui-dim">{timeOf(lastFailed.startedAt, now)}</span>
            </p>
          )}
        </Part>
        <Part title="Slowest">
          <FactTable label="Slowest" columns={slowColumns} className="figures-slow">
            {slowest.map((trace) => (
              <tr key={trace.id}>
                <th scope="row">
                  <Open id={trace.id}>{lineOf(trace)}</Open>
                </th>
                <td className="ui-num">{formatMsOrDash(trace.tookMs)}</td>
                <td className="ui-num" title={dateTimeOf(trace.startedAt)}>
                  {timeOf(trace.startedAt, now)}
                </td>
              </tr>
            ))}
          </FactTable>
        </Part>
      </div>
    </div>
  );
}

const lineOf = ({ method, target, status, outcome }: FigureTrace): string =>
  `${method} ${target} · ${statusText({ status, outcome })}`;

/** The id stands for a title that is not known yet. */
function RuleTitle({ id }: { readonly id: string | null }) {
  const rule = useRule(id ?? "");
  return rule?.title ?? id ?? "No finding";
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="ui-strong figures-title">{title}</h3>
      {children}
    </section>
  );
}

function Version({ version, now }: { readonly version: VersionFigures; readonly now: number }) {
  const { requests, failed, firstAt, lastAt, p50Ms, p95Ms, p99Ms, maxMs } = version;
  return (
    <tr>
      <th scope="row" className="ui-mono">
        {version.version ?? "not known"}
        {version.version !== null && version.hash === null && <span className="ui-dim"> not kept</span>}
      </th>
      <td className="ui-num">{formatCount(requests)}</td>
      <td className={`ui-num ${failed > 0 ? "ui-bad" : "ui-dim"}`}>{formatCount(failed)}</td>
      {Object.entries({ p50Ms, p95Ms, p99Ms, maxMs }).map(([name, value]) => (
        <td key={name} className="ui-num">
          {formatMsOrDash(value)}
        </td>
      ))}
      <td className="ui-num" title={dateTimeOf(firstAt)}>
        {timeOf(firstAt, now)}
      </td>
      <td className="ui-num" title={dateTimeOf(lastAt)}>
        {timeOf(lastAt, now)}
      </td>
    </tr>
  );
}

/** Opens a trace and leaves the page. */
function Open({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <button
      type="button"
      className="ui-link figures-open ui-cut"
      onClick={() => {
        useSelection.getState().select(id);
        close();
      }}
    >
      {children}
    </button>
  );
}

const versionColumns = [
  { title: "Version" },
  ...["Requests", "Failed", "p50", "p95", "p99", "Slowest", "First ran", "Last ran"].map((title) => ({
    title,
    isNumber: true,
  })),
];
const failureColumns = [
  { title: "Finding" },
  { title: "Requests", isNumber: true },
  { title: "Trace", isHidden: true },
];
const slowColumns = [{ title: "Request" }, { title: "Took", isNumber: true }, { title: "When", isNumber: true }];
