// The Workers tab: for each FastCGI application that runs here its processes, what each of them does, and who waits for
// one; then the external ones.

import { modeTraits } from "../../../server/contract/modes.js";
import type { ApplicationState, Worker } from "../../../server/contract/workers-contract.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { runCommand } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { useNow } from "../../platform/use-now.js";
import { useCounts } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { type FactColumn, FactTable } from "../../ui/fact-table.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { ModeBadge } from "../modes/index.js";
import { ExternalApplications } from "./external-view.js";
import { applicationName, openFirst } from "./open-first.js";
import { exitLabel, formatAge, stateLabel } from "./worker-labels.js";
import { restartWorker, restartWorkers } from "./workers-actions.js";
import { useWorkers } from "./workers-store.js";
import "./workers.css";

export function WorkersView() {
  const state = useWorkers();
  const openFile = useSelection((selection) => selection.openFile);
  const now = useNow();
  const open = useFiles(({ byPath }) => byPath.get(openFile ?? "")) ?? null;
  if (state === null) return <div className="ui-empty" aria-busy="true" />;
  if (state.applications.length + state.external.length === 0) return <NoWorkers />;
  return (
    <ScrollRegion className="workers" aria-label="Workers">
      <OthersWaiting />
      {openFirst(state.applications, open).map((application) => (
        <Application key={application.id} application={application} now={now} />
      ))}
      {state.external.length > 0 && <ExternalApplications external={state.external} now={now} />}
    </ScrollRegion>
  );
}

/** Requests that no application has got yet. */
function OthersWaiting() {
  const { running, queued } = useCounts(({ counts }) => counts) ?? { running: 0, queued: 0 };
  if (queued === 0) return null;
  return (
    <p className="ui-small workers-others ui-warn">
      {formatCount(queued)} more {queued === 1 ? "request waits" : "requests wait"} for a running one to end:{" "}
      {formatCount(running)} run at once (limits.concurrency).
    </p>
  );
}

function NoWorkers() {
  return (
    <div className="ui-empty">
      <strong>No worker processes</strong>
      <p>
        A CGI script starts once for each request. In the modes prefork and persistent the interpreter of an unmodified
        Python, Perl or Ruby script is kept. A FastCGI application serves many requests itself, with a FastCGI library
        (FCGI for Perl, libfcgi for C, flup for Python). A .php file needs no change.
      </p>
      <p>
        To use an application that already runs, add a route with its address to cgi-workbench.json. It appears here,
        too.
      </p>
      <Button onClick={() => runCommand("script.mode")}>Run this script as…</Button>
    </div>
  );
}

const workerColumns: readonly FactColumn[] = [
  { title: "Worker" },
  { title: "State" },
  { title: "Pid", isNumber: true },
  { title: "Requests", isNumber: true },
  { title: "Age", isNumber: true },
  { title: "Memory", isNumber: true },
  { title: "Last exit" },
  { title: "Restart", isHidden: true },
];

function Application({ application, now }: { readonly application: ApplicationState; readonly now: number }) {
  const { script, at, mode, command, count, queued, problem, workers } = application;
  const entry = useFiles(({ byPath }) => byPath.get(script));
  const name = applicationName(application);
  const hasOwn = workers.length > 1;
  return (
    <section className="workers-application" aria-label={`Workers of ${name}`}>
      <header className="ui-row workers-head">
        <h3 className="ui-strong workers-name ui-mono ui-cut" title={command.join(" ")}>
          {at === null ? script : `${script} at ${at}`}
        </h3>
        {entry && entry.mode === mode ? (
          <ModeBadge entry={entry} place="bar" />
        ) : (
          <span className="ui-badge">{modeTraits[mode].shortLabel}</span>
        )}
        <span className="ui-dim">
          Up to {count === 1 ? "1 process" : `${formatCount(count)} processes`},{" "}
          <span className={queued > 0 ? "ui-warn" : undefined}>{queueLabel(queued)}</span>
        </span>
        <Button
          size="small"
          className="workers-restart"
          hint="Restart each process after its current request"
          onClick={() => void restartWorkers(application)}
        >
          {workers.length > 1 ? "Restart all" : "Restart"}
        </Button>
      </header>
      <Alert isNote className="ui-wrap workers-problem">
        {problem}
      </Alert>
      <FactTable label={`Processes of ${name}`} columns={workerColumns} className="workers-table">
        {workers.map((worker, index) => (
          <Row key={worker.id} worker={worker} number={index + 1} now={now} application={hasOwn ? application : null} />
        ))}
      </FactTable>
    </section>
  );
}

const queueLabel = (queued: number): string =>
  queued === 0 ? "queue empty" : queued === 1 ? "1 request waits" : `${formatCount(queued)} requests wait`;

interface RowProps {
  readonly worker: Worker;
  readonly number: number;
  readonly now: number;
  /** For a button of its own; null: the application's does the same. */
  readonly application: ApplicationState | null;
}

function Row({ worker, number, now, application }: RowProps) {
  const { id, pid, requests, startedAt, memoryBytes, lastExit, currentTrace } = worker;
  const { text, tone } = stateLabel(worker, now);
  const trace = useTraceRow(currentTrace);
  return (
    <tr>
      <td>{number}</td>
      <td className={`ui-${tone}`}>
        {text}
        {trace && (
          <button
            type="button"
            className="ui-link ui-link-inherit workers-trace"
            onClick={() => useSelection.getState().select(trace.id)}
          >
            #{trace.seq}
          </button>
        )}
      </td>
      <td className="ui-num ui-mono">{pid ?? "–"}</td>
      <td className="ui-num">{pid === null ? "–" : formatCount(requests)}</td>
      <td className="ui-num">{startedAt === null ? "–" : formatAge(now - startedAt)}</td>
      <td className="ui-num">{memoryBytes === null ? "–" : formatBytes(memoryBytes)}</td>
      <td className={lastExit === null ? "ui-dim" : undefined}>{exitLabel(lastExit, now)}</td>
      <td>
        {application !== null && (
          <Button
            size="small"
            aria-label={`Restart worker ${number}`}
            disabled={pid === null}
            onClick={() => void restartWorker(application, id, number)}
          >
            Restart
          </Button>
        )}
      </td>
    </tr>
  );
}
