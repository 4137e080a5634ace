// Whatever a script writes: no rule fails, no finding points outside of its stream, no two of one title stand on the same bytes; and
// a megabyte is looked at in less time than anybody notices.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { examineInline } from "../../../server/doctor/engine/examine.js";
import { explain } from "../../../server/doctor/engine/explain.js";
import { rule as outputHeldBack } from "../../../server/doctor/rules/run/output-held-back/rule.js";
import { byteString, toBytes, utf8 } from "../../../server/protocol/byte-string.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { ScriptHeadParser } from "../../../server/protocol/script-head.js";
import { interpretScriptHead } from "../../../server/protocol/script-response.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";
import { TraceLog } from "../../../server/trace/trace-log.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";

const log = new TraceLog({
  budgetBytes: 1 << 20,
  captureBytes: 2 << 20,
  examine: () => {},
  displayPath: () => null,
  onChange: () => {},
});

interface Wrote {
  readonly stdout: Uint8Array;
  readonly stderr?: Uint8Array;
  readonly exitCode?: number;
}

/** A finished trace of a script that wrote this, as the gateway makes it. */
function traceOf({ stdout, stderr = new Uint8Array(0), exitCode = 0 }: Wrote): TraceRecord {
  const head = {
    head: byteString("GET /x.py HTTP/1.1\r\n\r\n"),
    method: byteString("GET"),
    target: byteString("/x.py"),
    httpVersion: "1.1",
    headers: [],
  };
  const trace = log.begin({
    t0Ms: 0,
    client: { address: "", port: 0, from: "cli" },
    connection: { id: 1, nth: 1 },
    parent: null,
    request: head,
  });
  trace.route = { ...trace.route, kind: "script", file: byteString("/nowhere/x.py") };
  trace.env = [{ name: byteString("PATH"), value: byteString("/usr/bin:/bin"), source: "inherited" }];
  trace.argv = [byteString("/nowhere/x.py")];
  trace.stdin = new CapturedStream(2 << 20);
  trace.stdout = new CapturedStream(2 << 20);
  trace.stderr = new CapturedStream(2 << 20);
  trace.stdout.add(stdout, 1);
  trace.stderr.add(stderr, 1);
  const parser = new ScriptHeadParser();
  const parsed = parser.push(stdout) ?? parser.end();
  const { kind, status, reason, headers, stoppedAt, why } = interpretScriptHead(parsed, defaultPolicy);
  trace.script = { kind, status, reason, headers, spans: parsed.spans, stoppedAt, why };
  trace.process = {
    pid: 1,
    start: "native",
    exitCode,
    signal: null,
    errno: null,
    userMs: null,
    systemMs: null,
    maxRssKb: null,
  };
  trace.outcome = exitCode !== 0 ? "crashed" : kind === "invalid" ? "invalid-output" : "ok";
  trace.detail = why;
  log.end(trace);
  return trace;
}

const latin1 = (text: string): Uint8Array => toBytes(byteString(text));
const fields = fc.constantFrom(
  ...[
    "Content-Type: text/html",
    "Content-Type: text/html; charset=iso-8859-1",
    "Status: 404",
    "Status: x",
    "Location: /a",
    "Location: b",
    "Warning: x",
  ],
  ...[
    "Set-Cookie: a=b; Expires=x",
    "Content-Length: 3",
    "Expires: never",
    "Last-Modified: Fri, 01 Jan 1980 00:00:00 GMT",
    "Transfer-Encoding: chunked",
  ],
  ...[
    "X: gr\xc3\xbcn",
    " folded",
    "\xef\xbb\xbfContent-Type: text/plain",
    "Space : x",
    "HTTP/1.1 200 OK",
    "<!-- x -->",
    "no colon",
    ": nameless",
    "a\0b: c",
  ],
);
const lineEnds = fc.constantFrom("\n", "\r\n", "\r", "\r\r\n", "");
const words = fc.constantFrom(
  ...[
    "Gr\xc3\xbc\xc3\x9fe",
    "Gr\xfc\xdfe",
    "Gr\xc3\x83\xc2\xbc",
    "\xef\xbf\xbd",
    "\xed\xa0\x80",
    "\xf0\x9f",
    "<meta charset=latin1>",
    "{",
    "\0",
    "\xff\xfe",
    "hello\n",
  ],
);
const output = fc
  .tuple(
    fc.array(fc.tuple(fields, lineEnds), { maxLength: 6 }),
    lineEnds,
    fc.array(words, { maxLength: 8 }),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map(([head, end, body, rest]) =>
    latin1(head.flat().join("") + end + body.join("") + Buffer.from(rest).toString("latin1")),
  );
const complaint = fc.constantFrom(
  ...[
    "Traceback (most recent call last):\n",
    '  File "/nowhere/x.py", line 3, in <module>\n',
    "KeyError: 'HOME'\n",
    "SyntaxError: invalid syntax\n",
    "x at /nowhere/x.py line 9.\n",
  ],
  ...[
    "/nowhere/x.py: 3: foo: not found\n",
    "PHP Fatal error:  Uncaught x in /nowhere/x.py:3\n",
    "UnicodeEncodeError: 'ascii' codec can't encode character '\\xfc'\n",
    "\0\xff",
    "\n\n",
  ],
);
const errors = fc
  .tuple(fc.array(complaint, { maxLength: 5 }), fc.uint8Array({ maxLength: 40 }))
  .map(([lines, rest]) => latin1(lines.join("") + Buffer.from(rest).toString("latin1")));

function check(trace: TraceRecord): void {
  explain(trace);
  const { findings, stdout, stderr } = trace;
  expect(findings.filter(({ rule }) => rule === "rule-failed")).toEqual([]);
  const places = findings.map(({ title, stream, range, line }) => JSON.stringify([title, stream, range, line]));
  expect(new Set(places).size).toBe(places.length);
  for (const { stream, range, rule, detail } of findings) {
    const bytes = {
      stdout: stdout?.bytes,
      stderr: stderr?.bytes,
      stdin: 0,
      request: trace.request.head.length,
      response: undefined,
    }[stream ?? "response"];
    if (range && bytes !== undefined)
      expect([rule, range[0] >= 0 && range[0] <= range[1] && range[1] <= bytes, range, bytes]).toEqual([
        rule,
        true,
        range,
        bytes,
      ]);
    expect(detail).not.toBe("");
  }
  if (trace.outcome !== "ok") expect(findings.length).toBeGreaterThan(0);
}

describe("any bytes", () => {
  test("as output and errors crash no rule", () => {
    fc.assert(
      fc.property(output, errors, fc.constantFrom(0, 1, 127), (stdout, stderr, exitCode) =>
        check(traceOf({ stdout, stderr, exitCode })),
      ),
      { numRuns: 1500 },
    );
  });

  test("of no form at all", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.uint8Array({ maxLength: 400 }), (stdout, stderr) =>
        check(traceOf({ stdout, stderr, exitCode: 1 })),
      ),
      { numRuns: 500 },
    );
  });
});

