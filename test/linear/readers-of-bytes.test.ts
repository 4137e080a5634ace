// What must take linear time, whatever it is given. Ratios on one machine, in one process: another
// machine, or a busy one, changes both sides.
import { describe, expect, test } from "vitest";
import { TextRows } from "../../renderer/features/bytes/text-rows.js";
import type { ByteString } from "../../server/contract/bytes-text.js";
import { clientDataFlows } from "../../server/doctor/client-data/flows.js";
import { examineInline } from "../../server/doctor/engine/examine.js";
import { uncalledApplication } from "../../server/doctor/evidence/application.js";
import { markupPlace } from "../../server/doctor/evidence/page-place.js";
import { isNamedAt, scriptLine } from "../../server/doctor/evidence/stderr.js";
import { rule as fastcgiRunAsCgi } from "../../server/doctor/rules/start/fastcgi-run-as-cgi/rule.js";
import { readCollection } from "../../server/features/collections/read-collection.js";
import { ExpectedBody } from "../../server/features/leaks/expected-body.js";
import { examineBody } from "../../server/formats/encodings/body-encoding.js";
import { browserCharset } from "../../server/formats/encodings/browser-charset.js";
import { shellWord } from "../../server/formats/export/shell-word.js";
import { parseHttpFile } from "../../server/formats/http-file/parse-http-file.js";
import { substitute } from "../../server/formats/http-file/variables.js";
import { withRequest } from "../../server/formats/http-file/write-request.js";
import { markupAt } from "../../server/formats/variations/judge.js";
import { byteString, utf8 } from "../../server/protocol/byte-string.js";
import { charsetOf } from "../../server/protocol/charset.js";
import { parametersOf } from "../../server/protocol/header-parameters.js";
import { headerVariables } from "../../server/protocol/header-variables.js";
import { metaVariables } from "../../server/protocol/meta-variables.js";
import { defaultPolicy, type GatewayPolicy } from "../../server/protocol/policy.js";
import type { HeaderPair } from "../../server/protocol/request.js";
import { ScriptHeadParser } from "../../server/protocol/script-head.js";
import { parseTarget } from "../../server/protocol/target.js";
import { StoreReader } from "../../server/store/store-reader.js";
import { exportTrace } from "../../server/trace/formats/export-trace.js";
import { toTraceJson } from "../../server/trace/formats/trace-json.js";
import { parseConfig } from "../../server/workspace/config/config-file.js";
import { explain } from "../support/explain.js";
import { growth, linearAtMost, ratio } from "../support/growth.js";
import { find, StoredTraces, traceOf as storedTrace } from "../support/stored-traces.js";
import { tempFolder } from "../support/temp-workspace.js";
import { bodies, failed, latin1, traceOf } from "../unit/doctor/written-traces.js";

const insomnia = (url: string) => {
  const resources = [{ _id: "1", _type: "request", name: "insomnia", method: "GET", url }];
  return readCollection([{ path: "a.json", text: JSON.stringify({ _type: "export", resources }) }]);
};

test.each(bodies)("the doctor reads what a script wrote: %s", (_name, wrote) => {
  const [small, large] = [traceOf(wrote(1 << 16)), traceOf(wrote(growth << 16))];
  expect(ratio(small, large, explain)).toBeLessThan(linearAtMost);
});

test.each([
  "?a=",
  "&sid=",
  "%3Ftoken%3D",
  `<input ${"name=".repeat(20)}`,
  '\\"token\\":\\"',
  '\\"',
  '"token":"\\"',
  'form-data; name="token"\r\n',
  "<input name=token ",
  "//a:b",
])("secrets are sought in what a script wrote: %j", (unit) => {
  const [small, large] = [1 << 14, growth << 14].map((bytes) =>
    toTraceJson(storedTrace({ seq: 1, stdout: latin1(`A: b\n\n${unit.repeat(bytes / unit.length)}`) })),
  );
  const masked = (trace: typeof small) => trace && exportTrace(trace, "http", { isMasked: true });
  expect(ratio(small, large, masked)).toBeLessThan(linearAtMost);
});

// Rules read at most the last 64 KiB of it.
test.each([
  ".",
  " ",
  "x=1, ",
  "at /nowhere/x.py: ",
  "not a socket ",
  "PHP Fatal error:  x in ",
  "a called at b line 1 ",
])("what a script wrote to stderr on one line, and nothing else: %j", (unit) => {
  const [small, large] = [1 << 12, growth << 12].map((bytes) => {
    const trace = traceOf({ stdout: latin1(""), stderr: latin1(unit.repeat(bytes / unit.length)), exitCode: 1 });
    trace.route = { ...trace.route, mode: "cgi" };
    return trace;
  });
  expect(ratio(small, large, (trace) => trace && explain(trace))).toBeLessThan(linearAtMost);
});

