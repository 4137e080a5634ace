// One record taken apart: its header's eight bytes with what they say, what its type
// is for, its content decoded, and as bytes.
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { headerBytes, recordType, recordTypeName } from "../../../server/protocol/fastcgi/record-types.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { formatCount, formatExactBytes } from "../../format/size.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { ByteTokens, tokensOf, useRange } from "../bytes/index.js";
import { pairsIn, pairsRange } from "./param-pairs.js";
import { recordFacts } from "./record-facts.js";
import { isStreamEnd, recordLabel } from "./record-labels.js";
import type { Fastcgi, FastcgiRecord } from "./record-lanes.js";

// The eight bytes before a record's content (FastCGI §3.3), each field in a colour of its own, and below it their
// meaning.
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

function HeaderBytes({ traceId, stream, record }: HeaderBytesProps) {
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
      <span className="ui-dim ui-small">{headerLabel(record)}</span>
    </div>
  );
}

const headerLabel = ({ type, requestId, contentLength, paddingLength }: FastcgiRecord): string =>
  `version 1 · ${recordTypeName(type)} · ${requestId === 0 ? "no request" : `request ${requestId}`} · ${formatExactBytes(contentLength)} · ${paddingLength === 0 ? "no padding" : `${paddingLength} of padding`}`;

const ByteView = lazyPart(async () => (await import("../bytes/byte-view.js")).ByteView);

interface RecordDetailProps {
  readonly traceId: string;
  readonly fastcgi: Fastcgi;
  readonly record: FastcgiRecord;
  /** In the list. */
  readonly index: number;
}

const hasPairs = (type: number): boolean =>
  type === recordType.params || type === recordType.getValues || type === recordType.getValuesResult;
const hasFields = (type: number): boolean =>
  type === recordType.beginRequest || type === recordType.endRequest || type === recordType.unknownType;

export function RecordDetail({ traceId, fastcgi, record, index }: RecordDetailProps) {
  const { name, sentence, section } = recordLabel(record.type);
  const kept = fastcgi[record.direction].captured;
  const from = record.offset + headerBytes;
  const captured = Math.max(0, Math.min(record.contentLength, kept - from));
  const stream = record.direction === "sent" ? "fastcgi-sent" : "fastcgi-received";
  return (
    <section className="records-detail" aria-label={`Record ${index + 1}, ${name}`}>
      {kept >= from ? (
        <HeaderBytes traceId={traceId} stream={stream} record={record} />
      ) : (
        <p className="ui-dim">
          Its bytes were not kept: only the first {formatExactBytes(kept)} in this direction are.
        </p>
      )}
      <p className="records-sentence">
        <b>{name}</b> {sentence} <span className="ui-faint">FastCGI 1.0 §{section}</span>
      </p>
      {isStreamEnd(record) && <p className="ui-dim">This record is empty: {name} ends here.</p>}
      {hasFields(record.type) && captured > 0 && (
        <Fields traceId={traceId} stream={stream} record={record} from={from} captured={captured} />
      )}
      {hasPairs(record.type) && captured > 0 && (
        <Pairs traceId={traceId} stream={stream} fastcgi={fastcgi} record={record} />
      )}
      {captured > 0 && (
        <div className="records-content" data-short={hasFields(record.type) || undefined}>
          <ByteView
            title="Record"
            traceId={traceId}
            stream={stream}
            start={from}
            info={{ bytes: record.contentLength, captured, chunks: [] }}
            declaredCharset={null}
            emptyWhy="The record has no content."
          />
        </div>
      )}
    </section>
  );
}

interface PartProps {
  readonly traceId: string;
  readonly stream: "fastcgi-sent" | "fastcgi-received";
  readonly record: FastcgiRecord;
}

function Fields({
  traceId,
  stream,
  record,
  from,
  captured,
}: PartProps & { readonly from: number; readonly captured: number }) {
  const content = useRange(traceId, stream, from, captured);
  const facts = content && recordFacts(record.type, content);
  if (!content) return null;
  if (!facts && captured < record.contentLength)
    return <p className="ui-dim">Only the first {formatExactBytes(captured)} of this record were kept.</p>;
  if (!facts) return <p className="ui-warn">The record is shorter than its 8 bytes of fields.</p>;
  return (
    <dl className="records-fields" aria-label="Fields">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="ui-mono">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Pairs({ traceId, stream, fastcgi, record }: PartProps & { readonly fastcgi: Fastcgi }) {
  const range = pairsRange(fastcgi.records, record);
  // Hooks run in a fixed order: with nothing to read, the length is 0.
  const bytes = useRange(traceId, stream, range?.from ?? 0, range?.length ?? 0);
  if (range === null)
    return (
      <p className="ui-dim">There are too many pairs to show here. The environment in the X-ray lists them all.</p>
    );
  if (bytes === null) return null;
  const { pairs, beginsInside, endsInside } = pairsIn(fastcgi.records, record, bytes, range.from);
  return (
    <>
      <p className="ui-dim">
        {pairs.length === 1 ? "1 pair begins" : `${formatCount(pairs.length)} pairs begin`} in this record
        {beginsInside && "; its first bytes end a pair from the previous record"}
        {endsInside && "; the last pair continues in the next record"}.
      </p>
      {pairs.length > 0 && (
        <dl className="records-pairs ui-mono" aria-label="Name-value pairs" tabIndex={0}>
          {pairs.map(([name, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name may come twice, and nothing moves
            <div key={at}>
              <dt>
                <Bytes text={name} />
              </dt>
              <dd>
                <Bytes text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

/** With whatever is no text made visible. */
function Bytes({ text }: { readonly text: ByteString }) {
  const bytes = toBytes(text);
  return <ByteTokens tokens={tokensOf(bytes, 0, bytes.length, "utf-8")} />;
}
