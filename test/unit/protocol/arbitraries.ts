// What property tests of the protocol share: bytes as byte strings, and the ways a stream can be cut into pieces.
import fc from "fast-check";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { fromBytes } from "../../../server/protocol/byte-string.js";

/** Any bytes. */
export const anyBytes = (maxLength = 200): fc.Arbitrary<ByteString> =>
  fc.uint8Array({ maxLength }).map((bytes) => fromBytes(bytes));

/** Text over the given characters, as bytes: finds the grammar's corners faster than all 256. */
export const bytesOver = (characters: string, maxLength = 80): fc.Arbitrary<ByteString> =>
  fc
    .array(fc.constantFrom(...characters), { maxLength })
    .map((parts) => fromBytes(Uint8Array.from(parts.join(""), (character) => character.charCodeAt(0))));

/** Places to cut at, as fractions of the whole. */
export const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

/** The bytes in pieces, some of them empty. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = places.map((place) => Math.floor(place * bytes.length)).sort((a, b) => a - b);
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
}
