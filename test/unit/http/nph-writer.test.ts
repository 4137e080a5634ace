// The end of an NPH response: its last bytes wait in the socket, for a client that takes its time.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { lingerMs } from "../../../server/http/front/http-limits.js";
import { NphWriter } from "../../../server/http/response/nph.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";

/** More than the system takes for a client that does not read. */
const bodyBytes = 20 << 20;
const head = "HTTP/1.1 200 OK\r\n\r\n";

afterEach(() => void vi.useRealTimers());

test("a client that reads the end after a pause gets every byte, and then the connection's end", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const client = connect({ port: typeof address === "object" ? (address?.port ?? 0) : 0, host: "127.0.0.1" }).pause();
  const socket = await new Promise<Socket>((resolve) => server.once("connection", resolve));
  const writer = new NphWriter(
    {
      ...{ socket, t0Ms: performance.now(), request: { method: byteString("GET") } },
      ...{ waitsForClient: () => {}, onDrain: null, onClosed: () => {}, release: () => {} },
    },
    { script: null },
    {
      ...{ status: 0, reason: byteString(""), headers: [], framing: "close" },
      ...{ added: [], changed: [], dropped: [], interim: [], body: new CapturedStream(0) },
    },
    { onDrain: () => {}, onComplete: () => {} },
  );
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  writer.write(Buffer.from(head));
  writer.write(Buffer.alloc(bodyBytes));
  writer.end();
  vi.advanceTimersByTime(10 * lingerMs);
  expect([socket.destroyed, writer.finished, writer.blocked]).toEqual([false, false, true]);
  let received = 0;
  client.on("data", (bytes) => {
    received += bytes.length;
  });
  client.resume();
  await once(client, "end");
  expect([received, writer.finished]).toEqual([head.length + bodyBytes, true]);
  client.destroy();
  server.close();
});
