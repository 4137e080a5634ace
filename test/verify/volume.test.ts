// Bodies far larger than any buffer, both ways, slow and fast: memory stays
// constant because each side waits for the other.
import { afterEach, beforeEach, expect, test } from "vitest";
import { request, startGateway } from "../support/gateway.js";
import { residentBytes } from "../support/processes.js";

const megabyte = 1 << 20;
const allowedBytes = 120 * megabyte; // capture bound, socket buffers, and what the collector leaves for later
let before = 0;
let top = 0;
let watch: NodeJS.Timeout | undefined;
beforeEach(() => {
  before = top = residentBytes(process.pid);
  watch = setInterval(() => {
    top = Math.max(top, residentBytes(process.pid));
  }, 20);
});
afterEach(() => clearInterval(watch));

function grownBytes(): number {
  return Math.max(top, residentBytes(process.pid)) - before;
}

/** Sends `total` bytes as fast as the socket takes them. */
async function upload(
  client: { socket: import("node:net").Socket },
  total: number,
  wrap: (piece: Buffer) => Buffer = (piece) => piece,
): Promise<void> {
  const piece = wrap(Buffer.alloc(megabyte, "x"));
  for (let sent = 0; sent < total; sent += megabyte) {
    if (!client.socket.write(piece)) await new Promise((resolve) => client.socket.once("drain", resolve));
  }
}

test("a 200 MB upload to a script that reads slowly", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'sleep 0.5; printf "Content-Type: text/plain\\n\\n<%s>" "$(wc -c)"');
  const client = await gateway.connect();
  client.send(request("POST", "/x.sh", ["Connection: close", `Content-Length: ${200 * megabyte}`]));
  await upload(client, 200 * megabyte);
  expect(await client.rest(60_000)).toContain(`<${200 * megabyte}>`);
  const trace = await gateway.trace();
  expect([trace.outcome, trace.request.body.bytes, trace.request.body.captured, trace.stdin?.bytes]).toEqual([
    "ok",
    200 * megabyte,
    megabyte,
    200 * megabyte,
  ]);
  expect(grownBytes()).toBeLessThan(allowedBytes);
});

test("a chunked 200 MB upload, collected in a file", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\n<%s %s>" "$CONTENT_LENGTH" "$(wc -c)"');
  const client = await gateway.connect();
  client.send(request("POST", "/x.sh", ["Connection: close", "Transfer-Encoding: chunked"]));
  await upload(client, 200 * megabyte, (piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
  );
  client.send("0\r\n\r\n");
  expect(await client.rest(60_000)).toContain(`<${200 * megabyte} ${200 * megabyte}>`);
  expect(grownBytes()).toBeLessThan(allowedBytes);
});

test("a 1 GB download to a client that stops now and then", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: application/octet-stream\\n\\n"; exec head -c 1073741824 /dev/zero');
  const { socket } = await gateway.connect();
  socket.removeAllListeners("data");
  let received = 0;
  let lastPause = 0;
  const over = new Promise((resolve) => socket.once("end", resolve));
  socket.on("data", (bytes: Buffer) => {
    received += bytes.length;
    if (received - lastPause < 50 * megabyte) return;
    lastPause = received;
    socket.pause();
    setTimeout(() => socket.resume(), 50);
  });
  socket.write(request("GET", "/x.sh", ["Connection: close"]));
  await over;
  const trace = await gateway.trace();
  expect(received).toBeGreaterThan(1 << 30);
  expect([trace.outcome, trace.response?.body.bytes, trace.response?.body.captured]).toEqual(["ok", 1 << 30, megabyte]);
  expect(grownBytes()).toBeLessThan(allowedBytes);
  socket.destroy();
});
