// The bytes that clients and scripts can make the front hold are limited, and the limit loses no bytes of others.
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { lingerMs, maxHeldBytes, maxInterim } from "../../../server/http/front/http-limits.js";
import { coded } from "../../support/coded.js";
import { bodyOf, type Client, request, startGateway } from "../../support/gateway.js";
import { waitFor } from "../../support/wait-for.js";

const plain = 'printf "Content-Type: text/plain\\n\\n"; ';

test("a script that sends interim responses without end: they reach the client, and the trace keeps the first ones (R8)", async () => {
  await using gateway = await startGateway();
  const interim = "HTTP/1.1 100 Continue\\r\\n\\r\\n";
  const count = 20_000; // more than calls that may be nested
  gateway.script(
    "nph-x.sh",
    `yes '' | head -n ${count} | while read -r _; do printf '${interim}'; done | dd bs=64k iflag=fullblock 2>/dev/null
printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\n\\r\\nend'`,
  );
  const response = await gateway.get("/nph-x.sh");
  expect(response.split("100 Continue")).toHaveLength(count + 1);
  expect(response.endsWith("\r\n\r\nend")).toBe(true);
  const { outcome, response: recorded } = await gateway.trace();
  expect(outcome).toBe("ok");
  expect(recorded).toMatchObject({ status: 200, interim: Array(maxInterim).fill(100) });
  expect(recorded?.body.bytes).toBe(3);
});

test("a body in chunks of one byte arrives whole, and costs one piece for each read", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", `${plain}printf '<%s %s>' "$CONTENT_LENGTH" "$(wc -c)"`);
  const body = Array.from({ length: 50_000 }, (_, n) => String.fromCharCode(97 + (n % 26))).join("");
  const chunks = Array.from(body, (letter) => `1\r\n${letter}\r\n`).join("");
  const response = await gateway.ask(
    request("POST", "/x.sh", ["Connection: close", "Transfer-Encoding: chunked"], `${chunks}0\r\n\r\n`),
  );
  expect(bodyOf(response)).toContain(`<${body.length} ${body.length}>`);
  const trace = await gateway.trace();
  expect(trace.request.body.bytes).toBe(body.length);
  expect(trace.request.body.chunks.length).toBeLessThan(100);
  expect(Buffer.from(trace.request.body.read(0, body.length)).toString() === body).toBe(true);
});

test("uploads that hardly come give their places to requests that wait (R9)", async () => {
  await using gateway = await startGateway({ config: { limits: { concurrency: 1 } } });
  gateway.script("count.sh", `${plain}wc -c`);
  gateway.script("x.sh", `${plain}printf here`);
  const slow = await gateway.connect();
  slow.send(request("POST", "/count.sh", ["Content-Length: 1000000"], "x"));
  const timer = setInterval(() => slow.send("x"), 100);
  await waitFor("the upload's script runs", () => gateway.listener.running === 1);
  expect(bodyOf(await gateway.get("/x.sh"))).toContain("here");
  clearInterval(timer);
  slow.socket.destroy();
  const [upload, other] = await gateway.ended(2);
  expect(upload).toMatchObject({ outcome: "bad-request", cause: coded("body-too-slow") });
  expect(upload?.findings.map(({ rule }) => rule)).toContain("request-incomplete");
  expect(other?.outcome).toBe("ok");
});

test("heads that are never finished give way to newer requests: 503 for the oldest, and nothing for who is quick", async () => {
  await using gateway = await startGateway();
  gateway.file("a.txt", "here");
  const clients: Client[] = [];
  const headBytes = 60_000;
  for (let n = 0; n * headBytes < maxHeldBytes + (4 << 20); n++) {
    const client = await gateway.connect();
    client.send(`GET /a.txt HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(headBytes)}`);
    clients.push(client);
  }
  const [oldest, newest] = [clients[0], clients.at(-1)];
  if (!oldest || !newest) throw new Error("no clients");
  expect(await oldest.rest()).toMatch(/^HTTP\/1\.1 503 /);
  expect(gateway.listener.heldBytes).toBeLessThanOrEqual(maxHeldBytes);
  newest.send("\r\nConnection: close\r\n\r\n");
  expect(bodyOf(await newest.rest())).toBe("here");
  const refused = (await gateway.ended(2)).find(({ response }) => response?.status === 503);
  expect(refused).toMatchObject({ outcome: "bad-request", cause: coded("too-much-held") });
  expect(refused?.findings.map(({ rule }) => rule)).toContain("too-much-held");
  for (const { socket } of clients) socket.destroy();
});

test("blank lines take no room from the heads of others", async () => {
  await using gateway = await startGateway();
  gateway.file("a.txt", "here");
  const [half, blank] = [await gateway.connect(), await gateway.connect()];
  half.send("GET /a.txt HTTP/1.1\r\n");
  await waitFor("the half head is held", () => gateway.listener.heldBytes > 0);
  const held = gateway.listener.heldBytes;
  const lines = Buffer.from("\r\n".repeat(1 << 20));
  for (let sent = 0; sent < maxHeldBytes + (4 << 20); sent += lines.length) blank.send(lines);
  blank.send(request("GET", "/a.txt", ["Connection: close"]));
  expect(bodyOf(await blank.rest())).toBe("here");
  expect(gateway.listener.heldBytes).toBe(held);
  half.send("Host: localhost\r\nConnection: close\r\n\r\n");
  expect(bodyOf(await half.rest())).toBe("here");
});

test("a page reaches a client that reads only after it has sent everything, however long that takes", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", plain);
  const piece = Buffer.alloc(20_000, "x");
  const pieces = 30;
  const length = `Content-Length: ${pieces * piece.length}`;
  const heads = [
    request("POST", "/nothing", [length]),
    request("POST", "/nothing", ["Expect: 100-continue", length]),
    request("POST", "/x.sh", ["Transfer-Encoding: chunked"], "zz\r\n"),
    request("POST", "/nothing", [length, length]),
  ];
  const responses = heads.map(async (head) => {
    const client = await gateway.connect();
    client.socket.pause();
    client.send(head);
    for (let n = 0; n < pieces; n++) {
      client.send(piece);
      await setTimeout((3 * lingerMs) / pieces);
    }
    client.socket.resume();
    return client.rest();
  });
  const statuses = (await Promise.all(responses)).map((response) => response.slice(9, 12));
  expect(statuses).toEqual(["404", "404", "400", "400"]);
});
