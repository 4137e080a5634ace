// The bytes of stdin, stdout and stderr. Of a request without a script, stdin has those of the request body.
import type { TraceView } from "../../../server/contract/trace.js";
import { declaredCharset, requestCharset } from "../../model/traces/declared-charset.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { marksOf } from "../xray/index.js";
import { NothingRan } from "./nothing-there.js";

const ByteView = lazyPart(async () => (await import("../bytes/byte-view.js")).ByteView);

interface StreamViewProps {
  readonly trace: TraceView;
  /** An offset to show. */
  readonly reveal: { readonly at: number } | null;
}

export function StdinView({ trace, reveal }: StreamViewProps) {
  const charset = requestCharset(trace.request.headers);
  const emptyWhy =
    trace.request.body.bytes === 0
      ? "The request has no body."
      : trace.outcome === null
        ? "The script has not read the body yet."
        : "The script ended without reading the body.";
  if (trace.stdin)
    return (
      <ByteView
        title="Stdin"
        traceId={trace.id}
        stream="stdin"
        info={trace.stdin}
        declaredCharset={charset}
        marks={marksOf(trace.findings, "stdin")}
        reveal={reveal}
        emptyWhy={emptyWhy}
      />
    );
  if (trace.request.body.bytes > 0)
    return (
      <ByteView
        title="Request body"
        traceId={trace.id}
        stream="request-body"
        info={trace.request.body}
        declaredCharset={charset}
        reveal={reveal}
        emptyWhy={emptyWhy}
      />
    );
  return <NothingRan />;
}

export function StdoutView({ trace, reveal }: StreamViewProps) {
  return trace.stdout ? (
    <ByteView
      title="Stdout"
      traceId={trace.id}
      stream="stdout"
      info={trace.stdout}
      declaredCharset={declaredCharset(trace.script?.headers ?? []) ?? declaredCharset(trace.response?.headers ?? [])}
      marks={marksOf(trace.findings, "stdout")}
      reveal={reveal}
      emptyWhy="The script wrote nothing."
    />
  ) : (
    <NothingRan />
  );
}

export function StderrView({ trace, reveal }: StreamViewProps) {
  return trace.stderr ? (
    <ByteView
      title="Stderr"
      traceId={trace.id}
      stream="stderr"
      info={trace.stderr}
      declaredCharset={null}
      marks={marksOf(trace.findings, "stderr")}
      reveal={reveal}
      emptyWhy="The script wrote nothing to stderr."
    />
  ) : (
    <NothingRan />
  );
}
