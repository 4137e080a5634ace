// Responses and requests that are as they should be, or have another fault: each of these had a false finding once.
import { describe, expect, test } from "vitest";
import { examineInline } from "../../../server/doctor/engine/examine.js";
import { examineStored } from "../../../server/doctor/engine/examine-stored.js";
import { withScriptFile } from "../../../server/doctor/engine/script-of.js";
import { nameInHead } from "../../../server/doctor/evidence/header-fields.js";
import { refusedStart } from "../../../server/doctor/evidence/start-failure.js";
import { rules as fieldRules } from "../../../server/doctor/rules/head/fields.js";
import { rule as responseSplitting } from "../../../server/doctor/rules/head/response-splitting/rule.js";
import { rule as queryBecameArguments } from "../../../server/doctor/rules/request/query-became-arguments/rule.js";
import { examineBody } from "../../../server/formats/encodings/body-encoding.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { handedOver, TraceEncoder } from "../../../server/trace/codec/encode-trace.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { tempFolder } from "../../support/temp-workspace.js";
import { latin1, rulesOf, traceOf } from "./written-traces.js";

/** The doctor's thread gets it so. */
const examined = (trace: TraceRecord) =>
  examineStored({ trace: handedOver(new TraceEncoder().encode(trace)), off: new Set(), site: null });
const kinds = (type: string, body: string): string[] =>
  (examineBody(type, latin1(body), true)?.problems ?? []).map(({ kind }) => kind);

describe("the bytes of a page", () => {
  test.each([
    ["euc-jp", "\xb3\xc6\xbc\xef\xbf\xbd\xc0\xc1"],
    ["gbk", "\xb3\xc6\xbc\xef\xbf\xbd\xc0\xc1"],
    ["euc-kr", "\xb3\xc6\xbc\xef\xbf\xbd\xc0\xc1"],
    ["euc-jp", "\xb3\xc6\xbc\xef\xbb\xbf\xc0\xc1"],
    ["big5", "\xa4\xef\xbf\xbd\xa4\xa4"],
    ["shift_jis", "\x83\xef\xbf\xbd\x82\xa0"],
  ])("in %s may be those of U+FFFD, across two characters", (charset, body) => {
    expect(kinds(`text/html; charset=${charset}`, body)).toEqual([]);
  });

  test.each([["utf-8"], ["iso-8859-15"], ["windows-1251"]])("in %s are a loss", (charset) => {
    expect(kinds(`text/html; charset=${charset}`, "J\xef\xbf\xbdrgen \xfc\xdf\xfc")).toContain("lost-before");
  });

  test.each([
    ["is long", "caf\xe9 ".repeat(5000)],
    ["ends in what begins a character of UTF-8", "Gr\xfc\xdfe und viel Spa\xdf"],
  ])("in Latin-1 are not mixed when the page %s", (_name, body) => {
    expect(kinds("text/html; charset=utf-8", body)).toEqual(["not-utf-8"]);
  });

  test("are mixed when the first places say so, and cut when the rest is UTF-8", () => {
    expect(kinds("text/html; charset=utf-8", `gr\xc3\xbcn ${"caf\xe9 ".repeat(5000)}`)).toEqual(["mixed"]);
    expect(kinds("text/html; charset=utf-8", "Gr\xc3\xbc\xc3\x9fe J\xfcrgen \xc3")).toEqual(["cut-character", "mixed"]);
  });
});

describe("php-short-tags", () => {
  const php = (head: string, body = 'a <? echo strtoupper("x"); ?>'): string[] => {
    const trace = traceOf({ stdout: latin1(`${head}\n\n${body}`) });
    trace.route.file = byteString("/w/x.php");
    return rulesOf(trace);
  };

  test.each([
    ["Content-Type: application/zip"],
    ["Content-Type: image/png"],
    ["Content-Type: text/html\nContent-Encoding: gzip"],
  ])("is not about %s", (head) => expect(php(head)).not.toContain("php-short-tags"));

  test.each([
    ["Content-Type: text/html"],
    ["Content-Type: application/xhtml+xml"],
    ["Status: 200 OK"],
    ["<p>hello</p>"],
  ])("is about %s", (head) => expect(php(head)).toContain("php-short-tags"));
});

