// The records that an application sends (FastCGI §4 and §5), and the one that begins a request, read by it.
import { type BeginRequest, type EndRequest, encodeRecord } from "../../server/protocol/fastcgi/encode-record.js";
import { keepConnectionFlag, recordType } from "../../server/protocol/fastcgi/record-types.js";

/** Null for content that is no BEGIN_REQUEST body. */
export function decodeBeginRequest(content: Uint8Array): BeginRequest | null {
  const [high, low, flags] = content;
  if (content.length < 8 || high === undefined || low === undefined || flags === undefined) return null;
  return { role: (high << 8) | low, keepConnection: (flags & keepConnectionFlag) !== 0 };
}

/** §5.5. */
export function encodeEndRequest(requestId: number, { appStatus, protocolStatus }: EndRequest): Uint8Array {
  const content = new Uint8Array(8);
  new DataView(content.buffer).setUint32(0, appStatus);
  content[4] = protocolStatus;
  return encodeRecord(recordType.endRequest, requestId, content);
}

/** §4.2: a management record of `type` was not understood. */
export function encodeUnknownType(type: number): Uint8Array {
  return encodeRecord(recordType.unknownType, 0, Uint8Array.of(type, 0, 0, 0, 0, 0, 0, 0));
}
