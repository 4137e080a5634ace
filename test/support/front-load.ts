// What hostile and slow clients do to a server, over raw sockets: each function returns its
// connections, or resolves when it is through.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { get } from "./raw-exchange.js";
import { within } from "./wait-for.js";

const host = "127.0.0.1";
const connectsPerBatch = 200;
/** A healthy client that waits longer is not answered. */
const unansweredMs = 60_000;

/** `count` open connections on which nothing was sent, unless `first`. Nothing is read from them. */
export async function connections(port: number, count: number, first = ""): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const batch = Math.min(connectsPerBatch, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: batch }, () => connected(port)))));
  }
  if (first !== "") for (const socket of sockets) socket.write(first, "latin1");
  return sockets;
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host, noDelay: true });
    socket.once("error", reject).once("connect", () => {
      socket.off("error", reject).on("error", () => {
        // the server may end a slow client at any time
      });
      resolve(socket);
    });
  });
}

/** One byte on each connection, again and again, until the returned function is called. */
export function trickle(sockets: readonly Socket[], everyMs: number): () => void {
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write("x");
  }, everyMs);
  return () => clearInterval(timer);
}

/** Resolves when the socket takes bytes again, or is closed. */
function writable(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      socket.off("drain", done).off("close", done);
      resolve();
    };
    socket.on("drain", done).on("close", done);
  });
}

export interface Pipelined {
  readonly answered: number;
  /** The answer that was not the expected one, or the end of the connection. */
  readonly wrong: string | null;
}

/**
 * `count` requests on one connection, sent as fast as the server takes them. `targets` in
 * turn; each answer has its one-byte body.
 */
export async function pipelined(port: number, count: number, targets: readonly (readonly [string, string])[]) {
  const socket = await connected(port);
  const result = new Promise<Pipelined>((resolve) => {
    let [received, answered] = ["", 0];
    const end = (wrong: string | null) => {
      resolve({ answered, wrong });
      socket.destroy();
    };
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      for (
        let at = received.indexOf("\r\n\r\n");
        at >= 0 && received.length > at + 4;
        at = received.indexOf("\r\n\r\n")
      ) {
        const body = targets[answered % targets.length]?.[1];
        if (!received.startsWith("HTTP/1.1 200 OK\r\n") || received[at + 4] !== body)
          return end(received.slice(0, 200));
        received = received.slice(at + 5);
        answered++;
      }
      if (answered === count) end(null);
    });
    socket.on("close", () => end("closed"));
  });
  const text = targets
    .map(([target]) => `GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    .join("")
    .repeat(50);
  for (let sent = 0; sent < count && socket.writable; sent += 50 * targets.length)
    if (!socket.write(text)) await writable(socket);
  return result;
}

/**
 * A chunked upload of `bytes` without its last chunk, sent as fast as the
 * server takes it. Resolves with the connection.
 */
export async function unfinishedUpload(port: number, target: string, bytes: number): Promise<Socket> {
  const socket = await connected(port);
  socket.resume();
  socket.write(`POST ${target} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`);
  for (let sent = 0; sent < bytes && socket.writable; sent += chunk.length)
    if (!socket.write(frame)) await writable(socket);
  return socket;
}
const chunk = Buffer.alloc(256 << 10, "x");
const frame = Buffer.concat([Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from("\r\n")]);

export interface Counted {
  readonly status: number;
  /** All that came, and what came behind the first head. */
  readonly bytes: number;
  readonly bodyBytes: number;
}

/**
 * A GET whose response is counted and not kept, up to the end of its connection: by HTTP/1.0, so that the body has no
 * chunks around it. Rejects if the connection is reset. `onBytes` is called as bytes arrive.
 */
export async function countedResponse(port: number, target: string, onBytes: () => void): Promise<Counted> {
  const socket = await connected(port);
  let [head, bytes, headBytes] = ["", 0, -1];
  socket.on("data", (part) => {
    onBytes();
    if (headBytes < 0) {
      head += part.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end >= 0) headBytes = end + 4;
    }
    bytes += part.length;
  });
  socket.write(`GET ${target} HTTP/1.0\r\nHost: localhost\r\n\r\n`);
  await once(socket, "close"); // rejects with an error of the socket
  return { status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]), bytes, bodyBytes: bytes - Math.max(0, headBytes) };
}

export interface Healthy {
  /** Each answer's time, ms, in ascending order. */
  readonly times: readonly number[];
  /** The target that took longest, and when it was asked for, ms after the first. */
  readonly slowest: string;
  /** What came instead of the expected answer. */
  readonly wrong: readonly string[];
}

/**
 * A client that asks for `targets` in turn, each for a known body, one request after the other, until it is stopped.
 */
export function healthyClient(port: number, targets: readonly (readonly [string, string])[]): () => Promise<Healthy> {
  const times: number[] = [];
  const wrong: string[] = [];
  const from = performance.now();
  let [isStopped, longest, slowest] = [false, 0, ""];
  const asking = (async () => {
    for (let n = 0; !isStopped; n++) {
      const [target, body] = targets[n % targets.length] ?? ["/", ""];
      const begun = performance.now();
      try {
        const answer = await within(target, get(port, target), unansweredMs);
        if (answer.status !== 200 || answer.body.toString() !== body)
          wrong.push(`${answer.status} ${answer.body.toString().slice(0, 200)}`);
      } catch (error) {
        wrong.push(String(error));
      }
      const took = performance.now() - begun;
      times.push(took);
      if (took > longest) [longest, slowest] = [took, `${target} at ${Math.round(begun - from)} ms`];
    }
  })();
  return async () => {
    isStopped = true;
    await asking;
    return { times: times.toSorted((a, b) => a - b), slowest, wrong };
  };
}