test("the line that stderr names of a script is looked for", () => {
  const text = (count: number): string => "/app.py:1".repeat(count);
  const look = (words: string): void => {
    expect(scriptLine(words, "/w/app.py")).toBeNull();
    expect(isNamedAt(`${words}/w/app.py`, words.length + 3, "/w/app.py")).toBe(false);
  };
  expect(ratio(text(500), text(growth * 500), look)).toBeLessThan(linearAtMost);
});

test("the doctor reads a script of empty lines", () => {
  const path = "/w/x.pl";
  const trace = failed("", path);
  trace.route.mode = "cgi";
  if (trace.process) trace.process = { ...trace.process, exitCode: 0 };
  const known = { path, exists: true, mode: 0o755, uid: 0, sizeBytes: 1, program: null, shebang: null, folders: [] };
  const look = (source: ByteString): void => {
    const file = { ...known, source };
    expect(uncalledApplication({ ...trace, file })).toBeNull();
    expect(fastcgiRunAsCgi.check({ ...trace, file })).toBeNull();
  };
  const lines = (count: number): ByteString => utf8("\n".repeat(count));
  expect(ratio(lines(1 << 14), lines(growth << 14), look)).toBeLessThan(linearAtMost);
});

test.each([
  ["fields", (count: number) => `${"X-Tag: some value of a header\r\n".repeat(count)}Content-Type: text/html\r\n\r\n`],
  [
    "cookies",
    (count: number) =>
      `Content-Type: text/html\n${"Set-Cookie: session=0123456789abcdef; Path=/; HttpOnly; Expires=Fri, 20 Nov 2026 12:00:00 GMT\n".repeat(count)}\n`,
  ],
])("what the doctor asks as a request ends, by the script's %s", (_name, head) => {
  const [small, large] = [100, growth * 100].map((count) => traceOf({ stdout: latin1(head(count)) }));
  expect(ratio(small, large, (trace) => trace && examineInline(trace, new Set()))).toBeLessThan(linearAtMost);
});

describe("client data is followed through a script", () => {
  const units = [
    ...["$a[", "<<A ", "`", "((((", "x=y\n", "if ", "param('a') =~ ", "eval $x;\n"],
    ...["extract($_GET);\n", "$$x = $x;\n", "@ENV{", "set $x ", "env = os.environ\n", "map { $ENV{$_}", "declare $x "],
    ...["$y = 'a' . $x . ", "system('a' + $x + ", "gsub(s, ", "if {[catch {", "*) eval $x;;\n"],
  ];
  const languages = ["shell", "perl", "python", "ruby", "php", "node", "lua", "tcl", "c"] as const;
  test.each(units)("%j", (unit) => {
    const text = (bytes: number): string =>
      `x=$QUERY_STRING\n$x = $ENV{QUERY_STRING};\n${unit.repeat(bytes / unit.length)}`;
    const look = (script: string): void => {
      for (const language of languages) clientDataFlows(script, language);
    };
    expect(ratio(text(1 << 11), text(growth << 11), look)).toBeLessThan(linearAtMost);
  });

  // A statement of more than 4000 characters is not read.
  test("through many uses in one statement, behind a run of brackets", () => {
    const text = (count: number): string =>
      `$x = $ENV{QUERY_STRING};\nif (${"(".repeat(6 * count)}${"$x,".repeat(4 * count)};\n`;
    expect(ratio(text(12), text(growth * 12), (script) => clientDataFlows(script, "perl"))).toBeLessThan(linearAtMost);
  });

  test("through blanks behind an assignment, and calls in one another", () => {
    const assigned = (count: number): string => `x=process.env.QUERY_STRING\na=${" ".repeat(count)};\n`;
    const nested = (count: number): string => `x = $QUERY_STRING\ndef f(x):\n    pass\n${"f(".repeat(count)}x\n`;
    const look = (script: string): unknown => clientDataFlows(script, "node");
    const lookNested = (script: string): unknown => clientDataFlows(script, "python");
    expect(ratio(assigned(200), assigned(growth * 200), look)).toBeLessThan(growth ** 2.5); // short of a cube
    expect(ratio(nested(100), nested(growth * 100), lookNested)).toBeLessThan(linearAtMost);
  });

  test("through many here documents that begin in one line", () => {
    const text = (count: number): string => `x=$QUERY_STRING\ncat ${"<<A ".repeat(count)}\nA\n`;
    const look = (script: string): unknown => clientDataFlows(script, "shell");
    expect(ratio(text(3900), text(growth * 3900), look)).toBeLessThan(linearAtMost);
  });

  test("through many harmless values in a shell", () => {
    const text = (count: number): string =>
      Array.from({ length: count }, (_, nth) => `v${nth}=1\nx=$QUERY_STRING\n`).join("");
    const look = (script: string): unknown => clientDataFlows(script, "shell");
    expect(ratio(text(300), text(growth * 300), look)).toBeLessThan(linearAtMost);
  });

  test.each(["<a b='", "<!--", "<script>", 'x"'])("a page: %j", (unit) => {
    const page = (bytes: number): string => unit.repeat(bytes / unit.length);
    const look = (html: string): unknown => markupPlace(html, ["<b onclick=1>", 'x" y', "nowhere>"]);
    expect(ratio(page(1 << 14), page(growth << 14), look)).toBeLessThan(linearAtMost);
  });

  test.each(["<a b='", "x' onfocus='probe()", 'x" onfocus="probe()', '"'])("a tag with a value: %j", (unit) => {
    const page = (bytes: number): ByteString => byteString(`<a ${unit.repeat(bytes / unit.length)}`);
    const look = (html: ByteString): unknown => markupAt(html, "text/html");
    expect(ratio(page(1 << 14), page(growth << 14), look)).toBeLessThan(linearAtMost);
  });
});

