// The eight bytes before each record (FastCGI §3.3): version, type, request id, content
// length, padding length, a reserved byte.
import { headerBytes } from "./record-types.js";

/** Everything but the version, which is 1. Sizes in bytes. */
export interface RecordHeader {
  readonly type: number;
  /** 0 for management records (§3.3). */
  readonly requestId: number;
  readonly contentLength: number;
  readonly paddingLength: number;
}

/**
 * Padding that makes the next record begin at a multiple of eight (§3.3 recommends it, and some applications need it).
 */
export function paddingFor(contentLength: number): number {
  return -contentLength & 7;
}

/** Writes a header at `at`. Numbers must be in range: type and padding one byte, the others two. */
export function putHeader(
  into: Uint8Array,
  at: number,
  { type, requestId, contentLength, paddingLength }: RecordHeader,
): void {
  into[at] = 1;
  into[at + 1] = type;
  into[at + 2] = requestId >> 8;
  into[at + 3] = requestId & 255;
  into[at + 4] = contentLength >> 8;
  into[at + 5] = contentLength & 255;
  into[at + 6] = paddingLength;
  into[at + 7] = 0;
}

/** The header whose eight bytes begin at `at`; its version is not looked at. */
export function headerAt(bytes: Uint8Array, at: number): RecordHeader {
  const two = (place: number): number => ((bytes[place] ?? 0) << 8) | (bytes[place + 1] ?? 0);
  return {
    type: bytes[at + 1] ?? 0,
    requestId: two(at + 2),
    contentLength: two(at + 4),
    paddingLength: bytes[at + 6] ?? 0,
  };
}

/** A header alone: its content is written separately, without a copy. */
export function encodeHeader(header: RecordHeader): Uint8Array {
  const bytes = new Uint8Array(headerBytes);
  putHeader(bytes, 0, header);
  return bytes;
}
