// A request as the text of its bytes, where they are text.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { bodyFrame } from "./body-frame.js";
import { madeHead } from "./made-head.js";
import type { RecordedRequest } from "./recorded-request.js";
import { plainText } from "./utf8-text.js";

/**
 * Lines end as they did on the wire. `head` as it came, "" when it never did (a local redirect's
 * run). Null when the bytes are not all text.
 */
export function rawHttp(head: ByteString, request: RecordedRequest): string | null {
  // Carriage returns travel well enough on a clipboard; other controls, and what is not UTF-8, do not.
  const parts = httpBytes(head, request)
    .split("\r")
    .map((part) => plainText(byteString(part)));
  return parts.every((part) => part !== null) ? parts.join("\r") : null;
}

/** The same as bytes, whatever they are. */
export function httpBytes(head: ByteString, request: RecordedRequest): ByteString {
  const { headers, body } = request;
  if (head === "") return byteString(`${madeHead(request, body.length)}${body}`);
  const [before, after] = bodyFrame(headers, body.length);
  return byteString(`${head}${before}${body}${after}`);
}
