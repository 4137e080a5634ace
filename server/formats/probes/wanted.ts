// Probes that a server passes on: what browsers, scripts and old clients really
// send, in forms that programs often fail on.
import { latin1, utf8 } from "../../protocol/byte-string.js";
import { groupOf, posted, refused, served, withQuery, written } from "./probe.js";

const form = "application/x-www-form-urlencoded";
const largeBytes = 256 << 10;

export const plainProbes = groupOf("plain", {
  get: {
    title: "GET",
    about: "The same request that a browser sends, without its headers. The others compare with it.",
    bytes: (aim) => written(aim),
  },
  head: {
    title: "HEAD",
    about: "The response must have no body, whatever the script writes (RFC 9110 §9.3.2).",
    bytes: (aim) => written(aim, { method: "HEAD" }),
  },
  "unknown-method": {
    title: "An unknown method",
    about: "Any token is a method (RFC 9110 §9.1). The script decides: 405 is a good response, a crash is not.",
    bytes: (aim) => written(aim, { method: "M.x_y~1" }),
  },
  "http-1-0": {
    title: "HTTP/1.0 without Host",
    about: "Old clients name no host. SERVER_NAME must still have a value.",
    bytes: (aim) => written(aim, { version: "HTTP/1.0", host: null }),
  },
  "absolute-target": {
    title: "A whole URL as target",
    about: "The form that clients send to a proxy; servers must take it too (RFC 9112 §3.2.2).",
    bytes: (aim) => written(aim, { target: `http://${aim.host}${aim.target}` }),
  },
  "post-form": {
    title: "POST of a form",
    about: "Two fields, percent-encoded as browsers do it.",
    bytes: (aim) => posted(aim, form, "name=J%C3%BCrgen&note=a+b%26c"),
  },
  "post-empty": {
    title: "POST without a body",
    about: "Content-Length is 0. A script that waits for input here waits for ever.",
    bytes: (aim) => posted(aim, form, ""),
  },
  "post-chunked": {
    title: "POST in chunks, with trailers",
    about: "The client does not say the length in advance. The script must still get a CONTENT_LENGTH.",
    bytes: (aim) =>
      written(aim, {
        method: "POST",
        fields: [`Content-Type: ${form}`, "Transfer-Encoding: chunked"],
        body: "4;part=1\r\nname\r\n7\r\n=J%C3%B\r\n6\r\nCrgen&\r\n0\r\nX-Checksum: none\r\n\r\n",
      }),
  },
  "expect-continue": {
    title: "Expect: 100-continue",
    about: "cURL asks so before a large body, and gets 100 Continue before the response.",
    bytes: (aim) => posted(aim, form, "name=value", ["Expect: 100-continue"]),
  },
  "blank-lines-before": {
    title: "Blank lines before the request",
    about: "Some old clients send one after a POST; servers skip them (RFC 9112 §2.2).",
    bytes: (aim) => latin1(`\r\n\r\n${written(aim)}`),
  },
});

export const encodingProbes = groupOf("encoding", {
  "query-utf-8": {
    title: "UTF-8 in the query, not encoded",
    about: "What curl 'http://…?name=Jürgen' sends on most systems.",
    bytes: (aim) => written(aim, { target: withQuery(aim, utf8("name=Jürgen")) }),
  },
  "query-latin-1": {
    title: "Latin-1 in the query, not encoded",
    about: "One byte above 0x7F that is not UTF-8. Python 3 scripts often fail on it.",
    bytes: (aim) => written(aim, { target: withQuery(aim, "name=J\xfcrgen") }),
  },
  "query-not-utf-8": {
    title: "Percent-encoded bytes that are not UTF-8",
    about: "%FF%FE stands for two bytes that no UTF-8 text holds.",
    bytes: (aim) => written(aim, { target: withQuery(aim, "name=%FF%FE") }),
  },
  "query-bad-escape": {
    title: "% without two hexadecimal digits",
    about: "The query reaches the script as it is; a decoder must not fail on it.",
    bytes: (aim) => written(aim, { target: withQuery(aim, "name=100%&rate=5%zz") }),
  },
  "query-nul": {
    title: "%00 in the query",
    about: "A NUL byte in a value ends the text early in C programs and is refused by databases and file systems.",
    bytes: (aim) => written(aim, { target: withQuery(aim, "file=a.txt%00.png") }),
  },
  "header-latin-1": {
    title: "Latin-1 in a header",
    about: "Header values may hold bytes above 0x7F (RFC 9110 §5.5); the environment is bytes, too.",
    bytes: (aim) => written(aim, { fields: ["X-Name: J\xfcrgen"] }),
  },
  "form-not-utf-8": {
    title: "A form that is not what its charset says",
    about: "The body declares UTF-8 and holds Latin-1.",
    bytes: (aim) => posted(aim, `${form}; charset=utf-8`, "name=J\xfcrgen&other=%FC"),
  },
  "multipart-unclosed": {
    title: "A multipart form that never ends",
    about: "The closing boundary is missing, as after an upload that broke off in a proxy.",
    bytes: (aim) =>
      posted(
        aim,
        "multipart/form-data; boundary=xyz",
        '--xyz\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n',
      ),
  },
  "multipart-no-boundary": {
    title: "A multipart form without a boundary",
    about: "The Content-Type does not say where the parts end.",
    bytes: (aim) => posted(aim, "multipart/form-data", "--xyz\r\n\r\nhello\r\n--xyz--\r\n"),
  },
  "json-truncated": {
    title: "JSON that is cut",
    about: "The length is right and the text is not JSON.",
    bytes: (aim) => posted(aim, "application/json", '{"name": "J'),
  },
});

