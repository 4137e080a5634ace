// Whole records as bytes, padded to a multiple of eight: what opens, ends and manages a request (FastCGI §4 and §5).
import { paddingFor, putHeader } from "./record-header.js";
import { headerBytes, keepConnectionFlag, maxContentBytes, protocolStatus, recordType } from "./record-types.js";

/** One record. `paddingLength`: up to 255. @throws RangeError for content above 65,535 bytes */
export function encodeRecord(
  type: number,
  requestId: number,
  content: Uint8Array,
  paddingLength = paddingFor(content.length),
): Uint8Array {
  if (content.length > maxContentBytes)
    throw new RangeError(`a record holds at most ${maxContentBytes} bytes, not ${content.length}`);
  const bytes = new Uint8Array(headerBytes + content.length + paddingLength);
  putHeader(bytes, 0, { type, requestId, contentLength: content.length, paddingLength });
  bytes.set(content, headerBytes);
  return bytes;
}

export interface BeginRequest {
  /** One of `role`, or any other number to see what the application makes of it. */
  readonly role: number;
  /** The application leaves the connection open afterwards. */
  readonly keepConnection: boolean;
}

/** §5.1. */
export function encodeBeginRequest(requestId: number, { role, keepConnection }: BeginRequest): Uint8Array {
  const flags = keepConnection ? keepConnectionFlag : 0;
  return encodeRecord(recordType.beginRequest, requestId, Uint8Array.of(role >> 8, role & 255, flags, 0, 0, 0, 0, 0));
}

/** §5.5. */
export interface EndRequest {
  /** What a process would have exited with: 0 to 4,294,967,295. */
  readonly appStatus: number;
  /** One of `protocolStatus`, or what the application invented. */
  readonly protocolStatus: number;
}

/** What is missing of a body that is too short counts as 0: complete, with status 0. */
export function decodeEndRequest(content: Uint8Array): EndRequest {
  const [a = 0, b = 0, c = 0, d = 0, status = protocolStatus.requestComplete] = content;
  return { appStatus: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, protocolStatus: status };
}

/**
 * The reserved bytes of END_REQUEST. An agent of ours says there how many bytes of the request body its script left
 * unread, at most 16,777,215; 0: none, or no more than a pipe holds.
 */
export function unreadOf(content: Uint8Array): number {
  const [a = 0, b = 0, c = 0] = content.subarray(5);
  return (a << 16) | (b << 8) | c;
}

/** §5.4. */
export function encodeAbortRequest(requestId: number): Uint8Array {
  return encodeRecord(recordType.abortRequest, requestId, new Uint8Array(0));
}