const million = 1 << 20;
const repeated = (text: string): Uint8Array =>
  utf8Bytes(text.repeat(Math.ceil(million / text.length))).subarray(0, million);
const utf8Bytes = (text: string): Uint8Array => toBytes(utf8(text));
const page = latin1("Content-Type: text/html; charset=utf-8\n\n");
const random = Uint8Array.from({ length: million }, (_, i) => (i * 7919 + (i >> 7) * 104_729) & 0xff);
const after = (body: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([page, body]));
const megabytes: readonly (readonly [string, Wrote])[] = [
  ["a page of UTF-8", { stdout: after(repeated("Grüße an Jürgen, ")) }],
  ["a page of ASCII", { stdout: after(repeated("<p>hello, world</p>\n")) }],
  ["UTF-8 encoded twice", { stdout: after(repeated("GrÃ¼ÃŸe ")) }],
  ["Latin-1 that says it is UTF-8", { stdout: after(latin1("Gr\xfc\xdfe an J\xfcrgen, ".repeat(million / 20))) }],
  ["bytes of no kind", { stdout: after(random) }],
  ["no header at all", { stdout: repeated("hello\n") }],
  ["one line without end", { stdout: repeated("x") }],
  ["spaces alone", { stdout: repeated(" "), stderr: repeated(" "), exitCode: 1 }],
  ["a megabyte of complaints", { stdout: page, stderr: repeated("x at y line 3\n"), exitCode: 1 }],
  ["one complaint without end", { stdout: page, stderr: repeated("a: b: "), exitCode: 1 }],
  ["nothing but line ends", { stdout: repeated("\r\n"), stderr: repeated("\n"), exitCode: 1 }],
];

/** The best of some tries: the others measure who else uses the processor. */
function bestMs(work: () => void, tries: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i++) {
    const begun = performance.now();
    work();
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

test.each(megabytes)("a megabyte in under 50 ms: %s", (_name, wrote) => {
  const trace = traceOf(wrote);
  check(trace);
  expect(bestMs(() => explain(trace), 7)).toBeLessThan(50);
});

test("what is asked as a request ends takes less than 0.2 ms, whatever the head", () => {
  const heads = [
    ...[
      page,
      latin1("Status: abc\n\n"),
      latin1(`${"X-Tag: some value of a header\r\n".repeat(40)}Content-Type: text/html\r\n\r\nhello`),
    ],
    latin1(
      `Content-Type: text/html\n${"Set-Cookie: session=0123456789abcdef; Path=/; HttpOnly; SameSite=Lax; Expires=Fri, 20 Nov 2026 12:00:00 GMT\n".repeat(8)}\nhello`,
    ),
  ];
  for (const stdout of heads) {
    const trace = traceOf({ stdout });
    const rounds = 20;
    const best = bestMs(() => {
      for (let i = 0; i < rounds; i++) examineInline(trace, new Set());
    }, 20);
    expect(best / rounds).toBeLessThan(0.2);
  }
});

test("output at the end of seconds: a hint when the script waited, nothing when it computed", () => {
  const trace = traceOf({ stdout: latin1(`Content-Type: text/plain\n\n${"x".repeat(50)}`) });
  Object.assign(trace.timing, { spawnedAt: 1, firstByteAt: 3000, lastByteAt: 3001, exitAt: 3002 });
  const after = (userMs: number) =>
    outputHeldBack.check({ ...trace, process: trace.process && { ...trace.process, userMs, systemMs: 1 } });
  expect(after(20)).toMatchObject({ severity: "hint" });
  expect(after(2500)).toBeNull();
});