describe("a charset is found in", () => {
  test.each([
    ["quotes that are never closed", (count: number) => `a${';a="\\\\'.repeat(count)}`],
    ["spaces without end", (count: number) => `a;${" ".repeat(count)}`],
  ])("%s", (_name, type) => {
    expect(ratio(type(5000), type(growth * 5000), charsetOf)).toBeLessThan(linearAtMost);
  });
});

describe("a client's headers become variables:", () => {
  const names = (count: number, prefix: string): HeaderPair[] =>
    Array.from({ length: count }, (_, at) => [byteString(prefix + at), byteString("")]);
  const variables = (headers: HeaderPair[], policy: Partial<GatewayPolicy>) =>
    headerVariables(headers, { ...defaultPolicy, ...policy }, []);
  // Names are remembered up to a bound: these fill it, so that those of both sides are new.
  variables(names(1000, "Other-"), {});
  test.each([
    ["of many names", (count: number) => names(count, "X-"), defaultPolicy.underscoreHeader],
    [
      "with names that may pose as others",
      (count: number) => [...names(count, "X-"), ...names(count / 20, "Y_")],
      "map",
    ],
  ] as const)("%s", (_name, headers, underscoreHeader) => {
    const work = (given: HeaderPair[]) => variables(given, { underscoreHeader });
    expect(ratio(headers(500), headers(growth * 500), work)).toBeLessThan(linearAtMost);
  });

  test("those of a script that redirected", () => {
    const target = parseTarget(byteString("/"), defaultPolicy);
    if (!target.ok) throw new Error(target.why.code);
    const [empty, input] = [byteString(""), { contentLength: null, auth: null, inherited: new Map() }];
    const connection = { remoteAddress: "::1", remotePort: 1, localAddress: "::1", localPort: 2 };
    const work = (headers: HeaderPair[]) => {
      const request = { method: byteString("GET"), target: empty, httpVersion: "1.1", headers } as const;
      const route = {
        ...{ scriptName: empty, pathInfo: empty, file: empty, documentRoot: empty },
        ...{ variables: new Map(), passAuthorization: false },
      };
      const given = { ...input, request, route, target: target.target, connection, overrides: new Map() };
      const first = { ...given, serverSoftware: empty, policy: defaultPolicy };
      return metaVariables({ ...first, redirectedFrom: { url: empty, variables: metaVariables(first).variables } });
    };
    expect(ratio(names(1000, "X-"), names(growth * 1000, "X-"), work)).toBeLessThan(linearAtMost);
  });
});

test("blanks behind a script's status line that is none", () => {
  const head = (count: number) => Buffer.from(`HTTP/1.1 200${" ".repeat(count)}\rx\n`);
  const parse = (bytes: Buffer) => new ScriptHeadParser().push(bytes);
  expect(ratio(head(1000), head(growth * 1000), parse)).toBeLessThan(linearAtMost);
});

// A browser looks for it in the first 1024 bytes.
test("blanks in a page's charset that is never closed", () => {
  const page = (count: number) => byteString(`<meta charset="${" ".repeat(count)}>`);
  const find = (body: ByteString) => browserCharset("text/html", body);
  expect(ratio(page(60), page(growth * 60), find)).toBeLessThan(linearAtMost);
});

