// How a kept body goes over the wire again. Of a chunked body what was in the chunks is kept: it becomes one chunk.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { valuesOf } from "../../protocol/header-values.js";
import type { HeaderPair } from "../../protocol/request.js";

export const isChunked = (headers: readonly HeaderPair[]): boolean =>
  valuesOf(headers, "transfer-encoding").some((value) => /chunked\s*$/i.test(value));

/** What stands before and after the body's bytes. */
export function bodyFrame(
  headers: readonly HeaderPair[],
  bodyBytes: number,
): readonly [before: ByteString, after: ByteString] {
  const [before, after] = bodyBytes === 0 ? ["", ""] : [`${bodyBytes.toString(16)}\r\n`, "\r\n"];
  return isChunked(headers) ? [byteString(before), byteString(`${after}0\r\n\r\n`)] : [byteString(""), byteString("")];
}
