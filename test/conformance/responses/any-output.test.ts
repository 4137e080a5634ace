// Properties over the wire: whatever a script writes, in whatever pieces, the client gets valid HTTP/1.1 (by a
// reader that shares no code with the server), the connection stays in step or ends, the pieces make no
// difference, and the trace has every byte.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";
import { cut, type ScriptedRun, scriptedStarter } from "../../support/scripted-starter.js";
import { readResponses, type WireResponse } from "../../support/strict-http.js";

const latin1 = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("latin1");

const names = fc.constantFrom(
  "Content-Type",
  "Status",
  "Location",
  "Content-Length",
  "Transfer-Encoding",
  "Connection",
  "Date",
  "Server",
  "Set-Cookie",
  "X-CGI-A",
  "x",
);
const values = fc.constantFrom(
  ...[
    "text/plain",
    "200 OK",
    "404",
    "204 No",
    "205 R",
    "304 N",
    "150 E",
    "abc",
    "302 Found",
    "500 \x01",
    "299 M\xfcll",
    "",
    "3",
    "0",
    "00003",
    "-1",
    "5, 5",
  ],
  ...[
    "99999999999999999999",
    "1e3",
    "/x.sh?y",
    "/ok.txt",
    "//x",
    "http://a/#b",
    "rel",
    "chunked",
    "close",
    "keep-alive",
    "a\0b",
    "a\x7fb",
    "a\tb",
    "a\rb",
    "\xff\xfe",
  ],
);
const ends = fc.constantFrom("\n", "\r\n", "\r", "\r\r\n", "");
const line = fc.tuple(names, fc.constantFrom(": ", ":", " : ", ""), values, ends).map((parts) => parts.join(""));
const body = fc.oneof(
  fc.constantFrom(
    "",
    "abc",
    "abcde",
    "0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "5\r\nhello\r\n0\r\n\r\n",
  ),
  fc.uint8Array({ maxLength: 300 }).map(latin1),
);
const output = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.array(line, { maxLength: 6 }), fc.constantFrom("\n", "\r\n", ""), body)
      .map(([lines, end, rest]) => lines.join("") + end + rest),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map(latin1) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(line, fc.integer({ min: 60_000, max: 70_000 }))
      .map(([first, length]) => `${first}X: ${"y".repeat(length)}\n\nz`),
  },
);
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 });

interface Exchange {
  readonly first: WireResponse;
  readonly second: WireResponse | undefined;
  readonly traces: readonly TraceRecord[];
}

async function scripted(): Promise<{
  gateway: TestGateway;
  run(method: string, version: string, next: ScriptedRun): Promise<Exchange>;
}> {
  let next: ScriptedRun = { pieces: [] };
  const gateway = await startGateway({ wrapStarter: () => scriptedStarter(() => next) });
  gateway.script("x.sh", "true");
  gateway.file("ok.txt", "fine");
  let ended = 0;
  let connections = 0;
  return {
    gateway,
    run: async (method, version, scriptedRun) => {
      next = scriptedRun;
      const keep = version === "1.0" ? ["Connection: keep-alive"] : [];
      const bytes = await gateway.ask(
        request(method, "/x.sh", keep).replace("HTTP/1.1", `HTTP/${version}`) +
          request("GET", "/ok.txt", ["Connection: close"]),
      );
      const [first, second] = readResponses(bytes, [method, "GET"]);
      if (!first) throw new Error("no response at all");
      connections++;
      // The second request has a trace whether its turn came or not; before it there is one for each run of the script.
      for (;;) {
        const traces = (await gateway.ended(ended)).filter(({ connection }) => connection.id === connections);
        ended = gateway.endedSoFar + 1;
        if (traces.some(({ connection }) => connection.nth === 2) && traces[0]?.connection.nth === 1)
          return { first, second, traces };
      }
    },
  };
}

describe("any output of a script", () => {
  test("is answered with valid HTTP/1.1, in step or with the connection closed, and is in the trace to the last byte", async () => {
    const { gateway, run } = await scripted();
    await using _ = gateway;
    await fc.assert(
      fc.asyncProperty(
        output,
        places,
        fc.constantFrom("GET", "HEAD", "POST"),
        fc.constantFrom("1.1", "1.0"),
        async (written, cuts, method, version) => {
          const bytes = Buffer.from(written, "latin1");
          const { first, second, traces } = await run(method, version, { pieces: cut(bytes, cuts) });
          const [trace] = traces;
          expect(first.status).toBeGreaterThanOrEqual(200);
          if (second) expect([second.status, second.body, second.isComplete]).toEqual([200, "fine", true]);
          else expect(first.isComplete && !first.closes).toBe(false);
          // What was recorded of the wire is what went over it, and of stdout what was written.
          expect([trace?.response?.status, trace?.response?.reason, trace?.response?.headers]).toEqual([
            first.status,
            first.reason,
            first.headers,
          ]);
          expect(latin1(trace?.response?.body.read(0, 1 << 20))).toBe(first.body);
          expect(latin1(trace?.stdout?.read(0, 1 << 20))).toBe(written);
          expect(trace?.outcome).not.toBeNull();
          const spans = trace?.script?.spans ?? [];
          expect(spans.map(({ from }) => from)).toEqual([0, ...spans.map(({ to }) => to)].slice(0, spans.length));
          expect(gateway.faults).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("means the same in whatever pieces it comes", async () => {
    const { gateway, run } = await scripted();
    await using _ = gateway;
    await fc.assert(
      fc.asyncProperty(output, places, async (written, cuts) => {
        const bytes = Buffer.from(written, "latin1");
        const whole = await run("GET", "1.1", { pieces: [bytes] });
        const inPieces = await run("GET", "1.1", { pieces: cut(bytes, cuts) });
        const byteByByte =
          bytes.length > 400
            ? inPieces
            : await run("GET", "1.1", { pieces: Array.from(bytes, (byte) => Uint8Array.of(byte)) });
        for (const other of [inPieces, byteByByte]) expect(gist(other)).toEqual(gist(whole));
      }),
      { numRuns: 150 },
    );
  });
});

/**
 * What may not depend on the pieces: everything but dates, numbers and times. An error page
 * names its trace, so its length may differ.
 */
function gist({ first, second, traces: [trace] }: Exchange): unknown {
  const isPage = first.body.includes("This page comes from CGI Workbench");
  return {
    status: first.status,
    reason: first.reason,
    headers: first.headers.filter(([name]) => name !== "Date" && !(isPage && name === "Content-Length")),
    body: isPage ? first.body.replace(/Trace #\d+/, "Trace #") : first.body,
    isComplete: first.isComplete,
    second: second?.body,
    outcome: trace?.outcome,
    cause: trace?.cause,
    script: trace?.script,
    changes: [trace?.response?.added, trace?.response?.dropped, isPage || trace?.response?.changed],
    findings: trace?.findings,
  };
}
