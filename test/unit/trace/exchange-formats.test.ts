// Traces as files and back: HAR by its own schema, capsules, and files that somebody has changed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProblemError } from "../../../server/base/problem.js";
import { requestBytes } from "../../../server/client/replay.js";
import { asSentence } from "../../../server/contract/message.js";
import type { TraceJson } from "../../../server/contract/trace.js";
import { trace as traceSchema } from "../../../server/contract/trace.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { headersOf } from "../../../server/protocol/http1/head-grammar.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { type ExportOptions, exportTrace, HarExport } from "../../../server/trace/formats/export-trace.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { fromTraceJson } from "../../../server/trace/formats/read-trace-json.js";
import { maskSecrets, SecretNames } from "../../../server/trace/formats/secrets.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { repositoryRoot } from "../../support/repository.js";
import { inRecords, traceOf } from "../../support/stored-traces.js";
import { mistakesInHar } from "../../support/valid-har.js";

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((given) => Buffer.from(given));
const value = bytes(20).map((given) => given.toString("latin1").replace(/[\0\r\n]/g, ""));

/**
 * What a request can be: any bytes in its target, a header, a variable, its body and its output; in
 * several writes; cut; without a response.
 */
const anyTrace: fc.Arbitrary<TraceJson> = fc
  .record({
    target: value.map((text) => `/a?${text.replace(/[\0-\x20\x7f]/g, "")}`),
    header: fc
      .oneof(value, fc.constantFrom("a=POST", "a=HTTP", "a=Cookie", "a=Content"))
      .map((text) => text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, "")),
    variable: value,
    body: bytes(80),
    output: bytes(80),
    stderr: bytes(20),
    status: fc.option(fc.integer({ min: 200, max: 599 }), { nil: null }),
    cut: fc.nat(10),
    seq: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ target, header, variable, body, output, stderr, status, cut, seq }) => {
    const stdout = Buffer.concat([Buffer.from("Content-Type: a/b\nSet-Cookie: a=b\n\n"), output]);
    const trace = traceOf({ seq, method: "POST", body, stdout, stderr, status });
    trace.request.target = byteString(target);
    const lines = trace.request.head.replace("/cgi-bin/a.py", () => target).trimEnd();
    trace.request.head = byteString(`${lines}\r\nCookie: ${header}\r\n\r\n`);
    trace.request.headers = headersOf(trace.request.head);
    trace.cwd = byteString("/srv/cgi-bin");
    trace.env = [{ name: byteString("HTTP_COOKIE"), value: byteString(variable), source: "header:Cookie" }];
    trace.stdout = new CapturedStream(stdout.length - cut);
    trace.stdout.add(stdout.subarray(0, 20), 1.5);
    trace.stdout.add(stdout.subarray(20), 2.25);
    return toTraceJson(trace);
  });

const read = (file: Buffer): readonly TraceJson[] => readTraces("file", file);

function exportHar(traces: readonly TraceJson[], options: ExportOptions) {
  const har = new HarExport(options);
  const entries = traces.map((trace) => Buffer.from(har.add(trace)));
  const end = har.end();
  return { ...end, bytes: Buffer.concat([...entries, end.bytes]) };
}

