// Requests for the tests of the copy formats: in the order in which a client sends a head (Host first, the body's
// length last), so that what comes back can be compared byte for byte.
import fc from "fast-check";
import type { ByteString } from "../../../../server/contract/bytes-text.js";
import { bodyFrame } from "../../../../server/formats/export/body-frame.js";
import type { RecordedRequest } from "../../../../server/formats/export/recorded-request.js";
import { byteString, utf8 } from "../../../../server/protocol/byte-string.js";
import { anyBytes, bytesOver } from "../../protocol/arbitraries.js";

export const origin = "http://127.0.0.1:8080";

const headerName = fc
  .constantFrom(
    "X-Test",
    "x-lower",
    "Accept",
    "Accept-Language",
    "User-Agent",
    "Content-Type",
    "Cookie",
    "Referer",
    "X-Umlaut",
  )
  .map((name) => byteString(name));
/** As a server would read it: no line ends, no NUL, no white space round it. */
const headerValue = fc
  .oneof(bytesOver("ab'\"\\$`!%&;,=: é\xfc\xe9~#*", 20), anyBytes(12), fc.constant(utf8("Jürgen 日本")))
  .map((value) => byteString(value.replace(/[\0-\x1f\x7f]/g, "").trim()));
const target = fc
  .oneof(
    fc.constantFrom(
      "/",
      "/cgi-bin/a.py?a=1&b=J%C3%BCrgen",
      "/a/../b/./c",
      "/x[1]{2,3}?q=a|b^c`",
      "*",
      "/a#b",
      "/%2e%2e/?&&=",
      "//two//slashes",
      "/it's?\"\\",
    ),
    bytesOver("/ab.?&=%+'\"[]{}!$~;,:@()*", 30).map((text) => `/${text}`),
  )
  .map((text) => byteString(text));
const body = fc.oneof(
  fc.constantFrom(
    utf8(""),
    utf8("a=1&b=2"),
    utf8("@file"),
    utf8("it's\n\n"),
    utf8("Grüße\r\nzwei\r\n"),
    utf8("-n -e \\n %s"),
    byteString("a\0b\xfc"),
  ),
  anyBytes(60),
);

/** A request's bytes, as they go over the wire. */
export function wireOf(request: RecordedRequest): ByteString {
  const [before, after] = bodyFrame(request.headers, request.body.length);
  return byteString(`${headOf(request)}${before}${request.body}${after}`);
}

/** A head's text, as it goes over the wire. */
export const headOf = ({ method, target: path, httpVersion, headers }: RecordedRequest): ByteString =>
  byteString(
    `${method} ${path} HTTP/${httpVersion}\r\n${headers.map(([name, value]) => `${name}:${value === "" ? "" : " "}${value}\r\n`).join("")}\r\n`,
  );

export const anyRequest: fc.Arbitrary<RecordedRequest> = fc
  .record({
    method: fc
      .constantFrom("GET", "POST", "PUT", "DELETE", "get", "M-SEARCH", "OPTIONS")
      .map((method) => byteString(method)),
    target,
    httpVersion: fc.constantFrom("1.1", "1.0"),
    host: fc.constantFrom("127.0.0.1:8080", "localhost:8080", "shop.test"),
    isChunked: fc.boolean(),
    headers: fc.array(fc.tuple(headerName, headerValue), { maxLength: 6 }),
    body,
  })
  .map(({ host, headers, isChunked, ...request }) => ({
    ...request,
    headers: [
      [byteString("Host"), byteString(host)],
      ...headers,
      ...(isChunked
        ? [[byteString("Transfer-Encoding"), byteString("chunked")] as const]
        : request.body === ""
          ? []
          : [[byteString("Content-Length"), byteString(String(request.body.length))] as const]),
    ],
  }));
