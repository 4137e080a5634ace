// The Requests tab: the requests of the folder's `.http` files, run one by one or all, with what
// failed and what changed since the run before.

import { Fragment, useEffect } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { OneRequest, SavedFailure, SavedFile } from "../../../server/contract/saved-contract.js";
import { formatShort } from "../../format/short-duration.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { environmentFiles } from "../../model/request/environments.js";
import { isRequestFile } from "../../model/request/request-files.js";
import { runCommand } from "../../platform/command-registry.js";
import { orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useClient } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button, IconButton } from "../../ui/button.js";
import { type FactColumn, FactTable } from "../../ui/fact-table.js";
import { PlayIcon, VariationsIcon } from "../../ui/icon.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { EnvironmentMenu } from "../environments/index.js";
import { keyOf, listSaved, type Ran, runSaved, stopSaved, useSaved } from "./saved-store.js";
import { changeOf, summaryOf } from "./words.js";
import "./saved.css";

export function SavedView() {
  const { list, ran, isRunning, problem } = useSaved();
  const client = useClient();
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const version = useFiles(({ entries }) => versionOf(entries));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder, version or connection are reasons to read again
  useEffect(() => {
    void listSaved(); // its failure is in the store
  }, [client, root, version]);
  if (list === null && problem === null) return <div className="ui-empty" aria-busy="true" />;
  const files = list?.files ?? [];
  if (files.length === 0 && problem === null) return <NoRequests />;
  // Unsaved text may have had others.
  const listed = files.flatMap(({ path, requests }) =>
    requests.flatMap(({ name, nth }) => ran.get(keyOf(path, name, nth)) ?? []),
  );
  return (
    <section className="ui-pane ui-figures" aria-label="Saved requests">
      <div className="ui-row saved-bar">
        {isRunning ? (
          <Button size="small" look="danger" onClick={stopSaved}>
            Stop
          </Button>
        ) : (
          <Button size="small" look="primary" disabled={!client} onClick={() => runCommand("saved.runAll")}>
            Run all
          </Button>
        )}
        <span role="status" className="ui-dim ui-cut">
          {listed.length > 0 && summaryOf(listed)}
        </span>
        <EnvironmentMenu size="small" />
      </div>
      <Alert isNote className="saved-problem">
        {problem}
      </Alert>
      {list?.environmentMistake && (
        <p className="ui-note ui-note-bad saved-problem">{wordsOf(list.environmentMistake.text)}</p>
      )}
      <ScrollRegion className="saved-files" aria-label="Request files">
        {files.map((file) => (
          <RequestsOf key={file.path} file={file} ran={ran} mayRun={client !== null && !isRunning} />
        ))}
      </ScrollRegion>
    </section>
  );
}

const versionOf = (entries: readonly { readonly path: string; readonly modifiedAt: number }[]): string =>
  entries
    .filter(({ path }) => isRequestFile(path) || environmentFiles.some((name) => name === path))
    .map(({ path, modifiedAt }) => `${path} ${modifiedAt}`)
    .join("\n");

function NoRequests() {
  return (
    <div className="ui-empty">
      <strong>No saved requests</strong>
      <p>
        Save a request from the composer or from a trace. It goes into a .http file, with what its response must be. Run
        all checks it.
      </p>
      <Button onClick={() => runCommand("request.save")}>Save request…</Button>
    </div>
  );
}

const columns: readonly FactColumn[] = [
  { title: "Result" },
  { title: "Request" },
  { title: "Target" },
  { title: "Status", isNumber: true },
  { title: "Time", isNumber: true },
  { title: "Since the previous run" },
  { title: "Run", isHidden: true },
];

interface RequestsProps {
  readonly file: SavedFile;
  readonly ran: ReadonlyMap<string, Ran>;
  readonly mayRun: boolean;
}

