// Whom a script behind a WebSocket does not talk to: no process starts for a foreign page, in a folder that is not
// trusted, or for a request that opens no WebSocket.
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { startGateway, type TestGateway } from "../../support/gateway.js";
import { SocketClient } from "../../support/web-socket.js";

async function servingMark(config: object = {}): Promise<TestGateway> {
  const gateway = await startGateway({ config: { ...config, scripts: { "mark.sh": { mode: "websocket" } } } });
  gateway.script("mark.sh", "echo ran; touch ran");
  return gateway;
}
const open = (gateway: TestGateway, headers: Record<string, string>) =>
  SocketClient.open(gateway.port, "/mark.sh", { headers });

test.each([
  ["a foreign origin", { Origin: "https://elsewhere.example" }],
  ["another port of this machine", { Origin: "http://127.0.0.1:1" }],
  ["the origin null", { Origin: "null" }],
  ["a foreign site that the browser names", { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "websocket" }],
  ["a foreign page that only Referer names", { Referer: "https://elsewhere.example/a" }],
])("%s gets 403", async (_what, headers) => {
  await using gateway = await servingMark();
  const client = await open(gateway, headers);
  await client.closed();
  expect(client.status).toBe(403);
  const trace = await gateway.trace();
  expect([trace.outcome, trace.process, trace.stdin]).toEqual(["bad-request", null, null]);
  expect(existsSync(gateway.folder.file("ran"))).toBe(false);
});

test("a foreign Host gets 421", async () => {
  await using gateway = await servingMark();
  const client = await open(gateway, { Host: "elsewhere.example", Origin: "http://elsewhere.example" });
  await client.closed();
  expect([client.status, existsSync(gateway.folder.file("ran"))]).toEqual([421, false]);
});

test("an origin of the configuration, an own page and a program are served", async () => {
  await using gateway = await servingMark({ server: { allowedOrigins: ["https://shop.test"] } });
  const own = `http://127.0.0.1:${gateway.port}`;
  for (const headers of [{ Origin: "https://shop.test" }, { Origin: own }, {}]) {
    const client = await open(gateway, headers);
    expect(await client.closed()).toBe(1000);
    expect(client.received).toEqual(["ran"]);
  }
});

test("a request that opens no WebSocket gets 426 with the way to do so, and starts nothing", async () => {
  await using gateway = await servingMark();
  const response = await gateway.get("/mark.sh");
  expect(response).toMatch(/^HTTP\/1\.1 426 /);
  expect(response).toMatch(/\r\nUpgrade: websocket\r\n/);
  expect(response).toMatch(/\r\nConnection: upgrade\r\n/);
  const trace = await gateway.trace();
  expect([trace.cause?.code, trace.process]).toEqual(["no-handshake", null]);
  expect(existsSync(gateway.folder.file("ran"))).toBe(false);
});
