// The part of the Workers tab for external applications, at an address of the configuration: which paths lead there,
// whether it responds, and why not. It is checked only when the user clicks.
import { Fragment, useState } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import type { ExternalState } from "../../../server/contract/workers-contract.js";
import { formatCount } from "../../format/size.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { showApplication } from "../../model/request/composer-store.js";
import { useTraceRow } from "../../model/traces/trace-store.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { type FactColumn, FactTable } from "../../ui/fact-table.js";
import {
  connectionDetails,
  connectionsLabel,
  externalLabel,
  formatAge,
  loadLabel,
  shortAddress,
} from "./worker-labels.js";
import { askApplication } from "./workers-actions.js";

const columns: readonly FactColumn[] = [
  { title: "Address" },
  { title: "Paths" },
  { title: "State" },
  { title: "Requests", isNumber: true },
  { title: "Now", isNumber: true },
  { title: "Connections" },
  { title: "Check", isHidden: true },
];

export function ExternalApplications({
  external,
  now,
}: {
  readonly external: readonly ExternalState[];
  readonly now: number;
}) {
  return (
    <section className="workers-application" aria-label="External applications">
      <header className="ui-row workers-head">
        <h3 className="ui-strong workers-external-title">External applications</h3>
        <span className="ui-dim ui-cut">Started outside the workbench. cgi-workbench.json holds their addresses.</span>
      </header>
      <FactTable label="External applications" columns={columns} className="workers-table workers-table-external">
        {external.map((application) => (
          <Rows key={application.address} application={application} now={now} />
        ))}
      </FactTable>
    </section>
  );
}

function Rows({ application, now }: { readonly application: ExternalState; readonly now: number }) {
  const { address, routes, requests, answer, failure } = application;
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const { text, tone } = externalLabel(application, now);
  const [isAsking, setAsking] = useState(false);
  const [wasAsked, setAsked] = useState(false);
  const ask = async (): Promise<void> => {
    setAsking(true);
    await askApplication(address);
    setAsking(false);
    setAsked(true);
  };
  // As of the result: its age would be announced each second.
  const resultAt = Math.max(answer?.at ?? 0, failure?.at ?? 0);
  const heard = wasAsked && externalLabel(application, resultAt).text;
  return (
    <>
      <tr>
        <th scope="row" className="ui-mono ui-cut" title={address}>
          {shortAddress(address, root)}
        </th>
        <td className="ui-cut">
          {routes.map(({ path }, index) => (
            <Fragment key={path}>
              {index > 0 && " "}
              {path.startsWith("/") ? (
                <button
                  type="button"
                  className="ui-link ui-link-inherit"
                  title={`Compose a request to ${path}`}
                  onClick={() => showApplication(path)}
                >
                  {path}
                </button>
              ) : (
                path // of a handler: "*.php"
              )}
            </Fragment>
          ))}
        </td>
        <td className={`ui-${tone}`}>{isAsking ? "checking…" : text}</td>
        <td className="ui-num">{formatCount(requests)}</td>
        <td className="ui-num">{loadLabel(application)}</td>
        <td
          className="ui-cut"
          title={routes.map(({ path, connections }) => `${path}: ${connectionDetails(connections)}`).join("\n")}
        >
          {[...new Set(routes.map(({ connections }) => connectionsLabel(connections)))].join("; ")}
        </td>
        <td>
          <Button
            size="small"
            disabled={isAsking}
            aria-label={`Check ${address}`}
            hint="Connects and asks for its limits (GET_VALUES). It sends no request."
            onClick={() => void ask()}
          >
            {" "}
            Check{" "}
          </Button>
          <span role="status" className="ui-hidden">
            {isAsking ? "checking…" : heard}
          </span>
        </td>
      </tr>
      {(failure !== null || (answer !== null && answer.says !== null)) && (
        <tr className="workers-told">
          <td colSpan={7}>
            {failure !== null && <Failure failure={failure} isOver={tone !== "bad"} now={now} />}
            {answer?.says != null && tone !== "bad" && <p className="ui-dim">{wordsOf(answer.says.text)}</p>}
          </td>
        </tr>
      )}
    </>
  );
}

interface FailureProps {
  readonly failure: NonNullable<ExternalState["failure"]>;
  /** It has responded since. */
  readonly isOver: boolean;
  readonly now: number;
}

function Failure({ failure: { at, why, trace }, isOver, now }: FailureProps) {
  const row = useTraceRow(trace);
  return (
    <p className={isOver ? "ui-dim" : "ui-note ui-note-bad"} role={isOver ? undefined : "alert"}>
      {isOver && `Failed ${formatAge(now - at)} ago: `}
      {wordsOf(why.text)}
      {row && (
        <button
          type="button"
          className="ui-link ui-link-inherit workers-trace"
          onClick={() => useSelection.getState().select(row.id)}
        >
          #{row.seq}
        </button>
      )}
    </p>
  );
}