describe("response-splitting", () => {
  function split(head: string, posted: string): readonly unknown[] {
    const trace = traceOf({ stdout: latin1(`${head}\n\nbody`) });
    trace.request.body.add(latin1(posted), 1);
    return examined(trace).filter(({ rule }) => rule === "response-splitting");
  }
  const text = "text=HTTP/1.1+200+OK%0D%0AContent-Type:+text/html;+charset=utf-8%0D%0AX-A:+b%0D%0A%0D%0A";

  test.each([
    ["the first", "Content-Type: text/html; charset=utf-8"],
    ["another", "Status: 201 Created\nContent-Type: text/html; charset=utf-8"],
  ])("is not a text that contains headers, when the script sends one of them: %s", (_name, head) => {
    expect(split(head, text)).toEqual([]);
  });

  test("is not a text that begins with a line break", () => {
    expect(split("X-B: c\nX-A: b", "text=%0D%0AX-A:+b")).toEqual([]);
  });

  test("is every line after the one that the script wrote", () => {
    const head = "Content-Type: text/plain\nX-Greeted: Dear Ada\nSet-Cookie: a=b\nX-C: d";
    expect(split(head, "name=Ada%0D%0ASet-Cookie:%20a=b%0AX-C:d")).toHaveLength(2);
    expect(split("X-Greeted:\nX-C: d", "name=%0AX-C:d")).toHaveLength(1);
  });

  test.each([
    ["of a query", "Location: /next?name=\nX-C: d"],
    ["of a cookie", "Content-Type: text/plain\nSet-Cookie: name=\nX-C: d"],
    ["in a list", "Cache-Control: max-age=1, private,\nX-C: d"],
  ])("is one behind an empty value %s", (_name, head) => {
    expect(split(head, "name=%0D%0AX-C:d")).toMatchObject([{ stream: "stdout" }]);
  });

  test("is one that the script ends itself", () => {
    const posted = "theme=dark%0D%0AX-C:+d";
    expect(split("Set-Cookie: theme=dark\nX-C: d; path=/", posted)).toHaveLength(1);
    expect(split("Set-Cookie: theme=light\nX-C: d; path=/", posted)).toEqual([]);
    expect(split("Set-Cookie: theme=dark\nX-C: d\nX-D: e; path=/", `${posted}%0D%0AX-D:+e`)).toHaveLength(2);
  });

  test("is one in the path", () => {
    const trace = traceOf({ stdout: latin1("X-Greeted: Ada\nX-C: d\n\nbody") });
    trace.request = { ...trace.request, target: byteString("/cgi-bin/x.py/Ada%0AX-C:d") };
    expect(responseSplitting.check({ ...trace, file: null })).toHaveLength(1);
  });
});

describe("query-became-arguments", () => {
  function words(argv: readonly string[], query: string): unknown {
    const trace = traceOf({ stdout: latin1("") });
    trace.argv = argv.map(byteString);
    trace.env = [{ name: byteString("QUERY_STRING"), value: byteString(query), source: "server" }];
    return queryBecameArguments.check(trace);
  }
  const copy = "/home/u/earlier-versions/1-a/x.py";

  test("knows the copy of an earlier version", () => {
    expect(words(["/usr/bin/python3", copy], "")).toBeNull();
    expect(words(["/usr/bin/python3", copy], "a=1")).toBeNull();
    expect(words(["/usr/bin/python3", copy, "logout"], "logout")).toMatchObject({
      detail: "The script was started with the arguments “logout”.",
    });
  });

  test("is silent where the script is not on the command line, or the query is empty", () => {
    expect(words(["php-cgi", "two"], "a=1")).toBeNull();
    expect(words(["/nowhere/x.py", "word"], "")).toBeNull();
    expect(words(["/nowhere/x.py", "word"], "word")).not.toBeNull();
  });

  test("a copy that does not start is not judged by today's file, nor when it is removed", () => {
    using today = tempFolder();
    today.write("x.py", "#!/no/such/program\n");
    today.makeFolder("earlier");
    today.write("earlier/x.py", "no first line\n");
    const trace = traceOf({ stdout: latin1("") });
    trace.route.file = byteString(today.file("x.py"));
    const process = trace.process && { ...trace.process, errno: "EACCES" };
    const facts = { ...trace, outcome: "spawn-error" as const, process };
    const refusedAt = (path: string) =>
      refusedStart(withScriptFile({ ...facts, argv: [byteString(today.file(path))] }));
    const file = { path: today.file("x.py"), shebang: null, source: "no first line\n" };
    expect(refusedAt("earlier/x.py")).toMatchObject({ errno: "EACCES", file });
    expect(refusedAt("x.py")).toMatchObject({ file: { shebang: { program: "/no/such/program" } } });
    expect(refusedAt("removed/x.py")).toBeNull();
    expect(refusedAt("other.py")).toBeNull();
  });
});

