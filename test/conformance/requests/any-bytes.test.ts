// Whatever bytes come, whatever bytes a script writes: the server stays up, reports no failure of its own, and each
// request has its trace. Inputs are made from pieces of valid ones, since pure noise dies at the first byte.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { request, startGateway, type TestGateway } from "../../support/gateway.js";

const requestPiece = fc.constantFrom(
  ...[
    "GET /x.sh HTTP/1.1\r\n",
    "POST /x.sh HTTP/1.0\r\n",
    "HEAD /nph-x.sh?a+b HTTP/1.1\r\n",
    "GET /../%2e%2e/etc/passwd HTTP/1.1\r\n",
    "Host: localhost\r\n",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
  ],
  ...[
    "Expect: 100-continue\r\n",
    "Connection: close\r\n",
    "Upgrade: x\r\n",
    "CONNECT a:1 HTTP/1.1\r\n",
    "\r\n",
    "5\r\nhello\r\n",
    "0\r\n\r\n",
    "hello",
    "\0\xff",
    ": x\r\n",
    " folded\r\n",
    "\n",
  ],
);
const outputPiece = fc.constantFrom(
  ...[
    "Content-Type: text/plain\n",
    "Content-Type: a/b\r\n",
    "Status: 200 OK\n",
    "Status: 150\n",
    "Status: x\n",
    "Status: 304 N\n",
    "Location: /x.sh?y\n",
    "Location: http://a/\n",
    "Location: rel\n",
    "Content-Length: 3\n",
    "Content-Length: -1\n",
  ],
  ...[
    "Transfer-Encoding: chunked\n",
    "HTTP/1.1 200 OK\r\n",
    "HTTP/1.1 100 C\r\n\r\n",
    "\n",
    "\r\n",
    "body",
    "\0\xff\xfe",
    "X: a\rb\n",
    "bad name: x\n",
    " cont\n",
    ":\n",
    "Connection: close\n",
  ],
);
const joined = (piece: fc.Arbitrary<string>) =>
  fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(""));

test("any request", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n"; cat');
  gateway.script("nph-x.sh", 'printf "HTTP/1.0 200 OK\\r\\n\\r\\n"');
  await fc.assert(
    fc.asyncProperty(joined(requestPiece), async (bytes) => {
      const client = await gateway.connect();
      const before = gateway.traces.lastSeq;
      client.socket.end(Buffer.from(bytes, "latin1"));
      const answer = await client.rest();
      if (answer !== "") expect([answer.slice(0, 7), gateway.traces.lastSeq > before]).toEqual(["HTTP/1.", true]);
      expect(gateway.faults).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(await gateway.get("/x.sh")).toMatch(/^HTTP\/1\.1 200 /);
  await expectWholeTraces(gateway);
});

test("any output of a script", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'cat "$DOCUMENT_ROOT/output.txt"');
  gateway.file("ok.txt", "fine");
  await fc.assert(
    fc.asyncProperty(joined(outputPiece), fc.constantFrom("GET", "HEAD"), async (output, method) => {
      gateway.file("output.txt", Buffer.from(output, "latin1"));
      const response = await gateway.ask(request(method, "/x.sh") + request("GET", "/ok.txt", ["Connection: close"]));
      // As a client reads it: the next answer on the connection stands where the
      // first one ends, or the connection was cut.
      const next = afterResponse(response, method);
      if (next !== null) expect(next).toMatch(/^HTTP\/1\.1 200 OK\r\n(?:[^\r\n]+\r\n)+\r\nfine$/);
      expect(gateway.faults).toEqual([]);
    }),
    { numRuns: 60 },
  );
  await expectWholeTraces(gateway);
});

/** Each trace that began has ended, with an outcome, and with a status if there was a response. */
async function expectWholeTraces(gateway: TestGateway): Promise<void> {
  const traces = await gateway.ended(gateway.traces.lastSeq);
  const isWhole = ({ outcome, response }: TraceRecord): boolean =>
    outcome !== null && (response === null || (response.status >= 200 && response.status <= 599));
  expect(traces.filter((trace) => !isWhole(trace))).toEqual([]);
}

/** What follows the first response, read strictly by its own framing (RFC 9112 §6.3); null when it was cut short. */
function afterResponse(bytes: string, method: string): string | null {
  const [head = "", status] =
    /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\r\n]*\r\n)*\r\n/.exec(bytes) ?? [];
  expect(head, `no response: ${JSON.stringify(bytes.slice(0, 300))}`).not.toBe("");
  expect(Number(status)).toBeGreaterThanOrEqual(200);
  const lengths = [...head.matchAll(/^content-length: (.*)\r$/gim)].map(([, length]) => Number(length));
  const isChunked = /^transfer-encoding: chunked\r$/im.test(head);
  expect(lengths.length + Number(isChunked), head).toBeLessThan(2);
  const rest = bytes.slice(head.length);
  if (method === "HEAD" || status === "204" || status === "304") return rest;
  if (!isChunked) return rest.length < (lengths[0] ?? 0) ? null : rest.slice(lengths[0]);
  for (let at = 0; ; ) {
    const line = /^([0-9a-f]+)\r\n/.exec(rest.slice(at));
    expect(line, `no chunk at ${at} of ${JSON.stringify(rest.slice(0, 300))}`).not.toBeNull();
    const size = Number.parseInt(line?.[1] ?? "0", 16);
    at += (line?.[0].length ?? 0) + size + 2;
    expect(rest.slice(at - 2, at)).toBe("\r\n");
    if (size === 0) return rest.slice(at);
  }
}