describe("HAR", () => {
  test("is valid, and a round trip keeps every byte", () => {
    fc.assert(
      fc.property(fc.array(anyTrace, { minLength: 1, maxLength: 3 }), (traces) => {
        const { bytes: file } = exportHar(traces, { isMasked: false });
        expect(mistakesInHar(JSON.parse(file.toString()))).toEqual([]);
        expect(file.toString()).toBe(`${JSON.stringify(JSON.parse(file.toString()))}\n`);
        expect(read(file)).toEqual(traces);
        expect(read(file).map((trace) => toTraceJson(fromTraceJson(trace)))).toEqual(traces);
        expect(read(exportHar(traces, { isMasked: true }).bytes)).toHaveLength(traces.length);
      }),
      { numRuns: 60 },
    );
  });

  test("masked it is valid, too, says so, and can be imported", () => {
    const trace = toTraceJson(traceOf({ seq: 1, header: ["Cookie", "id=a-secret"], body: Buffer.from([0xff, 0]) }));
    const { bytes: file, secrets } = exportHar([trace], { isMasked: true });
    expect(secrets).toEqual(["Cookie"]);
    const har = JSON.parse(file.toString());
    expect(mistakesInHar(har)).toEqual([]);
    expect(har.log).toMatchObject({ _masked: ["Cookie"], comment: expect.stringContaining("Cookie") });
    expect(read(file)[0]?.request.headers).toEqual([
      ["Cookie", "***********"],
      ["Content-Length", "2"],
    ]);
  });

  test("of several says once whose secrets are masked, and without traces it is one, too", () => {
    const cookie = (seq: number) => toTraceJson(traceOf({ seq, header: ["Cookie", "id=a-secret"] }));
    const { bytes: file, secrets } = exportHar([cookie(1), cookie(2)], { isMasked: true, hidden: ["X-Answer"] });
    expect(secrets).toEqual(["Cookie", "X-Answer"]);
    expect(JSON.parse(file.toString()).log._masked).toEqual(secrets);
    expect(exportHar([cookie(1)], { isMasked: true }).bytes).toEqual(
      exportTrace(cookie(1), "har", { isMasked: true }).bytes,
    );
    const empty = JSON.parse(exportHar([], { isMasked: true }).bytes.toString());
    expect([empty.log.entries, mistakesInHar(empty)]).toEqual([[], []]);
  });

  describe("has a body without its content coding", () => {
    const page = `<p>${"Grüße, a-secret ".repeat(50)}</p>`;
    const encoded = (coding: string, bytes: Buffer, isCut = false): TraceJson => {
      const stdout = Buffer.concat([Buffer.from("Content-Type: text/html\nSet-Cookie: id=a-secret\n\n"), bytes]);
      const trace = inRecords(traceOf({ seq: 1, stdout }), stdout.length);
      if (!trace.response) throw new Error("the trace has a response");
      const body = new CapturedStream(isCut ? bytes.length - 1 : bytes.length);
      body.add(bytes, 4);
      const headers = [[byteString("Content-Encoding"), byteString(coding)] as const];
      return toTraceJson({ ...trace, response: { ...trace.response, headers, body } });
    };
    const contentOf = (trace: TraceJson, isMasked: boolean) => {
      const { bytes: file } = exportHar([trace], { isMasked });
      const har = JSON.parse(file.toString());
      expect(mistakesInHar(har)).toEqual([]);
      if (!isMasked) expect(read(file)).toEqual([trace]);
      return har.log.entries[0].response.content;
    };

    test.each([
      ["gzip", gzipSync(page)],
      ["deflate", deflateSync(page)],
      ["BR", brotliCompressSync(page)],
    ])("%s, and the bytes as they were sent beside it", (coding, bytes) => {
      const size = Buffer.byteLength(page);
      const facts = { text: page, size, compression: size - bytes.length };
      expect(contentOf(encoded(coding, bytes), false)).toMatchObject(facts);
    });

    test("in which secrets are masked, too; what was sent is left out, and the script's head stays", () => {
      const trace = encoded("gzip", gzipSync(page));
      expect(contentOf(trace, true).text).toBe(page.replaceAll("a-secret", "********"));
      const { bytes: file } = exportHar([trace], { isMasked: true });
      const streams: Buffer[] = [];
      JSON.parse(file.toString(), (key, item) => {
        if (key === "base64") streams.push(Buffer.from(item, "base64"));
        return item;
      });
      for (const each of [gzipSync(page), "a-secret"])
        expect(streams.some((stream) => stream.includes(each))).toBe(false);
      const [again] = read(file);
      expect(Buffer.from(again?.stdout?.base64 ?? "", "base64").toString()).toMatch(/^Content-Type: .*\n.*\*\n\n$/);
      expect(again?.stdout?.bytes).toBe(trace.stdout?.bytes);
    });

    test.each([
      ["not all of it was kept", "gzip", gzipSync(page), true],
      ["it is in several codings", "gzip, br", brotliCompressSync(gzipSync(page)), false],
    ])("and masked none of it where %s", (_, coding, bytes, isCut) => {
      const { bytes: file } = exportHar([encoded(coding, bytes, isCut)], { isMasked: true });
      const [again] = read(file);
      expect([again?.response?.body.captured, again?.response?.body.bytes]).toEqual([0, bytes.length]);
      expect(file.includes(bytes.subarray(0, 40).toString("base64"))).toBe(false);
    });

    test("of which all is kept if it has no secret", () => {
      const { bytes: file } = exportHar([encoded("gzip", gzipSync("Grüße"))], { isMasked: true });
      expect(read(file)[0]?.response?.body).toMatchObject({ captured: gzipSync("Grüße").length });
    });

    test.each([
      ["not all of it was kept", "gzip", gzipSync(page), true],
      ["it is not in that coding", "gzip", Buffer.from(page), false],
      ["the coding is not known", "zstd", Buffer.from(page), false],
    ])("unless %s", (_, coding, bytes, isCut) => {
      const content = contentOf(encoded(coding, bytes, isCut), false);
      expect(content.compression).toBeUndefined();
      expect(content.size).toBe(bytes.length);
    });
  });

  test("the schema would find a mistake", () => {
    const har = JSON.parse(exportHar([toTraceJson(traceOf({ seq: 1 }))], { isMasked: false }).bytes.toString());
    har.log.entries[0].request.bodySize = "1";
    delete har.log.entries[0].response.content.size;
    expect(mistakesInHar(har)).toHaveLength(2);
  });

  test("of another tool becomes requests and responses", () => {
    const entry = {
      startedDateTime: "2026-01-31T10:00:00.5+01:00",
      time: 12.5,
      request: {
        method: "POST",
        url: "https://shop.test/cart?a=1#top",
        httpVersion: "h2",
        headers: [
          { name: ":authority", value: "shop.test" },
          { name: "content-type", value: "application/x-www-form-urlencoded" },
        ],
        postData: { mimeType: "x", params: [{ name: "a b", value: "ü" }] },
      },
      response: {
        status: 404,
        statusText: "",
        headers: [{ name: "x", value: "y" }],
        content: { size: 3, mimeType: "image/png", text: "AP/+", encoding: "base64" },
      },
      timings: { send: 1, wait: 9, receive: 2.5 },
    };
    const lost = { ...entry, response: { ...entry.response, status: 0, content: {} } };
    const [first, second] = read(Buffer.from(`\ufeff${JSON.stringify({ log: { entries: [entry, lost] } })}`));
    expect(first).toMatchObject({
      id: "",
      startedAt: "2026-01-31T09:00:00.500Z",
      outcome: "ok",
      code: "har-entry",
      request: { method: "POST", target: "/cart?a=1", httpVersion: "2" },
      response: { status: 404, body: { bytes: 3, base64: "AP/+" } },
      timing: { headersAt: 10, doneAt: 12.5 },
    });
    expect(first?.request.headers).toEqual([
      ["Host", "shop.test"],
      ["content-type", "application/x-www-form-urlencoded"],
    ]);
    expect(Buffer.from(first?.request.body.base64 ?? "", "base64").toString()).toBe("a+b=%C3%BC");
    expect([second?.outcome, second?.response]).toEqual(["client-gone", null]);
    for (const trace of [first, second]) expect(traceSchema.omit({ id: true }).safeParse(trace).success).toBe(true);
  });
});

