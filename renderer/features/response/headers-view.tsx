// The response's head explained: each field, and what the gateway had to do with it.
import { type Sentence, wordsOf } from "../../../server/contract/message.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { sentVersion } from "../../../server/protocol/status-line.js";
import { readable } from "../../format/bytes-text.js";
import { isOfFile } from "../../model/traces/is-of-file.js";
import { responseSource } from "../../model/traces/response-source.js";
import { ByteValue } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { type FieldFate, type FieldLine, fieldLines, statusReason } from "./header-lines.js";

const fateLabel: Record<Exclude<FieldFate, "source">, string> = {
  added: "added",
  changed: "changed",
  dropped: "dropped",
};

export function HeadersView({
  trace,
  response,
}: {
  readonly trace: TraceView;
  readonly response: NonNullable<TraceView["response"]>;
}) {
  const lines = fieldLines(response, trace.script);
  const statusWhy = statusReason(response);
  const nameKeys = useNameKeys<HTMLTableElement>();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div className="response-explained" tabIndex={0} role="group" aria-label="Response headers">
      <table ref={nameKeys} className="ui-table response-table" aria-label="Response headers, explained">
        <thead>
          <tr>
            <th scope="col">Header</th>
            <th scope="col">Value</th>
          </tr>
        </thead>
        <tbody>
          {response.interim.map((status, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, and its entries may be equal
            <tr key={index}>
              <th scope="row">Interim</th>
              <td className="ui-mono">{status}</td>
            </tr>
          ))}
          <tr data-fate={statusWhy === null ? "source" : "changed"}>
            <th scope="row">Status</th>
            <td>
              <span className="ui-mono">
                {sentVersion(trace, null) === null ? (
                  <span className="ui-faint">no status line</span>
                ) : (
                  <Explained about={{ status: response.status }} isFirst>
                    {response.status} <ByteValue value={response.reason} />
                  </Explained>
                )}
              </span>
              {statusWhy !== null && <Fate fate="changed" why={statusWhy} />}
            </td>
          </tr>
          {lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields may repeat and never move
            <Field key={index} line={line} />
          ))}
        </tbody>
      </table>
      <p className="ui-dim ui-small response-origin">{originLabel(trace)}</p>
    </div>
  );
}

function Field({ line: { fate, name, value, was, why } }: { readonly line: FieldLine }) {
  return (
    <tr data-fate={fate} data-header={readable(name)}>
      <th scope="row" className="ui-mono">
        <Explained about={{ field: readable(name) }} isFirst={false}>
          {readable(name)}
        </Explained>
      </th>
      <td>
        <span className="ui-mono response-value">{value === null ? "–" : <ByteValue value={value} />}</span>
        {fate !== "source" && <Fate fate={fate} why={why} />}
        {was !== null && (
          <div className="ui-small ui-dim">
            the script wrote{" "}
            <span className="ui-mono">
              <ByteValue value={was} />
            </span>
          </div>
        )}
      </td>
    </tr>
  );
}

function Fate({ fate, why }: { readonly fate: Exclude<FieldFate, "source">; readonly why: Sentence | null }) {
  return (
    <div className="ui-small ui-dim">
      <span className="ui-badge">{fateLabel[fate]}</span> {wordsOf(why)}
    </div>
  );
}

function originLabel(trace: TraceView): string {
  switch (responseSource(trace)) {
    case "nph":
      return "The script speaks HTTP itself (NPH): the gateway passed everything on unchanged.";
    case "script":
      return "Headers without a mark come from the script, exactly as it wrote them.";
    case "other":
      return "Headers without a mark come from the path that the script’s local redirect leads to.";
    default:
      return isOfFile(trace)
        ? "Headers without a mark describe the file. No program ran."
        : "The gateway generated this response. Headers without a mark describe its page.";
  }
}
