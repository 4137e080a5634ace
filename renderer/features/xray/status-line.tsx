// The status line that the client got: the gateway's, or the one that an NPH script wrote.
import type { TraceView } from "../../../server/contract/trace.js";
import { ownStatusLine, sentVersion } from "../../../server/protocol/status-line.js";
import { ByteValue, useRange } from "../bytes/index.js";
import { Explained } from "../header-help/index.js";

export function StatusLine({
  trace,
  response,
}: {
  readonly trace: TraceView;
  readonly response: NonNullable<TraceView["response"]>;
}) {
  const version = sentVersion(trace, null);
  if (version === null) return <span className="ui-faint">no status line</span>;
  return (
    <>
      <span className="ui-dim">{version === "" ? <OwnVersion trace={trace} /> : version}</span>{" "}
      <Explained about={{ status: response.status }} isFirst>
        {response.status} <ByteValue value={response.reason} />
      </Explained>
    </>
  );
}

/** As the script wrote it. */
function OwnVersion({ trace }: { readonly trace: TraceView }) {
  const { from, to } = ownStatusLine(trace) ?? { from: 0, to: 0 };
  return sentVersion(trace, useRange(trace.id, "stdout", from, to - from));
}
