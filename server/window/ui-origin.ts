// Browser mode only: the window's files and its WebSocket, on loopback. Threats: every web page can send requests here, and
// every script can read the cookies of 127.0.0.1 (cookies ignore ports). Controls: no cookie at all; Host and Origin exact; a
// token that travels in the address's fragment and then as the socket's first message, never in a header or a request target.
import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { browserSecurityHeaders, readBundleFile } from "./bundle-file.js";

const host = "127.0.0.1";
const tokenWaitMs = 3000;
/** Bytes before the token is accepted: the token's own frame, with some room. */
const maxBytesBeforeToken = 256;
/** Sockets without the token. One more ends the oldest, so nobody can keep the window out. */
const maxStrangers = 32;
/** Above the contract's largest input (a 24 Mi body in base64), below what would hurt. */
const maxMessageBytes = 64 << 20;
/** Close codes of the WebSocket, in the range for applications. */
const closeCode = { wrongToken: 4401, noToken: 4408 } as const;

export interface UiOptions {
  /** Called with each socket that has shown the token. */
  readonly onSocket: (socket: WebSocket) => void;
  /** Folder with the built window. */
  readonly root: string;
  /** 0: any free one. */
  readonly port: number;
  /** A new one of 128 bits when absent. */
  readonly token?: string;
}
export interface UiOrigin {
  /** The address to open, token included. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the window. Rejects with the system's error (code EADDRINUSE, …) when it cannot listen. */
export async function serveUi({
  onSocket,
  root,
  port,
  token = randomBytes(16).toString("base64url"),
}: UiOptions): Promise<UiOrigin> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  /** Sockets that have not shown the token, the oldest first. */
  const strangers = new Set<WebSocket>();
  let authority = "";

  const server = createServer((request, response) => {
    if (request.headers.host !== authority) return void response.writeHead(421, browserSecurityHeaders).end();
    answer(root, request, response).catch((error: unknown) => {
      console.error("A file of the window could not be read.", error);
      response.destroy();
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host: asked, origin } = request.headers;
    if (request.url !== "/rpc" || asked !== authority || origin !== `http://${authority}`) {
      socket.on("error", () => socket.destroy()); // a peer that is gone needs no answer
      return void socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      limitStranger(client, socket, strangers);
      admit(client, token, (admitted) => {
        strangers.delete(admitted);
        onSocket(admitted);
      });
    });
  });

  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("a listening TCP server has an address and a port");
  authority = `${host}:${address.port}`;
  return {
    url: `http://${authority}/#token=${token}`,
    close: () =>
      new Promise((resolve, reject) => {
        for (const client of sockets.clients) client.terminate();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** Without the token a socket costs almost nothing: few bytes, and few such sockets. */
function limitStranger(client: WebSocket, connection: Duplex, strangers: Set<WebSocket>): void {
  strangers.add(client);
  client.once("close", () => strangers.delete(client));
  const [oldest] = strangers;
  if (oldest && strangers.size > maxStrangers) {
    strangers.delete(oldest);
    oldest.terminate();
  }
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    if (!strangers.has(client)) return void connection.off("data", count);
    bytes += chunk.length;
    if (bytes > maxBytesBeforeToken) client.terminate();
  };
  connection.on("data", count);
}

/** Hands the socket on once its first message has been the token. */
function admit(client: WebSocket, token: string, onSocket: (socket: WebSocket) => void): void {
  const late = setTimeout(() => client.close(closeCode.noToken, "no token"), tokenWaitMs);
  client.on("error", () => client.terminate()); // broken frames end the connection; "close" tells whoever needs to know
  client.once("close", () => clearTimeout(late));
  client.once("message", (data) => {
    clearTimeout(late);
    if (!isToken(data, token)) return client.close(closeCode.wrongToken, "wrong token");
    onSocket(client); // before the welcome: the page writes as soon as it has read that
    client.send("welcome");
  });
}

function isToken(data: RawData, expected: string): boolean {
  const given = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
  const wanted = Buffer.from(expected);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    return void response.writeHead(405, { ...browserSecurityHeaders, allow: "GET, HEAD" }).end();
  const [pathname = ""] = (request.url ?? "").split("?", 1);
  const file = await readBundleFile(root, pathname, browserSecurityHeaders);
  if (!file) return void response.writeHead(404, browserSecurityHeaders).end();
  response.writeHead(200, { ...file.headers, "content-length": file.bytes.length });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}
