// What the gateway made of it, and what went to the client.
import type { ReactNode } from "react";
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { type Sentence, wordsOf } from "../../../server/contract/message.js";
import type { Framing, TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { formatExactBytes } from "../../format/size.js";
import { droppedValues } from "../../model/traces/dropped-values.js";
import { anchor } from "../../platform/anchors.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { ByteValue } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { Card } from "./card.js";
import { Fold } from "./fold.js";
import { StatusLine } from "./status-line.js";

const signs: Record<Change["is"], string> = { added: "+", changed: "~", dropped: "−" };
const tones: Record<Change["is"], string> = { added: "ui-ok", changed: "ui-warn", dropped: "ui-bad" };

/** In one line for each kind; the reasons are in the tooltip, and in the list that unfolds. */
function GatewayLines({ changes }: { readonly changes: readonly Change[] }) {
  const kinds = (["added", "changed", "dropped"] as const).filter((is) => changes.some((change) => change.is === is));
  return (
    <section aria-label="Gateway">
      {kinds.length === 0 ? (
        <p className="ui-mono ui-dim">The gateway changed nothing.</p>
      ) : (
        <ul className="ui-mono xray-changes">
          {kinds.map((is) => {
            const some = changes.filter((change) => change.is === is);
            const [only] = some;
            return (
              <li key={is} data-change={is}>
                <Sign is={is} />
                <span className="ui-wrap xray-change-header">
                  {some.map(({ name }) => name).join(", ")}
                  {some.length === 1 && <span className="ui-dim"> {wordsOf(only?.why)}</span>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

const Sign = ({ is }: { readonly is: Change["is"] }) => (
  <span className={`ui-mono ${tones[is]}`} title={is}>
    <span aria-hidden="true">{signs[is]}</span>
    <span className="ui-hidden">{is}</span>
  </span>
);

function Reasons({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul className="xray-changes" aria-label="What the gateway did">
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
        <li key={index} data-change={change.is} data-header={change.name}>
          <Sign is={change.is} />
          <span className="ui-mono ui-wrap xray-change-header">
            {change.name}
            {change.value !== null && (
              <span className="ui-dim">
                : <ByteValue value={change.value} />
              </span>
            )}
          </span>
          <span className="ui-dim xray-change-reason">{wordsOf(change.why)}</span>
        </li>
      ))}
    </ul>
  );
}

const framingLabel: Record<Framing, string> = {
  length: "length given by Content-Length",
  chunked: "in chunks (Transfer-Encoding)",
  close: "until the connection closes",
  none: "",
};

export function ClientPart({ trace, findings }: { readonly trace: TraceView; readonly findings: ReactNode }) {
  const { response, script } = trace;
  const box = useJoinedRefs(useNameKeys<HTMLDivElement>(), anchor("xray.client"));
  if (!response) return <NoResponse trace={trace} findings={findings} />;
  const { body, framing, headers } = response;
  const changes = changesOf(response, script);
  return (
    <Card
      label="To the client"
      title="Client"
      aside={
        <>
          {countsOf(changes)}
          {body.bytes === 0 ? (
            "no body"
          ) : (
            <span title={framingLabel[framing]}>{formatExactBytes(body.bytes)} of body</span>
          )}
        </>
      }
      findings={findings}
    >
      <div ref={box} className="xray-lines">
        {response.interim.map((status, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes, and its entries may be equal
          <div key={index} className="ui-mono ui-dim">
            {/* An NPH script's may be of another version. */}
            {script?.kind === "nph" ? "" : "HTTP/1.1 "}
            {status} first
          </div>
        ))}
        <div className="ui-mono ui-wrap xray-line" data-part="status-line">
          <StatusLine trace={trace} response={response} />
        </div>
        {/* An imported response came from another server's. */}
        {(changes.length > 0 || script !== null) && <GatewayLines changes={changes} />}
        {headers.length > 0 && (
          <Fold title={plural(headers.length, "header")} names={headers.map(([name]) => readable(name)).join(", ")}>
            {headers.map(([name, value], index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
              <div key={index} className="ui-mono ui-wrap xray-line" data-part="header">
                <Explained about={{ field: readable(name) }} isFirst={false} className="xray-name">
                  {readable(name)}
                </Explained>
                <span className="ui-dim">: </span>
                <ByteValue value={value} />
              </div>
            ))}
            {changes.length > 0 && <Reasons changes={changes} />}
          </Fold>
        )}
      </div>
    </Card>
  );
}

/** `+4 −1 headers · `, `+1 header · `. */
function countsOf(changes: readonly Change[]): string {
  const counts = (["added", "changed", "dropped"] as const).flatMap((is) => {
    const count = changes.filter((change) => change.is === is).length;
    return count === 0 ? [] : [`${signs[is]}${count}`];
  });
  return counts.length === 0 ? "" : `${counts.join(" ")} ${changes.length === 1 ? "header" : "headers"} · `;
}

function NoResponse({ trace, findings }: { readonly trace: TraceView; readonly findings: ReactNode }) {
  const { outcome, parent } = trace;
  const words =
    outcome === null
      ? "nothing was sent yet"
      : parent?.kind === "local-redirect"
        ? "got this as the response to its own request"
        : "nothing was sent";
  return (
    <Card
      label="To the client"
      cardRef={anchor("xray.client")}
      title={
        <>
          Client <span className="ui-dim xray-of">{words}</span>
        </>
      }
      findings={findings}
    />
  );
}

// What the gateway did between the script's headers and the wire, in one list, each
// with the value that went out and the reason.
interface Change {
  readonly is: "added" | "changed" | "dropped";
  readonly name: string;
  /** What went to the client; for a dropped header the script's value. Null when it is unknown. */
  readonly value: BytesText | null;
  readonly why: Sentence;
}

export function changesOf(response: NonNullable<TraceView["response"]>, script: TraceView["script"]): Change[] {
  const sent = (name: BytesText): BytesText | null => {
    const wanted = readable(name).toLowerCase();
    return response.headers.find(([candidate]) => readable(candidate).toLowerCase() === wanted)?.[1] ?? null;
  };
  const dropped = droppedValues(response, script);
  const list = (is: Change["is"], value: (name: BytesText, index: number) => BytesText | null): Change[] =>
    response[is].map(([name, why], index) => ({ is, name: readable(name), value: value(name, index), why }));
  return [
    ...list("added", sent),
    ...list("changed", sent),
    ...list("dropped", (_name, index) => dropped[index] ?? null),
  ];
}