test("a file in the form that Firefox saves is valid, and its requests and bodies are all there", () => {
  // Written after its source (devtools/client/netmonitor/src/har/har-builder.js), not by a running Firefox.
  const file = readFileSync(join(repositoryRoot, "test/fixtures/firefox.har"));
  expect(mistakesInHar(JSON.parse(file.toString()))).toEqual([]);
  const [form, picture, unchanged, failed] = read(file);
  expect(form).toMatchObject({
    startedAt: "2026-01-31T10:00:00.123Z",
    request: { method: "POST", target: "/cgi-bin/sum.py", httpVersion: "1.1", body: { bytes: 8 } },
    response: { status: 200, body: { bytes: 43 } },
    timing: { headersAt: 57, doneAt: 58 },
  });
  expect(form?.request.headers).toHaveLength(11);
  expect(Buffer.from(form?.request.body.base64 ?? "", "base64").toString()).toBe("a=40&b=2");
  expect(picture?.request.target).toBe("/logo.png?v=1&v=%C3%A9");
  expect(Buffer.from(picture?.response?.body.base64 ?? "", "base64").subarray(0, 4)).toEqual(
    Buffer.from([0x89, 0x50, 0x4e, 0x47]),
  );
  expect([unchanged?.response?.status, failed?.response, failed?.outcome]).toEqual([304, null, "client-gone"]);
});

