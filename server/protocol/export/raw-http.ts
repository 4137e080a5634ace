// A request as the text of its bytes, where they are text.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../byte-string.js";
import { bodyFrame } from "./body-frame.js";
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
  const [before, after] = bodyFrame(request.headers, request.body.length);
  return byteString(`${head === "" ? madeHead(request) : head}${before}${request.body}${after}`);
}

function madeHead({ method, target, httpVersion, headers }: RecordedRequest): string {
  return [
    `${method} ${target} HTTP/${httpVersion}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
}
