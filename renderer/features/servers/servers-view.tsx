// What other servers would have done with the request: one column a server, and below it the environment that each
// would have given the script.
import { useState } from "react";
import { wordsOf } from "../../../server/contract/message.js";
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
import { IconButton } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { EnlargeIcon } from "../../ui/icon.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Select } from "../../ui/select.js";
import { AskReal } from "./ask-real.js";
import { EnvironmentTable } from "./environment-table.js";
import { BodyCell, HeadersCell, Lines, RunsCell, StatusCell } from "./server-cells.js";
import { useRealServers } from "./use-real-servers.js";
import "./servers.css";

export function ServersView({ trace }: { readonly trace: TraceView }) {
  const { id, outcome } = trace;
  // It is asked for when it is shown, once the request has ended.
  const { value: comparison, error } = useLoaded(outcome === null ? null : id, (client, signal) =>
    client.servers.compare({ id }, { signal }),
  );
  const real = useRealServers(id);
  const [isWide, setWide] = useState(false);
  if (error !== null) return <Alert className="ui-empty">{error}</Alert>;
  if (comparison === null) return outcome === null ? <p className="ui-empty">The request is still running.</p> : null;
  const { here } = comparison;
  const servers = comparison.servers.map((server) => real.answers.get(server.id) ?? server);
  const [first] = servers;
  if (
    first !== undefined &&
    servers.every(({ isKnown }) => !isKnown) &&
    new Set(servers.map(({ why }) => why.code)).size === 1
  )
    return <p className="ui-empty">There is nothing to predict. {wordsOf(first.why.text)}</p>;
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
        <AskReal key={id} real={real} method={readable(trace.request.method)} servers={comparison.servers} />
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
        <table className="ui-table ui-small servers-table" aria-label="Responses of other servers">
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
            {Object.entries(rows).map(([label, cell]) => (
              <tr key={label} data-part={label.toLowerCase()}>
                <th scope="row">{label}</th>
                {servers.map((server) => (
                  <td key={server.id} data-server={server.id}>
                    {server.isKnown || !(label in predicted) ? (
                      cell(server, trace)
                    ) : (
                      <span className="ui-faint">–</span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
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
    >
      {view}
    </Dialog>
  );
}

type Cell = (server: ServerAnswer, trace: TraceView) => React.ReactNode;
/** Rows about the response, which is known of predicted servers alone. */
const predicted: Readonly<Record<string, Cell>> = {
  Status: (server, { response }) => <StatusCell server={server} here={response?.status ?? null} />,
  Headers: (server, { script }) => <HeadersCell server={server} script={script?.headers ?? []} />,
  Body: (server) => <BodyCell server={server} />,
  Log: ({ log }) => <Lines lines={log} none="Nothing" className="ui-mono" />,
};
const rows: Readonly<Record<string, Cell>> = {
  ...predicted,
  Why: ({ why }) => wordsOf(why.text),
  "Runs as": (server) => <RunsCell server={server} />,
  // What its user may not do with the files of the request, and what suEXEC would say of the script.
  Files: ({ unusable, suexec }) => (
    <Lines lines={[...unusable, ...suexec].map(({ text }) => wordsOf(text))} none="Its user may use all of them" />
  ),
  Checked: ({ seen, unseen, isKnown }) =>
    seen ? (
      <span className="ui-ok">Seen on the real server</span>
    ) : (
      <span className="ui-dim">
        {isKnown ? "Predicted" : "Not predicted"}
        {unseen === null ? "" : `: ${wordsOf(unseen.text)}`}
      </span>
    ),
};

// The choice of the server that the folder is served like.
function ServeLike() {
  const current = useServer(({ state }) => state?.workspace?.serveLike ?? null);
  const choose = (server: ServerId | null): void => {
    connected()
      .servers.serveLike({ server })
      .catch((error: unknown) => notify("bad", problemText(problemOf(error))));
  };
  return (
    <label className="ui-row" title="Writes serveLike into cgi-workbench.json">
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
