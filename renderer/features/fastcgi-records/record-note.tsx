// A few words on a record for its line in the list: what is in it. Some need a few of its bytes, which
// are asked for when the line is in sight.
// biome-ignore-all lint/a11y/useSemanticElements: a cell of a list whose rows are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus
import {
  headerBytes,
  keepConnectionFlag,
  protocolStatusName,
  recordType,
} from "../../../server/protocol/fastcgi/record-types.js";
import { plural } from "../../format/plural.js";
import { useRange, wholeTo } from "../bytes/index.js";
import { pairsIn, pairsRange } from "./param-pairs.js";
import { isStreamEnd } from "./record-labels.js";
import type { Fastcgi, FastcgiRecord } from "./record-lanes.js";

interface RecordNoteProps {
  readonly traceId: string;
  readonly fastcgi: Fastcgi;
  readonly record: FastcgiRecord;
  /** Where in stdout the body begins; null: unknown. */
  readonly bodyAt: number | null;
}

/** Of what an application complains about so many bytes are shown. */
const stderrBytes = 80;

export function RecordNote({ traceId, fastcgi, record, bodyAt }: RecordNoteProps) {
  const range = wanted(fastcgi, record);
  const bytes = useRange(
    traceId,
    record.direction === "sent" ? "fastcgi-sent" : "fastcgi-received",
    range.from,
    range.length,
  );
  const note = noteOf(fastcgi, record, bodyAt, range.length === 0 ? null : bytes, range.from);
  return (
    <span role="gridcell" className="ui-cut ui-dim" title={note}>
      {note}
    </span>
  );
}

const nothing = { from: 0, length: 0 };

/** The bytes that a note is made of, within what was kept. */
function wanted(fastcgi: Fastcgi, record: FastcgiRecord): { readonly from: number; readonly length: number } {
  if (record.contentLength === 0) return nothing;
  const own = { from: record.offset + headerBytes, length: Math.min(record.contentLength, stderrBytes) };
  const range =
    record.type === recordType.params
      ? (pairsRange(fastcgi.records, record) ?? nothing)
      : record.type === recordType.beginRequest || record.type === recordType.stderr
        ? own
        : nothing;
  return range.from + range.length <= fastcgi[record.direction].captured ? range : nothing;
}

/** `bytes`: of what `wanted` says, from `from` on; null: not here (yet). */
function noteOf(
  fastcgi: Fastcgi,
  record: FastcgiRecord,
  bodyAt: number | null,
  bytes: Uint8Array | null,
  from: number,
): string {
  const { role, appStatus, protocolStatus, records } = fastcgi;
  if (isStreamEnd(record)) return "end";
  switch (record.type) {
    case recordType.beginRequest:
      return bytes === null ? role : `${role}, ${((bytes[2] ?? 0) & keepConnectionFlag) === 0 ? "close" : "keep"}`;
    case recordType.params:
      return bytes === null ? "" : plural(pairsIn(records, record, bytes, from).pairs.length, "pair");
    case recordType.stdin:
      return "body";
    case recordType.stdout:
      return outputPart(records, record, bodyAt);
    case recordType.stderr:
      return bytes === null ? "" : quoted(bytes, record.contentLength > bytes.length);
    case recordType.endRequest:
      if (appStatus === null || protocolStatus === null) return "";
      return protocolStatus === 0 ? `status ${appStatus}, complete` : protocolStatusName(protocolStatus);
    default:
      return "";
  }
}

/** The first line of it. */
function quoted(bytes: Uint8Array, isCut: boolean): string {
  const whole = isCut ? bytes.subarray(0, wholeTo(bytes, 0, bytes.length, "utf-8")) : bytes;
  const [line = "", ...more] = new TextDecoder().decode(whole).trim().split("\n");
  return `“${line}${isCut || more.length > 0 ? "…" : ""}”`;
}

/** `bodyAt`: where in stdout the body begins; null: not known. */
export function outputPart(records: readonly FastcgiRecord[], record: FastcgiRecord, bodyAt: number | null): string {
  if (bodyAt === null) return "";
  let from = 0;
  for (const other of records) {
    if (other === record) break;
    if (other.type === recordType.stdout && other.requestId === record.requestId) from += other.contentLength;
  }
  if (from >= bodyAt) return "body";
  return from + record.contentLength > bodyAt ? "headers, body" : "headers";
}
