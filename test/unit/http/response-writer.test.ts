// When a response counts as sent: once the system has all of its bytes, and never if the client left before that.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { ResponseWriter } from "../../../server/http/response/response-writer.js";
import { CapturedStream } from "../../../server/trace/captured-stream.js";

/** More than the system takes for a client that does not read. */
const bodyBytes = 20 << 20;

/** Sends a response; `whenWritten`: what the client does after everything was handed to the socket. */
async function sent(whenWritten: (client: Socket) => void): Promise<{ finished: boolean; released: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const client = connect({ port: typeof address === "object" ? (address?.port ?? 0) : 0, host: "127.0.0.1" });
  client.on("error", () => {}).pause();
  const socket = await new Promise<Socket>((resolve) => server.once("connection", resolve));
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  let released = 0;
  const writer = new ResponseWriter(
    {
      ...{ socket, t0Ms: performance.now(), onDrain: null, waitsForClient: () => {}, onClosed: () => {} },
      release: () => {
        released++;
        socket.end();
      },
    },
    { framing: "length", bodyBytes, head: "HTTP/1.1 200 OK\r\n\r\n" },
    new CapturedStream(0),
    { onDrain: () => {}, onComplete: () => {} },
  );
  writer.write(Buffer.alloc(bodyBytes));
  expect([writer.complete, writer.finished]).toEqual([true, false]);
  whenWritten(client);
  await closed;
  client.destroy();
  server.close();
  return { finished: writer.finished, released };
}

test("a client that reads everything has the response", async () => {
  expect(await sent((client) => client.resume())).toEqual({ finished: true, released: 1 });
});

test("a client that leaves while bytes wait for it does not", async () => {
  expect(await sent((client) => client.resetAndDestroy())).toEqual({ finished: false, released: 0 });
});