describe("a capsule", () => {
  test("is the trace again", () => {
    fc.assert(
      fc.property(anyTrace, (trace) => {
        const { bytes: file } = exportTrace(trace, "capsule", { isMasked: false });
        expect(file.toString("latin1")).toMatch(/^[\n\x20-\x7e]*$/);
        expect(read(file)).toEqual([trace]);
      }),
      { numRuns: 60 },
    );
  });

  test("that was changed anywhere is a trace or is refused", () => {
    const { bytes: file } = exportTrace(withFolder(), "capsule", { isMasked: false });
    const har = exportHar([withFolder()], { isMasked: false }).bytes;
    const change = fc.record({
      file: fc.constantFrom(file, har),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      put: fc.oneof(bytes(10), fc.constantFrom("null", "-1", '"', "{", "}", "1e999", "#trace {}\n").map(Buffer.from)),
    });
    fc.assert(
      fc.property(change, ({ file: whole, at, cut, put }) => {
        const from = Math.floor(at * whole.length);
        const changed = Buffer.concat([whole.subarray(0, from), put, whole.subarray(from + cut)]);
        try {
          for (const trace of read(changed)) toTraceJson(fromTraceJson(trace));
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("whose stream says more than it has is refused", () => {
    const trace = withFolder();
    const claims: readonly Partial<TraceJson["request"]["body"]>[] = [
      { captured: 1 << 30 },
      { chunks: Array.from({ length: 4000 }, () => ({ at: 0, offset: 0, length: 3 })) },
      { bytes: 1 },
    ];
    for (const claim of claims) {
      const file = JSON.stringify({
        ...trace,
        request: { ...trace.request, body: { ...trace.request.body, ...claim } },
      });
      expect(() => read(Buffer.from(file))).toThrow(ProblemError);
    }
  });
});

test("raw HTTP of a chunked request is what a replay sends", () => {
  const trace = traceOf({ seq: 1, method: "POST", header: ["Transfer-Encoding", "chunked"] });
  trace.request.body.add(Buffer.from("hello=world"), 0.5);
  const { bytes: file } = exportTrace(toTraceJson(trace), "http", { isMasked: false });
  expect(file.toString()).toBe(`${trace.request.head}b\r\nhello=world\r\n0\r\n\r\n`);
  expect(Buffer.from(requestBytes(trace, { host: "127.0.0.1", port: 80 }))).toEqual(file);
});

describe("a hostile file", () => {
  const good = withFolder();
  const read = (request: Partial<TraceJson["request"]>) => () =>
    readTraces("file", Buffer.from(JSON.stringify({ ...good, request: { ...good.request, ...request } })));

  test("whose bytes are not the one request that it shows is refused: a replay would send them", () => {
    const { head } = good.request;
    if (typeof head !== "string") throw new Error("the head is text");
    expect(read({ head })).not.toThrow();
    for (const other of [
      head.replace("/cgi-bin/a.py", "/cgi-bin/delete.py"),
      head.replace("GET", "DELETE"),
      `${head}POST /cgi-bin/delete.py HTTP/1.1\r\nHost: a\r\n\r\n`,
      `\n\n${head}\r\n`,
    ])
      expect(read({ head: other })).toThrow(ProblemError);
  });

  test("that shows other headers, or hides a second request behind the body, is refused", () => {
    const second = "GET /cgi-bin/delete.py HTTP/1.1\r\nHost: a\r\n\r\n";
    const line = "POST /cgi-bin/a.py HTTP/1.1\r\nHost: a\r\n";
    const host: [string, string] = ["Host", "a"];
    const shown = (fields: readonly string[], sent = fields, body = "a=b") => {
      const headers = [host, ...fieldsOf(fields)];
      const head = `${line}${sent.map((field) => `${field}\r\n`).join("")}\r\n`;
      return read({ method: "POST", target: "/cgi-bin/a.py", head, headers, body: streamOf(body) });
    };
    expect(shown(["Content-Length: 3"])).not.toThrow();
    expect(shown(["Content-Length: 9"]), "a client that left").not.toThrow();
    expect(shown(["Transfer-Encoding: chunked"], ["Transfer-Encoding: chunked"], second)).not.toThrow();
    expect(shown(["Cookie: ***"], ["Cookie:  a=b "], ""), "masked").not.toThrow();
    for (const hidden of [
      shown(["Content-Length: 3"], ["Content-Length: 3"], `a=b${second}`),
      shown([], [], second),
      shown([], ["Content-Length: 3"]),
      shown(["Content-Length: 3"], ["Content-Length: 3", "X-Admin: 1"]),
      shown(["Content-Length: 3", "X: 1"], ["Content-Length: 3", "X: 2"]),
      shown([], ["Transfer-Encoding: chunked"], `0\r\n\r\n${second}`),
      shown(["Transfer-Encoding: *******"], ["Transfer-Encoding: chunked"], `0\r\n\r\n${second}`),
      read({ head: line, headers: [], body: streamOf(`\r\n${second}`) }),
      read({ head: second, method: "", target: "", headers: [] }),
    ])
      expect(hidden).toThrow(ProblemError);
  });

  test("of another tool whose parts have line ends is refused: they would be further requests", () => {
    const next = "\r\n\r\nGET /cgi-bin/delete.py HTTP/1.1\r\nHost: a\r\n\r\n";
    const har = (request: object) => () =>
      readTraces("file", Buffer.from(JSON.stringify({ log: { entries: [{ ...entry, request }] } })));
    const request = { method: "GET", url: "http://a/b", headers: [{ name: "X", value: "y" }] };
    const entry = { startedDateTime: "2026-01-31T10:00:00Z", response: { status: 200, headers: [], content: {} } };
    expect(har(request)).not.toThrow();
    for (const part of [
      { method: `GET / HTTP/1.1${next}` },
      { url: `b HTTP/1.1${next}` },
      { headers: [{ name: "X", value: `y${next}` }] },
      { headers: [{ name: `X: y${next}Z`, value: "" }] },
    ])
      expect(har({ ...request, ...part })).toThrow(ProblemError);
  });

  test("whose values lie a hundred thousand levels deep is refused, in each form", () => {
    const deep = `${'{"code":"","text":"","data":{"a":'.repeat(100_000)}null${"}}".repeat(100_000)}`;
    const json = JSON.stringify({ ...good, data: "DEEP" }).replace('"DEEP"', () => `{"a":${deep}}`);
    const capsule = exportTrace(good, "capsule", { isMasked: false }).bytes.toString("latin1");
    const files = [
      json,
      `{"log":{"entries":[{"_cgiWorkbench":{"trace":${json}}}]}}`,
      capsule.replace(/^#trace .*$/m, () => `#trace ${json}`),
      `{"log":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`,
    ];
    for (const file of files) expect(() => readTraces("file", Buffer.from(file))).toThrow(ProblemError);
  });

  test("names no option of env in the command that is copied from it", () => {
    const env = [{ name: "--split-string", value: "sh -c id", source: "config" as const, standing: "own" as const }];
    const command = exportTrace({ ...good, env }, "env", { isMasked: false }).bytes.toString();
    expect(command).toMatch(/env -i -- \\\n +'--split-string=sh -c id'/);
  });
});

const fieldsOf = (fields: readonly string[]): [string, string][] =>
  fields.map((field) => [field.slice(0, field.indexOf(":")), field.slice(field.indexOf(":") + 2)]);

function streamOf(text: string): TraceJson["request"]["body"] {
  const { length } = text;
  return {
    bytes: length,
    captured: length,
    chunks: length === 0 ? [] : [{ at: 0, offset: 0, length }],
    base64: Buffer.from(text).toString("base64"),
  };
}

function withFolder(): TraceJson {
  return { ...toTraceJson(traceOf({ seq: 1, body: Buffer.from("a=b") })), cwd: "/srv/cgi-bin" };
}

describe("masking", () => {
  const header = "Basic dXNlcjpwYXNzd29yZA=="; // user:password
  const trace = toTraceJson(
    traceOf({
      seq: 1,
      header: ["Authorization", header],
      variable: ["HTTP_AUTHORIZATION", header],
      body: Buffer.from("x=dXNlcjpwYXNzd29yZA=="),
      stdout: Buffer.from("set-cookie: a=b\nContent-Type: a/b\n\nuser:password persistent"),
      stderr: Buffer.from("login with password\n"),
    }),
  );

  test("replaces the values wherever they are, and changes no length", () => {
    const masked = maskSecrets(trace, new SecretNames());
    const text = JSON.stringify(masked, (key, item) =>
      key === "base64" ? Buffer.from(item, "base64").toString() : item,
    );
    for (const secret of ["password", "dXNlcjpw", "a=b\n"]) expect(text).not.toContain(secret);
    expect(text).toContain("set-cookie: ***\\nContent-Type: a/b\\n\\n************* persistent");
    expect(read(Buffer.from(JSON.stringify(masked)))).toHaveLength(1);
    expect(masked.stdout?.bytes).toBe(trace.stdout?.bytes);
    expect(masked.request.headers[0]).toEqual(["Authorization", "*".repeat(header.length)]);
  });

  test("a value that is a word of the format changes nothing else", () => {
    const named = { ...trace, route: { ...trace.route, mode: "persistent" as const } };
    const cookie: [string, string] = ["Cookie", "mode=persistent; outcome=script; x=length"];
    const given = { ...named, request: { ...named.request, headers: [cookie] } };
    const masked = maskSecrets(given, new SecretNames());
    expect(traceSchema.parse(masked)).toMatchObject({ route: { mode: "persistent", kind: "script" } });
  });

  test("names that the user adds, and short values where they belong", () => {
    const given = {
      ...trace,
      env: [{ name: "API_KEY", value: "k1", source: "config" as const, standing: "own" as const }],
    };
    const masked = maskSecrets(given, new SecretNames(["API_KEY", "x-answer"]));
    expect(masked.env?.[0]?.value).toBe("**");
    expect(masked.response?.headers).toEqual([["X-Answer", "***"]]);
  });
});

describe("reports", () => {
  const hostile = "<script>alert(1)</script>\"'&`</pre>```\u202e\u0007";
  const trace = {
    ...toTraceJson(
      traceOf({ seq: 1, header: ["X-Test", hostile], stdout: Buffer.from(`Content-Type: a/b\n\n${hostile}`) }),
    ),
    detail: asSentence(hostile),
  };

  test("a page has no script, loads nothing, and everything is escaped", () => {
    const page = exportTrace(trace, "html", { isMasked: true }).bytes.toString();
    expect(page).not.toMatch(/<script|<img|javascript:|\u202e|\u0007/i);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;`&lt;/pre&gt;```\\u202e\\x07");
    expect(page).toMatch(
      /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
    );
    expect(page.match(/<pre>/g)?.length).toBe(page.match(/<\/pre>/g)?.length);
  });

  test("in Markdown nothing leaves its fence", () => {
    const lines = exportTrace(trace, "markdown", { isMasked: true }).bytes.toString().split("\n");
    let fence: string | null = null;
    for (const line of lines) {
      const [run] = /^`{3,}$/.exec(line) ?? [];
      if (run !== undefined && fence === null) fence = run;
      else if (run !== undefined && run === fence) fence = null;
      else if (fence === null)
        expect(line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\./g, "")).not.toContain("<script");
    }
    expect(fence).toBeNull();
  });
});
