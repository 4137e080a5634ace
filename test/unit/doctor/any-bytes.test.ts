// Whatever a script writes: no rule fails, no finding points outside of its stream, no
// two of one title stand on the same bytes.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rule as outputHeldBack } from "../../../server/doctor/rules/run/output-held-back/rule.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { explain } from "../../support/explain.js";
import { bodies, latin1, traceOf } from "./written-traces.js";

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

test.each(bodies)("a megabyte: %s", (_name, wrote) => check(traceOf(wrote(1 << 20))));

test("output at the end of seconds: a hint when the script waited, nothing when it computed", () => {
  const trace = traceOf({ stdout: latin1(`Content-Type: text/plain\n\n${"x".repeat(50)}`) });
  Object.assign(trace.timing, { spawnedAt: 1, firstByteAt: 3000, lastByteAt: 3001, exitAt: 3002 });
  const after = (userMs: number) =>
    outputHeldBack.check({ ...trace, process: trace.process && { ...trace.process, userMs, systemMs: 1 } });
  expect(after(20)).toMatchObject({ severity: "hint" });
  expect(after(2500)).toBeNull();
});