function RequestsOf({ file: { path, requests, mistakes }, ran, mayRun }: RequestsProps) {
  return (
    <section aria-label={`Requests of ${path}`}>
      <header className="ui-row saved-head">
        <button type="button" className="ui-link ui-mono ui-cut" onClick={() => useSelection.getState().open(path)}>
          {path}
        </button>
        <Button
          size="small"
          aria-label={`Run file ${path}`}
          disabled={!mayRun || mistakes.length > 0}
          onClick={() => void runSaved(path)}
        >
          Run file
        </Button>
      </header>
      {mistakes.map(({ line, column, why }) => (
        <p key={`${line} ${column} ${why.code}`} className="saved-mistake ui-bad">
          <PlaceLink path={path} line={line} column={column} /> {wordsOf(why.text)}
        </p>
      ))}
      {requests.length > 0 && (
        <FactTable label={`Requests of ${path}`} columns={columns} className="saved-table">
          {requests.map((request) => {
            const key = keyOf(path, request.name, request.nth);
            const done = ran.get(key) ?? null;
            return (
              <Fragment key={key}>
                <Row path={path} request={request} done={done} mayRun={mayRun && mistakes.length === 0} />
                {done?.result.failures.map((failure) => (
                  <FailureRow
                    key={`${failure.line} ${failure.column} ${failure.text} ${wordsOf(failure.why.text)}`}
                    path={path}
                    failure={failure}
                    trace={done.result.trace}
                  />
                ))}
              </Fragment>
            );
          })}
        </FactTable>
      )}
    </section>
  );
}

interface RowProps {
  readonly path: string;
  readonly request: SavedFile["requests"][number];
  readonly done: Ran | null;
  readonly mayRun: boolean;
}

function Row({ path, request: { name, nth, line, method, target }, done, mayRun }: RowProps) {
  const result = done?.result ?? null;
  const change = done === null ? null : changeOf(done);
  const isRead = method === "GET" || method === "HEAD";
  const whyNotVaried =
    result?.trace == null && !isRead ? `Run ${name} first: ${method} may change something, even sent once.` : null;
  return (
    <tr>
      <td className={result === null ? "ui-dim" : result.passed ? "ui-ok" : "ui-bad"}>
        {result === null ? "not run" : result.passed ? "✔ passed" : "✖ failed"}
      </td>
      <th scope="row" className="ui-cut">
        <button
          type="button"
          className="ui-link ui-link-inherit ui-cut"
          title={name}
          onClick={() => showTrace(result?.trace ?? null, path, line)}
        >
          {name}
        </button>
      </th>
      <td className="ui-mono ui-cut" title={`${method} ${result?.target ?? target}`}>
        {method} {result?.target ?? target}
      </td>
      <td className="ui-num ui-mono">{result?.status ?? "–"}</td>
      <td className="ui-num">{result?.tookMs == null ? "–" : formatShort(result.tookMs)}</td>
      <td className={change === null ? "ui-dim" : `ui-${change.tone}`}>{change?.text ?? ""}</td>
      <td>
        <IconButton
          label={`Try values for ${name}…`}
          hint={whyNotVaried ?? undefined}
          disabled={whyNotVaried !== null || (!mayRun && result?.trace == null)}
          onClick={() => void orNotify("Try values", () => vary(result?.trace ?? null, path, { name, nth }))}
          icon={VariationsIcon}
        />
        <IconButton
          label={`Run ${name}`}
          disabled={!mayRun}
          onClick={() => void runSaved(path, { name, nth })}
          icon={PlayIcon}
        />
      </td>
    </tr>
  );
}

/** In the composer, as it was sent last; it is run first if it was not yet: a GET or HEAD only. */
async function vary(known: string | null, path: string, request: OneRequest): Promise<void> {
  const trace = known ?? (await runSaved(path, request))?.[0]?.trace ?? null;
  if (trace === null) return; // its row says why
  useSelection.getState().bringUp(trace);
  runCommand("trace.vary");
}

/** Its trace; of one that was not sent its place in the file. */
function showTrace(trace: string | null, path: string, line: number): void {
  if (trace === null) useSelection.getState().open(path, line);
  else useSelection.getState().bringUp(trace);
}

interface FailureProps {
  readonly path: string;
  readonly failure: SavedFailure;
  readonly trace: string | null;
}

function FailureRow({ path, failure: { line, column, why }, trace }: FailureProps) {
  return (
    <tr className="saved-failure">
      <td />
      <td colSpan={6}>
        <PlaceLink path={path} line={line} column={column} />{" "}
        <button type="button" className="ui-link ui-link-inherit ui-bad" onClick={() => showTrace(trace, path, line)}>
          {wordsOf(why.text)}
        </button>
      </td>
    </tr>
  );
}

function PlaceLink({ path, line, column }: { readonly path: string; readonly line: number; readonly column: number }) {
  return (
    <button
      type="button"
      className="ui-link ui-mono"
      aria-label={`${line}:${column}, open ${path}`}
      onClick={() => useSelection.getState().open(path, line, { column, length: 0 })}
    >
      {line}:{column}
    </button>
  );
}