export const slowProbes = groupOf("slow", {
  "byte-by-byte": {
    title: "Byte by byte",
    about: "Head and body in pieces of one byte: a reader that needs more at once fails.",
    bytes: (aim) => posted(aim, form, "name=value"),
    pacing: { pieceBytes: 1, pauseMs: 1 },
  },
  "slow-head": {
    title: "A slow head",
    about: "16 bytes every 100 ms.",
    bytes: (aim) => written(aim),
    pacing: { pieceBytes: 16, pauseMs: 100 },
  },
  "slow-body": {
    title: "A slow body",
    about:
      "The script starts with the head and gets its input in pieces. It must read until CONTENT_LENGTH bytes came.",
    bytes: (aim) => posted(aim, form, `text=${"slow+".repeat(60)}`),
    pacing: { pieceBytes: 48, pauseMs: 100 },
  },
  "head-never-ends": {
    title: "A head that never ends",
    about: "The client keeps the connection open and sends nothing more. The server refuses it after 15 s.",
    bytes: (aim) => latin1(written(aim).slice(0, -2)),
    halfClose: false,
    expected: () => [refused(408, "head-timeout")],
  },
});

export const manyProbes = groupOf("many", {
  pipelined: {
    title: "Ten requests at once",
    about: "Pipelining: each is answered in its turn, none is lost (RFC 9112 §9.3.2).",
    bytes: (aim) => latin1(written(aim).repeat(10)),
    expected: () => Array.from({ length: 10 }, () => served),
  },
  "post-then-get": {
    title: "A GET right behind a POST",
    about: "The GET must not reach the script as input.",
    bytes: (aim) => latin1(posted(aim, form, "name=value") + written(aim)),
    expected: () => [served, served],
  },
  "many-headers": {
    title: "A thousand headers",
    about: "Each becomes a variable of the script's environment.",
    bytes: (aim) => written(aim, { fields: Array.from({ length: 1000 }, (_, i) => `X-Flood-${i}: ${i}`) }),
  },
  "many-fields": {
    title: "A form of ten thousand fields",
    about: "Each has another name. Decoders need a limit, and a good answer beyond it.",
    bytes: (aim) => posted(aim, form, Array.from({ length: 10_000 }, (_, i) => `f${i}=${i}`).join("&")),
  },
  "large-body": {
    title: "A body of 256 KiB",
    about: "More than a pipe holds: a script that does not read it all must not hold up the answer.",
    bytes: (aim) => posted(aim, "application/octet-stream", "x".repeat(largeBytes)),
    expected: ({ requestBodyBytes: limit }) => [
      limit !== null && limit < largeBytes ? refused(413, "body-too-large") : served,
    ],
  },
  "long-query": {
    title: "A query of 32 KiB",
    about: "It reaches the script as one variable.",
    bytes: (aim) => written(aim, { target: withQuery(aim, `text=${"x".repeat(32 << 10)}`) }),
  },
  "too-long-target": {
    title: "A request line that is too large",
    about: "More than 64 KiB are refused with 414 before they are read to their end.",
    bytes: (aim) => written(aim, { target: withQuery(aim, `text=${"x".repeat(70_000)}`) }),
    expected: () => [refused(414, "request-line-too-large")],
  },
  "too-large-head": {
    title: "Headers that are too large",
    about: "Request line and headers together may take 64 KiB.",
    bytes: (aim) => written(aim, { fields: Array.from({ length: 70 }, (_, i) => `X-Large-${i}: ${"x".repeat(1000)}`) }),
    expected: () => [refused(431, "request-head-too-large")],
  },
});
