// Probes that a server refuses: two readings of one request, broken grammar, requests that break off.
import { byteString, latin1 } from "../../protocol/byte-string.js";
import { groupOf, type Probe, type ProbeAim, posted, refused, served, written } from "./probe.js";

const form = "application/x-www-form-urlencoded";
/** A request whose end two servers see in two places, and a second one that only one of them sees. */
const smuggled = (aim: ProbeAim, fields: readonly string[], body: string, version = "HTTP/1.1") =>
  latin1(written(aim, { method: "POST", version, fields, body }) + written(aim, { fields: ["X-Smuggled: 1"] }));
const chunk = "5\r\nhello\r\n0\r\n\r\n";

export const smugglingProbes = groupOf("smuggling", {
  "length-and-chunked": {
    title: "Content-Length and Transfer-Encoding",
    about: "One server goes by the length, another by the chunks: the rest of the body becomes a request.",
    bytes: (aim) => smuggled(aim, ["Content-Length: 4", "Transfer-Encoding: chunked"], chunk),
    expected: () => [refused(400, "content-length-and-transfer-encoding")],
  },
  "two-lengths": {
    title: "Two lengths that differ",
    about: "One server takes the first, another the last.",
    bytes: (aim) => smuggled(aim, ["Content-Length: 5", "Content-Length: 0"], "hello"),
    expected: () => [refused(400, "content-length-repeated")],
  },
  "signed-length": {
    title: "A length with a sign",
    about: "+5 is 5 for some number parsers and an error for others.",
    bytes: (aim) => smuggled(aim, ["Content-Length: +5"], "hello"),
    expected: () => [refused(400, "content-length-invalid")],
  },
  "length-list": {
    title: "A list of lengths",
    about: "Some servers take “5, 5” for 5, others refuse it.",
    bytes: (aim) => smuggled(aim, ["Content-Length: 5, 5"], "hello"),
    expected: () => [refused(400, "content-length-invalid")],
  },
  "space-before-colon": {
    title: "A space before the colon",
    about: "Some servers read Transfer-Encoding here, others an unknown header.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding : chunked"], chunk),
    expected: () => [refused(400, "header-space-before-colon")],
  },
  "unknown-coding": {
    title: "A transfer coding that does not exist",
    about: "Where the body ends is not known.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: xchunked"], chunk),
    expected: () => [refused(501, "transfer-encoding-unknown")],
  },
  "chunked-not-last": {
    title: "Chunked, but not last",
    about: "The coding that frames the body must be the last one (RFC 9112 §6.1).",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked, identity"], chunk),
    expected: () => [refused(400, "transfer-encoding-not-chunked-last")],
  },
  "chunked-http-1-0": {
    title: "Chunked in HTTP/1.0",
    about: "HTTP/1.0 does not know the coding; a proxy of that version passes the chunks on as text.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], chunk, "HTTP/1.0"),
    expected: () => [refused(400, "transfer-encoding-in-http-1-0")],
  },
  "chunk-size-prefixed": {
    title: "A chunk size with 0x",
    about: "0x5 is 5 for some number parsers and 0 for others, which ends the body.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "0x5\r\nhello\r\n0\r\n\r\n"),
    expected: () => [refused(400, "chunk-size-invalid")],
  },
  "chunk-size-huge": {
    title: "A chunk size that overflows",
    about: "2^64 + 5 is 5 for a reader that counts in 64 bits.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "10000000000000005\r\nhello\r\n0\r\n\r\n"),
    expected: () => [refused(400, "chunk-size-too-large")],
  },
  "chunk-too-long": {
    title: "A chunk that is longer than its size",
    about: "What follows the size must be CR LF.",
    bytes: (aim) => smuggled(aim, ["Transfer-Encoding: chunked"], "3\r\nhello\r\n0\r\n\r\n"),
    expected: () => [refused(400, "chunk-data-end-invalid")],
  },
  "carriage-return": {
    title: "A carriage return inside a header",
    about: "Some servers end the line there, and see a header that others do not.",
    bytes: (aim) => smuggled(aim, ["X-Note: a\rTransfer-Encoding: chunked"], ""),
    expected: () => [refused(400, "carriage-return-alone")],
  },
  "nul-in-header": {
    title: "NUL in a header",
    about: "A C string ends there.",
    bytes: (aim) => smuggled(aim, ["X-Note: a\0b"], ""),
    expected: () => [refused(400, "header-value-invalid-byte")],
  },
});

