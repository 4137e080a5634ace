// The eight bytes before a record's content (FastCGI §3.3), each field in a colour of its own, and below it their
// meaning.
import { headerBytes, recordTypeName } from "../../../server/protocol/fastcgi/record-types.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { formatExactBytes } from "../../format/size.js";
import { useRange } from "../bytes/index.js";
import type { FastcgiRecord } from "./record-lanes.js";

const fields = [
  { from: 0, to: 1, tint: 1, name: "version" },
  { from: 1, to: 2, tint: 2, name: "type" },
  { from: 2, to: 4, tint: 3, name: "request id" },
  { from: 4, to: 6, tint: 4, name: "content length" },
  { from: 6, to: 7, tint: 5, name: "padding length" },
] as const;

interface HeaderBytesProps {
  readonly traceId: string;
  readonly stream: "fastcgi-sent" | "fastcgi-received";
  readonly record: FastcgiRecord;
}

export function HeaderBytes({ traceId, stream, record }: HeaderBytesProps) {
  const bytes = useRange(traceId, stream, record.offset, headerBytes);
  return (
    <div className="records-header" data-part="header">
      <span className="records-header-bytes ui-mono">
        {bytes &&
          fields.map(({ from, to, tint, name }) => (
            <span key={name} className={`ui-tag ui-tag-${tint}`} title={name}>
              {spacedHex(bytes.subarray(from, to))}
            </span>
          ))}
        {bytes && (
          <span className="ui-faint" title="reserved">
            {spacedHex(bytes.subarray(7, 8))}
          </span>
        )}
      </span>
      <span className="ui-dim records-header-words">{headerLabel(record)}</span>
    </div>
  );
}

const headerLabel = ({ type, requestId, contentLength, paddingLength }: FastcgiRecord): string =>
  `version 1 · ${recordTypeName(type)} · ${requestId === 0 ? "no request" : `request ${requestId}`} · ${formatExactBytes(contentLength)} · ${paddingLength === 0 ? "no padding" : `${paddingLength} of padding`}`;
