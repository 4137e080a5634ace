// The server in the bottom panel: its problems and state, the folder's configuration, the interpreters.

import { type ReactNode, useEffect } from "react";
import type { WorkbenchCounts } from "../../../server/contract/workspace.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { configFile, useHasConfig } from "../../model/folder/config-file.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useTraceCount } from "../../model/traces/requests.js";
import { runCommand } from "../../platform/command-registry.js";
import { problemText } from "../../rpc/problem.js";
import { useClient, useCounts, useServer } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { distinct, ProblemNote, problemKey } from "./problem-note.js";
import { useServerStatusLabel } from "./status-label.js";
import "./server-view.css";

export function ServerView() {
  return (
    <ScrollRegion className="server-view" aria-label="Server">
      <div className="server-part">
        <Problems />
        <State />
      </div>
      <div className="server-part">
        <Configuration />
        <Interpreters />
      </div>
    </ScrollRegion>
  );
}

/** First, because they are the usual reason to open this view. */
function Problems() {
  const problems = useServer(({ state }) => state?.workspace?.problems);
  return distinct(problems ?? []).map((problem) => <ProblemNote key={problemKey(problem)} problem={problem} />);
}

function State() {
  const { tone, title } = useServerStatusLabel();
  const state = useServer((knowledge) => knowledge.state);
  const counts = useCounts((store) => store.counts);
  const all = useTraceCount();
  if (!state) return <p className="ui-dim">Waiting for the server process.</p>;
  const { server, pid, version } = state;
  return (
    <>
      <Alert isNote>{server.problem && problemText(server.problem)}</Alert>
      <dl className="server-list">
        <Fact name="State">
          <span className={`ui-row ui-${tone}`}>
            <span className="ui-dot" />
            {title}
          </span>
          {server.status === "serving" ? (
            <Button size="small" look="danger" onClick={() => runCommand("server.stop")}>
              Stop
            </Button>
          ) : (
            <Button size="small" look="primary" onClick={() => runCommand("server.start")}>
              Start
            </Button>
          )}
        </Fact>
        <Fact name="Address">
          {server.url === null ? (
            <span className="ui-dim">none while stopped</span>
          ) : (
            <>
              <code className="ui-mono">{server.url}</code>
              <Button size="small" onClick={() => runCommand("server.copy")}>
                Copy
              </Button>
            </>
          )}
        </Fact>
        {server.requestedPort !== null && server.requestedPort !== server.port && (
          <Fact name="Port">
            {server.port}, because {server.requestedPort} is in use by another program
          </Fact>
        )}
        {counts && (
          <Fact name="Scripts">
            {formatCount(counts.running)} running, {formatCount(counts.queued)} waiting
          </Fact>
        )}
        <Fact name="Start">{server.startWhy ?? "native, by posix_spawn"}</Fact>
        {counts && <Fact name="Traces">{traceCountLabel(all, counts)}</Fact>}
        <Fact name="Process">
          {pid}, CGI Workbench {version}
        </Fact>
      </dl>
    </>
  );
}

function traceCountLabel(all: number, { traces: { count, bytes, budgetBytes, evicted } }: WorkbenchCounts): string {
  const kept = `${formatCount(all)}; ${formatCount(count)} in memory, ${formatBytes(bytes)} of ${formatBytes(budgetBytes)}`;
  return evicted > 0 ? `${kept}; ${formatCount(evicted)} older ones evicted` : kept;
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="server-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Configuration() {
  const hasConfig = useHasConfig();
  const workspace = useWorkspace((store) => store.workspace);
  if (!workspace) return null;
  return (
    <>
      <h3 className="ui-label server-subtitle">Configuration</h3>
      <p className="ui-row server-config">
        <span>
          {hasConfig ? (
            <code className="ui-mono">{configFile}</code>
          ) : (
            <span className="ui-dim">None. Every setting has its default value.</span>
          )}
        </span>
        <Button size="small" onClick={() => runCommand("config.open")}>
          {hasConfig ? "Open" : "Create"}
        </Button>
      </p>
      <Trust />
    </>
  );
}

function Trust() {
  const trust = useServer(({ state }) => state?.workspace?.trust ?? null);
  if (trust === null) return null;
  const { state, wants } = trust;
  return (
    <p className="ui-row server-config">
      <span>{state === "trusted" ? "You trust this folder." : "You do not trust this folder."}</span>
      {wants.length > 0 && (
        <span className="ui-dim ui-cut" title={wants.map(({ setting, value }) => `${setting}: ${value}`).join("\n")}>
          {formatCount(wants.length)} {wants.length === 1 ? "setting needs" : "settings need"} that
        </span>
      )}
      <Button size="small" onClick={() => runCommand(state === "trusted" ? "workspace.endTrust" : "workspace.trust")}>
        {state === "trusted" ? "End trust" : "Trust"}
      </Button>
    </p>
  );
}

function Interpreters() {
  const interpreters = useServer(({ state }) => state?.interpreters);
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const client = useClient();
  useEffect(() => {
    if (root === null) return;
    client?.server.askVersions().catch((error: unknown) => console.warn("The versions are not known.", error));
  }, [client, root]);
  if (!interpreters || interpreters.length === 0) return null;
  return (
    <>
      <h3 className="ui-label server-subtitle">Interpreters</h3>
      <dl className="server-list">
        {interpreters.map(({ name, path, version }) => (
          <Fact key={name} name={name}>
            {version !== null && <span>{version}</span>}
            <code className="ui-mono ui-dim ui-wrap">{path}</code>
          </Fact>
        ))}
      </dl>
    </>
  );
}