test.each([
  ["quotes that are never closed", (count: number) => ';a="\\"'.repeat(count)],
  ["names without values", (count: number) => ";a".repeat(count)],
  ["spaces without end", (count: number) => `;a=${" ".repeat(count)}`],
])("the parameters of a header: %s", (_name, value) => {
  expect(ratio(value(5000), value(growth * 5000), parametersOf)).toBeLessThan(linearAtMost);
});

describe("a file of requests, or a collection of them, whoever wrote it, with", () => {
  const { item, ...collection } = {
    info: { name: "", _postman_id: "", schema: "https://schema.getpostman.com/json/collection/v2.1.0/" },
    item: (url: string) => [{ name: "a", request: { method: "GET", url } }],
  };
  const postman = (url: string) => JSON.stringify({ ...collection, item: item(url) });
  const imported = (text: string) => readCollection([{ path: "a.json", text }]);
  const unset = () => null;
  test.each<[string, (count: number) => string, (text: string) => unknown]>([
    ["blanks in a variable", (count) => `{{a${" ".repeat(count)}`, (text) => substitute(text, unset)],
    ["variables that are never closed", (count) => `GET /${"{{".repeat(count)}\n`, parseHttpFile],
    ["blank lines in its middle", (count) => `a${"\n \t".repeat(count)}b`, (text) => withRequest(text, "", null)],
    ["blanks in a variable of Postman's", (count) => postman(`{{ a${" ".repeat(count)}`), imported],
    ["tags that are never closed", (count) => `${"{%".repeat(count)}`, (text) => insomnia(text)],
    ["line ends in a word", (count) => `\xff${"\n".repeat(count)}b`, (text) => shellWord(byteString(text))],
  ])("%s", (_name, text, work) => {
    expect(ratio(text(2000), text(growth * 2000), work)).toBeLessThan(linearAtMost);
  });
});

test.each([
  ["mistakes in the syntax", (count: number) => `{${",\n".repeat(count)}`],
  ["unknown settings", (count: number) => `{${Array.from({ length: count }, (_, at) => `"k${at}": 1`).join()}}`],
  ["settings that are there twice", (count: number) => `{${'"links": [],\n'.repeat(count)}}`],
])("a configuration of %s", (_name, text) => {
  expect(ratio(text(500), text(growth * 500), (source) => parseConfig(source))).toBeLessThan(linearAtMost);
});

test("a body's encoding is examined", () => {
  const body = (bytes: number) => Buffer.from("Grüße aus Köln, schöne Straße. ".repeat(bytes / 32));
  const html = "text/html; charset=utf-8";
  expect(ratio(body(1 << 16), body(growth << 16), (bytes) => examineBody(html, bytes, true))).toBeLessThan(
    linearAtMost,
  );
});

test("rows of text are indexed", () => {
  const lines = (bytes: number) => new Uint8Array(bytes).map((_, at) => (at % 71 === 70 ? 0x0a : 0x61));
  const index = (bytes: Uint8Array) => new TextRows("utf-8", 60).extend(bytes, bytes.length, true);
  expect(ratio(lines(1 << 16), lines(growth << 16), index)).toBeLessThan(linearAtMost);
});

// An engine that backtracks takes 256 times as long for the first one, and does not end for the second.
test.each(["a+\\d", "(a+)+\\d"])("a stored target is searched for /%s/", (pattern) => {
  using folder = tempFolder();
  const readerOf = (letters: number): StoreReader => {
    using store = new StoredTraces(folder.file(`${letters}.db`));
    expect(store.writer.open()).toBe(true);
    store.store(storedTrace({ seq: 1, target: `/${"a".repeat(letters)}` }));
    return new StoreReader(store.path);
  };
  const [small, large] = [readerOf(2000), readerOf(growth * 2000)];
  try {
    expect(find(large, "path:/a+$/").total).toBe(1);
    expect(ratio(small, large, (reader) => find(reader, `path:/${pattern}/`))).toBeLessThan(linearAtMost);
  } finally {
    small.close();
    large.close();
  }
});

test("outputs of CGI that differ in a word are compared, whatever else they hold", () => {
  const withTime = (time: number, unit: string): string => `at ${time}\n${unit.repeat(1 << 18)}`;
  const compare = (unit: string): void => {
    const expected = new ExpectedBody([withTime(1, unit), withTime(2, unit)]);
    expect(expected.firstDifference(withTime(3, unit))).toBeNull();
  };
  // In one of them each byte is a word of its own.
  expect(ratio("a", "%", compare)).toBeLessThan(growth);
});