export const malformedProbes = groupOf("malformed", {
  garbage: {
    title: "Bytes that are not HTTP",
    about: "Control bytes where a method should be.",
    bytes: () => byteString("\x01\x02\x03\xff\r\n\r\n"),
    expected: () => [refused(400, "not-http")],
  },
  "tls-hello": {
    title: "A TLS handshake",
    about: "A browser that was given https:// instead of http://.",
    bytes: () => byteString("\x16\x03\x01\x00\x05hello"),
    expected: () => [refused(400, "tls-hello")],
  },
  "http-2": {
    title: "HTTP/2 without negotiation",
    about: "The preface that curl --http2-prior-knowledge sends.",
    bytes: () => byteString("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    expected: () => [refused(505, "http2-preface")],
  },
  "no-version": {
    title: "A request line without a version",
    about: "HTTP/0.9, as typed into a terminal.",
    bytes: ({ target }) => latin1(`GET ${target}\r\n`),
    expected: () => [refused(400, "request-line-incomplete")],
  },
  "space-in-target": {
    title: "A space in the target",
    about: "Without percent-encoding it is not clear where the target ends.",
    bytes: (aim) => written(aim, { target: `${aim.target} and more` }),
    expected: () => [refused(400, "target-invalid-byte")],
  },
  "no-colon": {
    title: "A header line without a colon",
    about: "RFC 9112 §5 knows no such line.",
    bytes: (aim) => written(aim, { fields: ["This is no header"] }),
    expected: () => [refused(400, "header-without-colon")],
  },
  "no-host": {
    title: "HTTP/1.1 without Host",
    about: "A server must refuse it (RFC 9112 §3.2).",
    bytes: (aim) => written(aim, { host: null }),
    expected: () => [refused(400, "host-missing")],
  },
  "two-hosts": {
    title: "Two Host headers",
    about: "A proxy goes by one of them, the server by the other.",
    bytes: (aim) => written(aim, { fields: ["Host: other.example"] }),
    expected: () => [refused(400, "host-repeated")],
  },
  "folded-header": {
    title: "A header that goes on in the next line",
    about: "policy.foldedRequestHeader decides: Apache and lighttpd join the lines, nginx refuses them.",
    bytes: (aim) => written(aim, { fields: ["X-Note: one", "\ttwo"] }),
    expected: ({ policy }) => [policy.foldedRequestHeader === "join" ? served : refused(400, "header-folded")],
  },
  "bare-line-feeds": {
    title: "Lines that end in LF alone",
    about: "policy.bareLineFeed decides: nginx takes them; Apache and lighttpd answer 400.",
    bytes: (aim) => latin1(written(aim).replaceAll("\r\n", "\n")),
    expected: ({ policy }) => [policy.bareLineFeed === "accept" ? served : refused(400, "line-feed-alone")],
  },
  "garbage-behind": {
    title: "Garbage behind a request",
    about: "The request is answered, and what follows is refused on its own.",
    bytes: (aim) => latin1(`${written(aim)}\x01\x02\r\n\r\n`),
    expected: () => [served, refused(400, "not-http")],
  },
});

export const cutProbes: readonly Probe[] = groupOf("cut", {
  "cut-head": {
    title: "Cut off in the head",
    about: "The client stops in the middle of a header and closes its side.",
    bytes: (aim) => latin1(written(aim, { fields: ["X-Note: abc"] }).slice(0, -8)),
    expected: () => [refused(400, "head-incomplete")],
  },
  "cut-body": {
    title: "Cut off in the body",
    about:
      "The script has started and waits for the rest. It is stopped (SIGTERM), so that it never takes a part for the whole. A response that it began is cut.",
    bytes: (aim) => latin1(posted(aim, form, "name=value&more=1234567890").slice(0, -10)),
    expected: () => [refused(400, "body-incomplete")],
  },
  "cut-chunk": {
    title: "Cut off in a chunk",
    about: "The script has not started yet: its CONTENT_LENGTH was never known.",
    bytes: (aim) => written(aim, { method: "POST", fields: ["Transfer-Encoding: chunked"], body: "5\r\nhel" }),
    expected: () => [refused(400, "body-incomplete")],
  },
});
