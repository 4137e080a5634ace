// Requests that are slowed down as by a slow network. Times are only bounded from below: a busy machine adds to them.
import { expect, test } from "vitest";
import type { Pace } from "../../../server/contract/hold-contract.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { plain } from "../../support/fastcgi-gateway.js";
import { bodyOf, request, startGateway, type TestGateway } from "../../support/gateway.js";
import { holding } from "../../support/holding.js";
import { waitFor } from "../../support/wait-for.js";

const normal: Pace = { latencyMs: null, upPerSecond: null, downPerSecond: null };
const echo = "printf 'Content-Type: text/plain\\n\\n'; cat";
const long = "printf 'Content-Type: text/plain\\n\\n'; head -c 3000 /dev/zero | tr '\\0' x";
const text = "y".repeat(3000);
const post = ["Content-Length: 3000"];

async function slowed(pace: Partial<Pace>, ask: (gateway: TestGateway) => Promise<string>) {
  await using gateway = await startGateway();
  gateway.script("long.sh", long);
  gateway.script("echo.sh", echo);
  gateway.script(
    "nph-long.sh",
    `printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\n'; ${long.slice(long.indexOf("head"))}`,
  );
  gateway.file("long.txt", text);
  const { leave, done } = holding(gateway, { pace: { ...normal, ...pace } });
  const begun = performance.now();
  const response = await ask(gateway);
  const tookMs = performance.now() - begun;
  leave();
  await done;
  return { response, tookMs, trace: await gateway.trace() };
}

test("a latency passes before the script starts, and the trace says so", async () => {
  const { response, trace } = await slowed({ latencyMs: 300 }, (gateway) => gateway.ask(plain("GET", "/long.sh")));
  expect(bodyOf(response)).toHaveLength(3000);
  expect(trace.held).toMatchObject([{ moment: "start", ended: "slowed", edits: [] }]);
  expect(trace.held?.[0]?.ms).toBeGreaterThanOrEqual(299);
  expect(trace.timing.spawnedAt).toBeGreaterThanOrEqual(299);
});

test.each(["/long.sh", "/nph-long.sh", "/long.txt", "/missing.txt"])("%s: the response is slow", async (target) => {
  const at = await slowed({ downPerSecond: 5000 }, (gateway) => gateway.ask(plain("GET", target)));
  const bytes = at.trace.response?.body.bytes ?? 0;
  expect(bytes).toBeGreaterThan(500);
  expect(at.tookMs).toBeGreaterThanOrEqual((bytes / 5000) * 1000 - 100);
  expect(bodyOf(at.response)).toHaveLength(bytes);
  const { response: known } = await slowed({}, (gateway) => gateway.ask(plain("GET", target)));
  expect(bodyOf(at.response)).toBe(bodyOf(known));
});

test.each([
  ["with a length", (gateway: TestGateway) => gateway.ask(plain("POST", "/echo.sh", post, text))],
  [
    "in chunks",
    (gateway: TestGateway) =>
      gateway.ask(
        request(
          "POST",
          "/echo.sh?",
          ["Connection: close", "Transfer-Encoding: chunked"],
          `BB8\r\n${text}\r\n0\r\n\r\n`,
        ),
      ),
  ],
])("a body %s reaches the script slowly, whole", async (_, ask) => {
  const { response, tookMs, trace } = await slowed({ upPerSecond: 5000 }, ask);
  expect(response.replaceAll(/[^y]/g, "")).toContain(text);
  expect(tookMs).toBeGreaterThanOrEqual(500);
  expect(trace.request.body.bytes).toBe(3000);
});

test("slowness outlasts the limit on silence, and others are as fast as ever", async () => {
  await using gateway = await startGateway({ config: { limits: { silenceMs: 300 } } });
  gateway.script("echo.sh", echo);
  const { leave } = holding(gateway, {
    pace: { ...normal, latencyMs: 400, upPerSecond: 4000 },
    matches: ({ request }) => request.target === "/echo.sh?slow",
  });
  const slow = gateway.ask(plain("POST", "/echo.sh?slow", post, text));
  expect(bodyOf(await gateway.ask(plain("POST", "/echo.sh", post, text)))).toBe(text);
  expect((await gateway.ended(1))[0]?.request.target).toBe("/echo.sh");
  expect(bodyOf(await slow)).toBe(text);
  leave();
});

test("the client goes away while it waits, and nothing is left", async () => {
  await using gateway = await startGateway();
  gateway.script("long.sh", long);
  let isSeen = false;
  const { leave } = holding(gateway, {
    pace: { latencyMs: 60_000, upPerSecond: 1, downPerSecond: 1 },
    matches: () => {
      isSeen = true;
      return true;
    },
  });
  const client = await gateway.connect();
  client.send(plain("GET", "/long.sh"));
  await waitFor("it is slowed down", () => isSeen);
  client.socket.destroy();
  expect((await gateway.trace()).outcome).toBe("client-gone");
  leave();
});

/** Slows every request down, and gives the trace of the last one. */
function slowAll(gateway: TestGateway, pace: Partial<Pace>) {
  let seen: TraceRecord | null = null;
  const { leave } = holding(gateway, {
    pace: { ...normal, ...pace },
    matches: (trace) => {
      seen = trace;
      return true;
    },
  });
  return { leave, bodyBytes: () => seen?.request.body.bytes ?? 0, isSlowed: () => seen !== null };
}

test("a script that does not read its body makes its client wait, at any rate", async () => {
  await using gateway = await startGateway();
  gateway.script("deaf.sh", "until [ -e go ]; do sleep 0.02; done; printf 'Content-Type: text/plain\\n\\nbye'");
  const { leave, bodyBytes } = slowAll(gateway, { upPerSecond: 1e9 });
  const client = await gateway.connect();
  client.send(plain("POST", "/deaf.sh", ["Content-Length: 50000000"]));
  client.socket.write(Buffer.alloc(30 << 20));
  let [last, equal] = [0, 0];
  await waitFor("the server reads no more", () => {
    equal = bodyBytes() > 0 && bodyBytes() === last ? equal + 1 : 0;
    last = bodyBytes();
    return equal > 10;
  });
  expect(last).toBeLessThan(10 << 20);
  client.socket.destroy();
  await gateway.ended(1);
  leave();
});

test("a client leaves in the middle of a slow upload in chunks: nothing of it stays in memory", async () => {
  await using gateway = await startGateway();
  gateway.script("echo.sh", echo);
  const { leave, bodyBytes } = slowAll(gateway, { upPerSecond: 4000 });
  const client = await gateway.connect();
  const body = `4E20\r\n${"z".repeat(20_000)}\r\n0\r\n\r\n`;
  client.send(request("POST", "/echo.sh", ["Transfer-Encoding: chunked"], body));
  await waitFor("some of it has come", () => bodyBytes() > 0);
  client.socket.destroy();
  const trace = await gateway.trace();
  expect(trace.outcome).toBe("client-gone");
  const { bytes } = trace.request.body;
  leave();
  await gateway.ask(plain("POST", "/echo.sh", post, text));
  expect(trace.request.body.bytes).toBe(bytes);
});

test("a rule for the next request alone ends with it", async () => {
  await using gateway = await startGateway();
  gateway.script("long.sh", long);
  const { done } = holding(gateway, { isOnce: true, pace: { ...normal, latencyMs: 1 } });
  await gateway.get("/long.sh");
  await done;
  await gateway.get("/long.sh");
  expect((await gateway.ended(2)).map(({ held }) => held?.length)).toEqual([1, undefined]);
});
