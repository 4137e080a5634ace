// What scripts write and clients ask, to hold the profiles against the real servers: the cases that were met in the
// field, and blocks of headers made from a grammar.
import { createHash } from "node:crypto";

export interface ServerCase {
  readonly name: string;
  /** What the script writes, one character a byte; a name of a file that is not a script otherwise. */
  readonly stdout: string;
  readonly exit: number | "SIGSEGV";
  readonly method: string;
  readonly version: "1.0" | "1.1";
  /** Behind the script's path. */
  readonly extra: string;
  readonly headers: readonly string[];
  readonly body: string | null;
  /** How the script's file is unlike a script. */
  readonly file: "script" | "not-executable" | "no-shebang" | "bad-interpreter";
}
export const plainCase: ServerCase = {
  name: "plain",
  stdout: "Content-Type: text/plain\n\nhello\n",
  exit: 0,
  method: "GET",
  version: "1.1",
  extra: "",
  headers: [],
  body: null,
  file: "script",
};
const written = (name: string, stdout: string, more: Partial<ServerCase> = {}): ServerCase => ({
  ...plainCase,
  name,
  stdout,
  ...more,
});

/** The behaviours of scripts that are known to divide servers. */
export const knownCases: readonly ServerCase[] = [
  written("a page", plainCase.stdout),
  written("HEAD", plainCase.stdout, { method: "HEAD" }),
  written("POST", plainCase.stdout, { method: "POST", body: "a=1" }),
  written("HTTP/1.0", plainCase.stdout, { version: "1.0" }),
  written("nothing", ""),
  written("nothing, failed", "", { exit: 3 }),
  written("nothing, crashed", "", { exit: "SIGSEGV" }),
  written("body without header", "hello world\nsecond line\n"),
  written("one line without its end", "hello world"),
  written("no blank line", "Content-Type: text/html\n<p>hello</p>\n"),
  written("header alone", "Content-Type: text/html\n"),
  written("header without its line's end", "Content-Type: text/html"),
  written("not executable", "", { file: "not-executable" }),
  written("no interpreter", "", { file: "bad-interpreter" }),
  written("no shebang", "", { file: "no-shebang" }),
  written("space before colon", "Content-Type : text/html\n\nhello\n"),
  written("status abc", "Status: abc\nContent-Type: text/plain\n\nhello\n"),
  written("status 42", "Status: 42 Foo\nContent-Type: text/plain\n\nhello\n"),
  written("status 404 and text", "Status: 404 Not here\nContent-Type: text/plain\n\nhello\n"),
  written("status 404", "Status: 404\nContent-Type: text/plain\n\nhello\n"),
  written("status 404Not", "Status: 404Not\nContent-Type: text/plain\n\nhello\n"),
  written("status 299", "Status: 299\nContent-Type: text/plain\n\nhello\n"),
  written("status 600", "Status: 600 x\nContent-Type: text/plain\n\nhello\n"),
  written("status empty", "Status:\nContent-Type: text/plain\n\nhello\n"),
  written("status twice", "Status: 404 A\nStatus: 403 B\nContent-Type: text/plain\n\nhello\n"),
  written("status last", "Content-Type: text/plain\nStatus: 201 Created\n\nhello\n"),
  written("status line", "HTTP/1.1 404 Nope\nContent-Type: text/plain\n\nhello\n"),
  written("byte order mark", "\xef\xbb\xbfContent-Type: text/plain\n\nhello\n"),
  written("blank line first", "\nContent-Type: text/plain\n\nhello\n"),
  written("CRLF blank line first", "\r\nContent-Type: text/plain\r\n\r\nhello\n"),
  written("Content-Length large", "Content-Type: text/plain\nContent-Length: 500\n\nhello\n"),
  written("Content-Length small", "Content-Type: text/plain\nContent-Length: 2\n\nhello\n"),
  written("Content-Length right", "Content-Type: text/plain\nContent-Length: 6\n\nhello\n"),
  written("Content-Length wrong", "Content-Type: text/plain\nContent-Length: abc\n\nhello\n"),
  written("failed after output", plainCase.stdout, { exit: 3 }),
  written("crashed after output", plainCase.stdout, { exit: "SIGSEGV" }),
  written("two types", "Content-Type: text/plain\nContent-Type: text/html\n\nhello\n"),
  written("relative Location", "Location: exit1\n\n"),
  written("local Location with type", "Location: /elsewhere\nContent-Type: text/plain\n\nhello\n"),
  written("local Location", "Location: /elsewhere\n\n"),
  written("status 301, local Location", "Status: 301 Moved\nLocation: /elsewhere\n\n"),
  written("absolute Location", "Location: http://example.com/x#f\n\n"),
  written("absolute Location, body", "Location: http://example.com/x\nContent-Type: text/plain\n\nhello\n"),
  written("chunked", "Content-Type: text/plain\nTransfer-Encoding: chunked\n\n5\r\nhello\r\n0\r\n\r\n"),
  written("folded", "Content-Type: text/plain\nX-A: one\n two\n\nhello\n"),
  written("no CGI field", "X-Foo: bar\n\nhello\n"),
  written("204 with body", "Status: 204 No Content\nContent-Type: text/plain\n\nhello\n"),
  written("304 with body", "Status: 304 Not Modified\nContent-Type: text/plain\n\nhello\n"),
  written("CR only", "Content-Type: text/plain\r\rhello\r"),
  written("CRLF", "Content-Type: text/plain\r\n\r\nhello\r\n"),
  written("CRLF then LF", "Content-Type: text/plain\r\nX-A: b\n\r\nhello\r\n"),
  written("CR doubled", "Content-Type: text/plain\r\r\n\r\r\nhello\r\n"),
  written("markup", "<!-- oops: x -->\nContent-Type: text/plain\n\nhello\n"),
  written("70 KB header", `Content-Type: text/plain\nX-Big: ${"x".repeat(70_000)}\n\nhello\n`),
  written("9 KB header", `Content-Type: text/plain\nX-Big: ${"x".repeat(9_000)}\n\nhello\n`),
  written("2 KB header", `Content-Type: text/plain\nX-Big: ${"x".repeat(2_000)}\n\nhello\n`),
  written("UTF-8 in a value", "Content-Type: text/plain\nX-Name: \xc3\xa4\n\nhello\n"),
  written("control in a value", "Content-Type: text/plain\nX-Name: a\x01b\n\nhello\n"),
  written("tab in a value", "Content-Type: text/plain\nX-Name: a\tb\n\nhello\n"),
  written("Warning line", "Warning: something in x.php\nContent-Type: text/plain\n\nhello\n"),
  written("debug line", "debug here\nContent-Type: text/plain\n\nhello\n"),
  written("debug line later", "Content-Type: text/plain\ndebug here\n\nhello\n"),
  written("name alone", "Content-Type: text/plain\nX-Foo\n\nhello\n"),
  written("empty name", "Content-Type: text/plain\n: x\n\nhello\n"),
  written("empty value", "Content-Type: text/plain\nX-Empty:\n\nhello\n"),
  written("spaces around a value", "Content-Type:   text/plain  \nX-A:  b  \n\nhello\n"),
  written("lower case", "content-type: text/plain\nx-a: b\n\nhello\n"),
  written("underscore", "Content-Type: text/plain\nX_A: b\n\nhello\n"),
  written("two cookies", "Content-Type: text/plain\nSet-Cookie: a=1\nSet-Cookie: b=2\n\nhello\n"),
  written("two X", "Content-Type: text/plain\nX-A: 1\nX-A: 2\n\nhello\n"),
  written("type upper case", "Content-Type: TEXT/HTML; Charset=UTF-8\n\nhello\n"),
  written("Last-Modified", "Content-Type: text/plain\nLast-Modified: Tue, 01 Jan 2019 00:00:00 GMT\n\nhello\n"),
  written("Last-Modified invalid", "Content-Type: text/plain\nLast-Modified: yesterday\n\nhello\n"),
  written(
    "Expires and Cache-Control",
    "Content-Type: text/plain\nExpires: 0\nCache-Control: no-cache\nPragma: no-cache\n\nhello\n",
  ),
  written("Connection", "Content-Type: text/plain\nConnection: close\nKeep-Alive: timeout=3\n\nhello\n"),
  written("ETag", 'Content-Type: text/plain\nETag: "x"\n\nhello\n'),
  written("no type, status", "Status: 200 OK\n\nhello\n"),
  written("empty body", "Content-Type: text/plain\n\n"),
  written("HEAD with length", "Content-Type: text/plain\nContent-Length: 6\n\nhello\n", { method: "HEAD" }),
  written("HEAD of nothing", "", { method: "HEAD" }),
  written("HEAD redirect", "Location: http://example.com/x\n\n", { method: "HEAD" }),
  written("large body", `Content-Type: text/plain\n\n${"0123456789abcde\n".repeat(2500)}`),
  written("NUL in a value", "Content-Type: text/plain\nX-A: a\0b\n\nhello\n"),
  written("body starts with a colon line", "Content-Type: text/plain\n\na: b\n\nc\n"),
  written("HTTP line in CRLF", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello\n"),
  written("status of 100", "Status: 100 Continue\nContent-Type: text/plain\n\nhello\n"),
  written(
    "two lengths, the first too small",
    "Status: 404 Not Found\nContent-Length: 5\nContent-Length: 0\n\n<p>x</p>\n",
  ),
  written("three bytes", "abc"),
  written("three bytes, then a line", "ab\n"),
];

const numberOf = (seed: string): number => createHash("sha256").update(seed).digest().readUInt32LE();
/** One of the list, the same for the same seed. */
const pick = <T>(seed: string, list: readonly [T, ...T[]]): T => list[numberOf(seed) % list.length] ?? list[0];

const fields: readonly [string, ...string[]] = [
  "Content-Type: text/html",
  "Content-Type: text/plain; charset=UTF-8",
  "content-type:text/html",
  "Status: 404 Not Found",
  "Status: 503",
  "Status: 201 Created",
  "Status: 302 Found",
  "Status: 204 No Content",
  "Status: abc",
  "Location: http://example.com/x",
  "Location: other",
  "Set-Cookie: a=1; Path=/",
  "Set-Cookie: b=2",
  "X-Foo: bar",
  "X-Foo: baz  ",
  "X_Under: 1",
  "x-lower:  two  words",
  "Content-Length: 5",
  "Content-Length: 0",
  "Cache-Control: no-cache",
  'ETag: "x"',
  "Expires: 0",
  "Vary: Accept",
  "Content-Disposition: attachment",
  "Content-Language: de",
  "X-Latin: \xe4",
  "X-Empty:",
  "Content-Encoding: identity",
  "Accept-Ranges: bytes",
  "Pragma: no-cache",
  'WWW-Authenticate: Basic realm="x"',
];
const spoiled: readonly [string, ...string[]] = [
  "Content-Type : text/html",
  "Bad Name: x",
  "<!-- oops: x -->",
  "debug here",
  " folded: line",
  "\tfolded",
  ": no name",
  "X-Word",
  "X-Control: a\x01b",
  "HTTP/1.1 404 Nope",
  "X(Paren): y",
  "X-\xe4: y",
];

/** A block of headers and a body made from a grammar; the same for the same number. */
export function generatedCase(n: number): ServerCase {
  const of = (what: string): string => `${n} ${what}`;
  const count = numberOf(of("count")) % 5;
  const lines = Array.from({ length: count }, (_, i) => pick(of(`field ${i}`), fields));
  if (numberOf(of("type")) % 3 > 0) lines.unshift("Content-Type: text/plain");
  if (numberOf(of("spoil")) % 3 === 0)
    lines.splice(numberOf(of("where")) % (lines.length + 1), 0, pick(of("spoiled"), spoiled));
  const end = pick(of("end"), ["\n", "\n", "\n", "\r\n", "\r\n", "\r", "\r\r\n"]);
  const blank = pick(of("blank"), [end, end, end, end, "\n", "\r\n", ""]);
  const body = pick(of("body"), ["", "hello", "<p>x</p>\n", "a: b\n\nc\n", "line\r\nline\r\n"]);
  const method = pick(of("method"), ["GET", "GET", "GET", "HEAD", "POST"]);
  return written(`generated ${n}`, `${lines.map((line) => line + end).join("")}${blank}${body}`, {
    method,
    body: method === "POST" ? "a=1" : null,
    version: pick(of("version"), ["1.1", "1.1", "1.1", "1.0"]),
    exit: pick(of("exit"), [0, 0, 0, 0, 1]),
  });
}
