// The response as the client got it: status line, fields, and the body's bytes.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { declaredCharset } from "../../model/traces/declared-charset.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { ByteValue } from "../bytes/index.js";
import { Explained, useNameKeys } from "../header-help/index.js";
import { marksOf, StatusLine } from "../xray/index.js";

const ByteView = lazyPart(async () => (await import("../bytes/byte-view.js")).ByteView);

export function SourceView({
  trace,
  response,
  reveal,
}: {
  readonly trace: TraceView;
  readonly response: NonNullable<TraceView["response"]>;
  readonly reveal: { readonly at: number } | null;
}) {
  const nameKeys = useNameKeys<HTMLUListElement>();
  return (
    <>
      <ul ref={nameKeys} className="ui-wrap response-headers ui-mono" aria-label="Response headers">
        <li>
          <StatusLine trace={trace} response={response} />
        </li>
        {response.headers.map(([name, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat and never move
          <li key={index}>
            <Explained about={{ field: readable(name) }} isFirst={false} className="xray-name">
              {readable(name)}
            </Explained>
            <span className="ui-dim">: </span>
            <ByteValue value={value} />
          </li>
        ))}
      </ul>
      <div className="response-body">
        <ByteView
          title="Response"
          traceId={trace.id}
          stream="response-body"
          info={response.body}
          declaredCharset={declaredCharset(response.headers)}
          marks={marksOf(trace.findings, "response")}
          reveal={reveal}
          emptyWhy={
            readable(trace.request.method) === "HEAD"
              ? "The response to a HEAD request has no body."
              : "The response has no body."
          }
        />
      </div>
    </>
  );
}
