// What the gateway made of it, and what went to the client.
import type { Framing, TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatExactBytes } from "../../format/size.js";
import { anchor } from "../../platform/anchors.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { ByteValue } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { type Change, changesOf } from "./response-changes.js";

const signs: Record<Change["is"], string> = { added: "+", changed: "~", dropped: "−" };

export function GatewayPart({ trace }: { readonly trace: TraceView }) {
  const { response, script } = trace;
  if (!response) return null;
  const changes = changesOf(response, script);
  return (
    <section aria-label="Gateway">
      <h3 className="xray-title">
        {changes.length === 0 ? "The gateway changed nothing" : "The gateway added, changed or dropped"}
      </h3>
      {changes.length > 0 && (
        <ul className="ui-box xray-changes">
          {changes.map((change) => (
            <li key={`${change.is} ${change.name} ${change.why}`} data-change={change.is} data-header={change.name}>
              <span className="ui-mono xray-change-sign" title={change.is}>
                <span aria-hidden="true">{signs[change.is]}</span>
                <span className="ui-hidden">{change.is}</span>
              </span>
              <span className="ui-mono xray-change-header">
                {change.name}
                {change.value !== null && (
                  <span className="ui-dim">
                    : <ByteValue value={change.value} />
                  </span>
                )}
              </span>
              <span className="ui-dim xray-change-why">{change.why}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const framingLabel: Record<Framing, string> = {
  length: "length given by Content-Length",
  chunked: "in chunks (Transfer-Encoding)",
  close: "until the connection closes",
  none: "",
};

export function ClientPart({ trace, onShowBody }: { readonly trace: TraceView; readonly onShowBody: () => void }) {
  const { response } = trace;
  const box = useJoinedRefs(useNameKeys<HTMLDivElement>(), anchor("xray.client"));
  if (!response) return <NoResponse trace={trace} />;
  const { body, framing } = response;
  return (
    <section aria-label="To the client">
      <h3 className="xray-title">Sent to the client</h3>
      <div ref={box} className="ui-box ui-mono xray-lines">
        {response.interim.map((status, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, and its entries may be equal
          <div key={index} className="ui-dim">
            HTTP/1.1 {status} first
          </div>
        ))}
        <div className="xray-line" data-part="status-line">
          <span className="ui-dim">HTTP/1.1</span>{" "}
          <Explained about={{ status: response.status }} isFirst>
            {response.status} <ByteValue value={response.reason} />
          </Explained>
        </div>
        {response.headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
          <div key={index} className="xray-line" data-part="header">
            <Explained about={{ field: readable(name) }} isFirst={false} className="xray-name">
              {readable(name)}
            </Explained>
            <span className="ui-dim">: </span>
            <ByteValue value={value} />
          </div>
        ))}
        <div className="xray-client-body">
          {body.bytes === 0 ? (
            <span className="ui-faint">no body</span>
          ) : (
            <button type="button" className="ui-link" onClick={onShowBody}>
              {formatExactBytes(body.bytes)} of body{framingLabel[framing] === "" ? "" : `, ${framingLabel[framing]}`}
            </button>
          )}
        </div>
      </div>
    </section>
  );
}

function NoResponse({ trace }: { readonly trace: TraceView }) {
  const { outcome, parent } = trace;
  const words =
    outcome === null
      ? "Nothing was sent to the client yet"
      : parent?.kind === "local-redirect"
        ? "The client got this as the response to its own request"
        : "Nothing was sent to the client";
  return (
    <section ref={anchor("xray.client")} aria-label="To the client">
      <h3 className="xray-title">{words}</h3>
    </section>
  );
}
