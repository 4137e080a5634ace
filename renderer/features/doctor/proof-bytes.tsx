// The bytes that prove a finding, with a few round them: in hex with the place marked, and as text below.
import type { Finding, StreamName } from "../../../server/contract/trace.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { ByteTokens, tokensOf, useRange } from "../bytes/index.js";

/** Shown before the place, and in all; two lines of the narrowest inspector. */
const before = 8;
const most = 24;

const markClass = { error: "byte-mark byte-mark-bad", warning: "byte-mark byte-mark-warn", hint: "byte-mark" } as const;

interface ByteRange {
  readonly stream: StreamName;
  readonly from: number;
  readonly to: number;
}

/** Where a finding's bytes are; null when it is not about a few bytes of a stream. */
function byteRangeOf({ stream, range }: Finding): ByteRange | null {
  if (range === null || (stream !== "stdout" && stream !== "stdin")) return null;
  const [from, to] = range;
  return to > from && to - from <= most - before ? { stream, from, to } : null;
}

interface ProofBytesProps {
  readonly traceId: string;
  readonly finding: Finding;
}

export function ProofBytes({ traceId, finding }: ProofBytesProps) {
  const place = byteRangeOf(finding);
  return place === null ? null : <Bytes traceId={traceId} place={place} severity={finding.severity} />;
}

function Bytes({
  traceId,
  place,
  severity,
}: {
  readonly traceId: string;
  readonly place: ByteRange;
  readonly severity: Finding["severity"];
}) {
  const { stream, from, to } = place;
  const start = Math.max(0, from - before);
  const bytes = useRange(traceId, stream, start, most);
  if (bytes === null || bytes.length === 0) return null;
  const left = from - start;
  const right = Math.min(bytes.length, to - start);
  return (
    <div className="ui-box ui-mono doctor-bytes" data-part="proof">
      <span className="ui-faint">{start.toString(16).padStart(4, "0")} </span>
      {spacedHex(bytes.subarray(0, left))}{" "}
      <span className={markClass[severity]}>{spacedHex(bytes.subarray(left, right))}</span>{" "}
      {spacedHex(bytes.subarray(right))}
      <div className="ui-wrap doctor-bytes-text">
        <ByteTokens tokens={tokensOf(bytes, 0, bytes.length, "utf-8", [{ from, to, severity }], start)} />
      </div>
    </div>
  );
}
