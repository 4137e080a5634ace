// One connection, bytes in and bytes out: what came over the wire, not what a client library made of it.
import { connect } from "node:net";

export interface RawResponse {
  readonly status: number;
  /** Status line and header lines, as they came. */
  readonly head: string;
  readonly body: Buffer;
}

/** Sends `bytes` and reads until the server closes; ask for `Connection: close`. */
export async function rawExchange(port: number, bytes: string | Uint8Array): Promise<Buffer> {
  const socket = connect({ port, host: "127.0.0.1" });
  const parts: Buffer[] = [];
  socket.on("data", (part) => parts.push(part));
  socket.write(bytes);
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject).once("close", () => resolve());
  });
  return Buffer.concat(parts);
}

/** The same as text, where a connection that is cut is an end like any other. */
export function exchangeUntilCut(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let received = "";
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
    });
    socket.once("error", () => resolve(received)).once("close", () => resolve(received));
    socket.write(text);
  });
}

/** A GET with `Connection: close`; a chunked body is put together. */
export async function get(port: number, target: string, headers: readonly string[] = []): Promise<RawResponse> {
  const lines = [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, "Connection: close", ...headers];
  return parseResponse(await rawExchange(port, `${lines.join("\r\n")}\r\n\r\n`));
}

export function parseResponse(bytes: Buffer): RawResponse {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) throw new Error(`no response head in ${bytes.length} bytes: ${bytes.toString("latin1", 0, 200)}`);
  const head = bytes.toString("latin1", 0, end);
  const rest = bytes.subarray(end + 4);
  return {
    status: Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]),
    head,
    body: /^transfer-encoding:\s*chunked/im.test(head) ? dechunk(rest) : rest,
  };
}

function dechunk(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    const length = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    if (lineEnd < 0 || Number.isNaN(length)) throw new Error(`broken chunk at ${at}`);
    if (length === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + length));
    at = lineEnd + 2 + length + 2;
  }
}
