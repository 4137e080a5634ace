// Response bodies in a content coding (RFC 9110 §8.4.1). HAR has them without it: see `content` in its specification.
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { errorCode } from "../../base/disk.js";

/** A larger body stays in its coding. */
const maxDecodedBytes = 8 << 20;

const decoders = new Map([
  ["gzip", gunzipSync],
  ["x-gzip", gunzipSync],
  ["deflate", inflateSync],
  ["br", brotliDecompressSync],
]);
/** What encoded bytes begin with. */
const beginnings = new Map([
  ["gzip", [0x1f, 0x8b]],
  ["x-gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
]);
const known: ReadonlySet<string> = new Set([...decoders.keys(), ...beginnings.keys(), "dcb", "dcz"]);

/** The bytes without the coding that Content-Encoding names; null: they have none that is known here, or others. */
export function decoded(bytes: Buffer, coding: string): Buffer | null {
  const decode = decoders.get(coding.trim().toLowerCase());
  if (!decode) return null;
  try {
    return decode(bytes, { maxOutputLength: maxDecodedBytes });
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null; // they are not in that coding, or too large
  }
}

const lastOf = (codings: string): string => codings.split(",").at(-1)?.trim().toLowerCase() ?? "";

/** Whether the bytes are without the coding that Content-Encoding names, the last one of several. */
export function isDecoded(bytes: Buffer, codings: string): boolean {
  const coding = lastOf(codings);
  if (!known.has(coding)) return false;
  return beginnings.has(coding) ? !beginsLike(bytes, coding) : decoded(bytes, coding) === null;
}

/** Whether bytes, perhaps the first ones of a body alone, may be in the coding that Content-Encoding names. */
export const mayBeEncoded = (bytes: Buffer, codings: string): boolean =>
  known.has(lastOf(codings)) && beginsLike(bytes, lastOf(codings));

const beginsLike = (bytes: Buffer, coding: string): boolean =>
  (beginnings.get(coding) ?? []).every((byte, at) => bytes[at] === byte);
