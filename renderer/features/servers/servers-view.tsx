// What other servers would have done with the request: one column a server, and below it the environment that each
// would have given the script.
import { useState } from "react";
import { type ServerId, serverIds, serverNames } from "../../../server/contract/server-ids.js";
import type { ServerAnswer } from "../../../server/contract/servers-contract.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { notify } from "../../platform/notices.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected, useServer } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button, IconButton } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { EnlargeIcon } from "../../ui/icon.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Select } from "../../ui/select.js";
import { AskReal } from "./ask-real.js";
import { EnvironmentTable } from "./environment-table.js";
import { BodyCell, FilesCell, HeadersCell, LogCell, RunsCell, StatusCell } from "./server-cells.js";
import { useRealServers } from "./use-real-servers.js";
import "./servers.css";

export function ServersView({ trace }: { readonly trace: TraceView }) {
  const { value: comparison, error } = useComparison(trace);
  const real = useRealServers(trace.id);
  const [isWide, setWide] = useState(false);
  if (error !== null) return <Alert className="ui-empty">{error}</Alert>;
  if (comparison === null)
    return trace.outcome === null ? <p className="ui-empty">The request is still running.</p> : null;
  const { here } = comparison;
  const servers = comparison.servers.map((server) => real.answers.get(server.id) ?? server);
  const [first] = servers;
  if (
    first !== undefined &&
    servers.every(({ isKnown }) => !isKnown) &&
    new Set(servers.map(({ why }) => why.code)).size === 1
  )
    return <p className="ui-empty">There is nothing to predict. {first.why.text}</p>;
  const statuses = new Set(servers.flatMap(({ isKnown, status }) => (isKnown ? [status] : [])));
  const view = (
    <section className="servers" aria-label="Other servers" data-wide={isWide || undefined}>
      <div className="servers-bar">
        <p>
          The same request and the same output on other servers:{" "}
          {plural(statuses.size, "different status", "different statuses")}.
        </p>
        <span className="ui-spacer" />
        <ServeLike />
        <AskReal key={trace.id} real={real} method={readable(trace.request.method)} servers={comparison.servers} />
        {!isWide && (
          <IconButton
            label="Enlarge"
            hint="Show all servers side by side in the whole window"
            icon={EnlargeIcon}
            onClick={() => setWide(true)}
          />
        )}
      </div>
      <ScrollRegion className="servers-scroll" aria-label="Responses">
        <table className="ui-small servers-table" aria-label="Responses of other servers">
          <thead>
            <tr>
              <td />
              {servers.map(({ id, name, version }) => (
                <th key={id} scope="col">
                  {name} <span className="ui-dim">{version}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row
              label="Status"
              servers={servers}
              cell={(server) => <StatusCell server={server} here={trace.response?.status ?? null} />}
            />
            <Row
              label="Headers"
              servers={servers}
              cell={(server) => <HeadersCell server={server} script={trace.script?.headers ?? []} />}
            />
            <Row label="Body" servers={servers} cell={(server) => <BodyCell server={server} />} />
            <Row label="Log" servers={servers} cell={(server) => <LogCell server={server} />} />
            <Row label="Why" isOfEach servers={servers} cell={({ why }) => why.text} />
            <Row label="Runs as" isOfEach servers={servers} cell={(server) => <RunsCell server={server} />} />
            <Row label="Files" isOfEach servers={servers} cell={(server) => <FilesCell server={server} />} />
            <Row label="Checked" isOfEach servers={servers} cell={checkedText} />
          </tbody>
        </table>
      </ScrollRegion>
      <EnvironmentTable servers={servers} here={here} />
    </section>
  );
  if (!isWide) return view;
  return (
    <Dialog
      size="widest"
      title={`Other servers: #${trace.seq} ${readable(trace.request.method)} ${readable(trace.request.target)}`}
      onClose={() => setWide(false)}
      actions={<Button onClick={() => setWide(false)}>Close</Button>}
    >
      {view}
    </Dialog>
  );
}

const checkedText = ({ seen, unseen, isKnown }: ServerAnswer) =>
  seen ? (
    <span className="ui-ok">Seen on the real server</span>
  ) : (
    <span className="ui-dim">
      {isKnown ? "Predicted" : "Not predicted"}
      {unseen === null ? "" : `: ${unseen.text}`}
    </span>
  );

function Row({
  label,
  isOfEach = false,
  servers,
  cell,
}: {
  readonly label: string;
  /** It is known of servers that are not predicted, too. */
  readonly isOfEach?: boolean;
  readonly servers: readonly ServerAnswer[];
  readonly cell: (server: ServerAnswer) => React.ReactNode;
}) {
  return (
    <tr data-part={label.toLowerCase()}>
      <th scope="row">{label}</th>
      {servers.map((server) => (
        <td key={server.id} data-server={server.id}>
          {server.isKnown || isOfEach ? cell(server) : <span className="ui-faint">–</span>}
        </td>
      ))}
    </tr>
  );
}

// The choice of the server that the folder is served like.
function ServeLike() {
  const current = useServer(({ state }) => state?.workspace?.serveLike ?? null);
  const choose = (server: ServerId | null): void => {
    connected()
      .servers.serveLike({ server })
      .catch((error: unknown) => notify("bad", problemText(problemOf(error))));
  };
  return (
    <label className="ui-row servers-only" title="Writes serveLike into cgi-workbench.json">
      Serve like
      <Select
        value={current ?? ""}
        choices={[
          { value: "", title: "CGI Workbench" },
          ...serverIds.map((id) => ({ value: id, title: serverNames[id] })),
        ]}
        onChange={(id) => choose(id === "" ? null : id)}
      />
    </label>
  );
}

// What other servers would have done with a trace's request: asked when it is shown, once the request has ended.
const useComparison = ({ id, outcome }: TraceView) =>
  useLoaded(outcome === null ? null : id, (client, signal) => client.servers.compare({ id }, { signal }));
