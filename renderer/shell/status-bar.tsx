// The bar at the bottom: the server, problems of the folder, what the traces hold; on the right the shown file.
import { maxTraces } from "../../server/contract/limits.js";
import { serverNames } from "../../server/contract/server-ids.js";
import { DocumentStatus } from "../features/document-status/index.js";
import { HoldStatus } from "../features/hold/index.js";
import { distinct, ProblemNote, problemKey, useServerStatusLabel } from "../features/server/index.js";
import { TurnStatus, WorkersStatus } from "../features/workers/index.js";
import { plural } from "../format/plural.js";
import { formatBytes, formatCount } from "../format/size.js";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { useTraceCount } from "../model/traces/requests.js";
import { useCounts, useServer } from "../rpc/store.js";
import { Popover } from "../ui/popover.js";

export function StatusBar() {
  const server = useServerStatusLabel();
  const isConnected = useServer(({ client }) => client !== null);
  const hasWorkspace = useWorkspace((store) => store.workspace !== null);
  // Without a folder there is nothing to serve, and that is not a fault.
  const { tone, title } = isConnected && !hasWorkspace ? ({ tone: "ok", title: "Ready" } as const) : server;
  return (
    <footer className="status" role="contentinfo" aria-label="Status">
      <span className="ui-row status-item" role="status">
        <span className={`ui-dot ui-${tone}`} />
        {title}
      </span>
      {!hasWorkspace && (
        <>
          <span className="ui-spacer" />
          <span>This computer only</span>
        </>
      )}
      {hasWorkspace && (
        <>
          <Problems />
          <Traces />
          <WorkersStatus />
          <HoldStatus />
          <ServedLike />
          <span className="ui-spacer" />
          <TurnStatus />
          <DocumentStatus />
        </>
      )}
    </footer>
  );
}

/** The server whose ways the folder is served in. */
function ServedLike() {
  const like = useServer(({ state }) => state?.workspace?.serveLike ?? null);
  return like === null ? null : <span title="serveLike in cgi-workbench.json">Like {serverNames[like]}</span>;
}

function Problems() {
  const workspace = useServer(({ state }) => state?.workspace ?? null);
  if (!workspace) return null;
  const { joined } = workspace;
  const problems = distinct(workspace.problems);
  const words = problems.length === 0 ? "open in two windows" : plural(problems.length, "problem");
  if (problems.length === 0 && !joined) return null;
  return (
    <Popover
      title={problems.length === 0 ? "Also open in another window" : "Problems of this folder"}
      side="top"
      align="start"
      trigger={
        <button type="button" className={`status-button${problems.length > 0 ? " ui-bad" : ""}`}>
          {words}
        </button>
      }
    >
      {problems.map((problem) => (
        <ProblemNote key={problemKey(problem)} problem={problem} />
      ))}
      {joined && (
        <p className="ui-dim">
          Another window has this folder open. Both windows can edit. If a file changed meanwhile, saving asks before it
          overwrites.
        </p>
      )}
    </Popover>
  );
}

function Traces() {
  const traces = useCounts(({ counts }) => counts?.traces ?? null);
  const all = useTraceCount();
  if (!traces || all === 0) return null;
  const { bytes, budgetBytes, evicted, unexamined } = traces;
  return (
    <>
      <span
        className="status-number"
        title={
          evicted > 0
            ? `${formatCount(evicted)} older traces were evicted. The server keeps the newest ${formatCount(maxTraces)}, within limits.memoryBytes.`
            : undefined
        }
      >
        {plural(all, "trace")}, {formatBytes(bytes)} of {formatBytes(budgetBytes)}
      </span>
      {unexamined > 0 && (
        <span
          className="status-number ui-cut"
          title="The doctor could not check every request under load. It checks each request that you select."
        >
          {plural(unexamined, "trace")} not checked under load; select one to check it
        </span>
      )}
    </>
  );
}