describe("what begins like a header in a page without any", () => {
  test.each([
    ["header-missing", "hello\nStatus: all systems fine\n"],
    ["header-missing", "<p>hello\nLocation: Berlin\n"],
    ["empty-line-missing", "Content-Type: text/html\n<html>\nLocation: Berlin\n"],
    ["header-missing", "hello\nLocation: Berlin.\n"],
    ["header-missing", "hello\nContent-Type: which one\n"],
    ["empty-line-missing", "Content-Type: text/html\n<html>\n\nLocation: /berlin\n"],
  ])("is text: %s", (rule, stdout) => expect(rulesOf(traceOf({ stdout: latin1(stdout) }))).toEqual([rule]));

  test.each([
    ["text-before-header", "hello\nStatus: 404\n\n"],
    ["text-before-header", "hello\nLocation: page2.html\n\n"],
    ["text-before-header", "hello\nLocation: ../x.cgi\r\n\r\n"],
    ["text-before-header", "hello\nLocation: ?done=1\n\n"],
    ["text-before-header", "hello\nContent-Type: html\r\n\r\n"],
    ["text-before-header", "hello\nContent-Type: html; charset=utf-8\n\n"],
    ["markup-before-header", "<!-- a -->\nLocation: http://a.test/\n\n"],
    ["markup-before-header", "<!-- a -->\n\ncontent-type : text/html\n\n"],
  ])("is a header by its value: %s", (rule, stdout) => {
    expect(rulesOf(traceOf({ stdout: latin1(stdout) }))).toEqual([rule]);
  });
});

test("connection-field says of Transfer-Encoding alone that the body is chunked", () => {
  const head = "Content-Type: text/plain\nConnection: close\nTransfer-Encoding: chunked";
  const trace = traceOf({ stdout: latin1(`${head}\n\n4\r\nbody\r\n0\r\n\r\n`) });
  const [close, chunked] = [fieldRules["connection-field"]?.check(trace) ?? []].flat();
  expect(close?.detail).not.toContain("chunked");
  expect(close?.fixes).toBeUndefined();
  expect(chunked?.detail).toContain("The body is chunked");
  expect(chunked?.fixes).toEqual([]);
  const inline = examineInline(trace, new Set()).filter(({ rule }) => rule === "connection-field");
  expect(inline.map(({ fixes }) => fixes)).toEqual([["remove-field"], []]);
});

test("of headers whose end was not kept no blank line is missing", () => {
  const head = latin1("Content-Type: text/plain\n");
  const trace = traceOf({ stdout: head });
  expect(rulesOf(trace)).toEqual(["empty-line-missing"]);
  trace.stdout = new CapturedStream(head.length);
  trace.stdout.add(latin1("Content-Type: text/plain\nX-A: b\n"), 1);
  expect(rulesOf(trace)).not.toContain("empty-line-missing");
});

describe("a response without a type", () => {
  test.each([
    ["content-type-missing", "Content-Type: \n\nbody", []],
    ["content-type-missing", "Content-Type:\nX-A: b\n\nbody", []],
    ["content-type-missing", "Status: 404 Not Found\n\nbody", ["add-content-type"]],
    ["cgi-field-missing", "X-A: b\n\nbody", ["add-content-type"]],
  ])("%s: %j", (rule, stdout, fixes) => {
    const trace = traceOf({ stdout: latin1(stdout) });
    expect(rulesOf(trace)).toEqual([rule]);
    expect(trace.findings).toMatchObject([{ fixes }]);
  });
});

describe("a mistake that the script repeats", () => {
  test.each([
    ["that counts once", "field-repeated", "Status: 404 No\nStatus: 403 No\n", 1],
    ["of any number", "cookie-malformed", "Set-Cookie: no\n", 20],
  ])("about a header %s: %s", (_name, rule, line, count) => {
    const trace = traceOf({ stdout: latin1(`${line.repeat(400)}Content-Type: a/b\n\nbody`) });
    expect(rulesOf(trace).filter((one) => one === rule)).toHaveLength(count);
  });
});

describe("php-no-input-file", () => {
  test.each([
    ["a program that has no such file", "Status: 404 Not Found\nContent-Type: text/plain\n\nFile not found."],
    ["one that wants a file", "Status: 400 Bad Request\nContent-Type: text/plain\n\nNo input file specified."],
    ["a page about it", "Status: 404 Not Found\nContent-Type: text/html\n\n<p>PHP says: No input file specified.</p>"],
  ])("is not about %s", (_what, stdout) => {
    const found = examined(traceOf({ stdout: latin1(stdout) }));
    expect(found.map(({ rule }) => rule)).not.toContain("php-no-input-file");
  });
});

test("a length that was counted in bytes is not counted in bytes once more", () => {
  const trace = traceOf({ stdout: latin1("Content-Type: text/plain\nContent-Length: 4\n\nbody\n") });
  const found = examined(trace).find(({ rule }) => rule === "content-length-small");
  expect(found?.fixes.map((fix) => fix)).toEqual(["remove-content-length"]);
});

test("the header that is shown is the one with the whole name", () => {
  const head = byteString("GET /x HTTP/1.1\r\nProxy-Connection: keep-alive\r\nProxy: http://a\r\n\r\n");
  expect(nameInHead(head, "Proxy")).toEqual([head.indexOf("Proxy: "), head.indexOf("Proxy: ") + 5]);
});
