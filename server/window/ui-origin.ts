// Browser mode only: the window's files and its WebSocket, on loopback. Threats: every web page can send requests here,
// and every script can read the cookies of 127.0.0.1 (cookies ignore ports). Controls: no cookie at all; Host and
// Origin exact; a proof that the page knows a secret, which is never sent (admission.ts).
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { listen } from "../base/listen.js";
import { codeParameter } from "../contract/window-proof.js";
import { Admission } from "./admission.js";
import { browserSecurityHeaders } from "./bundle-file.js";
import { OneTimeCodes } from "./one-time-codes.js";
import { SharedFiles } from "./shared-files.js";

/** Where the window is served: nowhere but here. */
export const uiHost = "127.0.0.1";
/** Above the contract's largest input (a 24 Mi body in base64), below what would hurt. */
const maxMessageBytes = 64 << 20;
/** A connection on which nothing is said for this long is closed, ms; a WebSocket has its own rules. */
const defaultSilenceMs = 60_000;
/** After the last request of a group `onPage` is called, ms. A browser takes up to 45 ms from a page to its files. */
const fetchedAfterMs = 60;
/** Requests of one connection that wait for their responses; browsers send the next when they have one. */
const maxUnanswered = 8;

interface UiOptions {
  /** Called with each socket that has proved a secret, and its connection; its page waits until that resolves. */
  readonly onSocket: (socket: WebSocket, connection: Socket) => void | Promise<void>;
  /** Called after each group of requests for files. After a page's first one its socket is about to come. */
  readonly onPage?: () => void;
  /** Folder with the built window. */
  readonly root: string;
  /** A new one of 128 bits when absent. */
  readonly token?: string;
  readonly silenceMs?: number;
}
/** Where another process listens, which passes each connection on. */
interface UiPlace {
  /** Host and port that the other process listens on. */
  readonly authority: string;
  /** Host and port of the page's address, if they differ: a development server before this one. */
  readonly page: string | null;
}
/** How long the address of a link is good. */
export const linkLifeMs = 60_000;

export interface UiOrigin {
  /** An address that opens the window once. `lifeMs` null: good until it is used. */
  link(lifeMs: number | null): string;
  close(): Promise<void>;
}

/** Serves the window. Rejects with the system's error (code EADDRINUSE, …) when it cannot listen. */
export async function serveUi({ port, ...options }: UiOptions & { readonly port: number }): Promise<UiOrigin> {
  const place = { authority: "", page: null };
  const { server, ...origin } = uiServer(options, place);
  await listen(server, { port, host: uiHost });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("a listening TCP server has an address and a port");
  place.authority = `${uiHost}:${address.port}`;
  return origin;
}

/**
 * Serves the window on connections that another process accepts: its port stays taken while this process is restarted.
 */
export function serveUiAt(
  place: UiPlace,
  options: UiOptions,
): Omit<UiOrigin, "close"> & { accept(socket: Socket): void } {
  const { server, link } = uiServer(options, place);
  return { link, accept: (socket) => void server.emit("connection", socket) };
}

function uiServer(
  {
    onSocket,
    onPage = () => {},
    root,
    token = randomBytes(16).toString("base64url"),
    silenceMs = defaultSilenceMs,
  }: UiOptions,
  place: UiPlace,
): UiOrigin & { readonly server: Server } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const codes = new OneTimeCodes();
  const pageAuthority = (): string => place.page ?? place.authority;
  const admission = new Admission({ token, codes, authority: pageAuthority, onSocket });

  const files = new SharedFiles(root);
  let fetched: NodeJS.Timeout | undefined;
  const unanswered = new WeakMap<Socket, number>();
  /** Counts the request until its response is over; returns how many the connection has. */
  const countRequest = ({ socket }: IncomingMessage, response: ServerResponse): number => {
    const count = (unanswered.get(socket) ?? 0) + 1;
    unanswered.set(socket, count);
    response.once("close", () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    return count;
  };

  const server = createServer((request, response) => {
    if (request.socket.destroyed) return; // came in one piece with the request that was one too many
    if (countRequest(request, response) > maxUnanswered) return void request.socket.destroy();
    if (!hasOneHost(request)) return void response.writeHead(400, browserSecurityHeaders).end();
    if (request.headers.host !== place.authority) return void response.writeHead(421, browserSecurityHeaders).end();
    clearTimeout(fetched);
    fetched = setTimeout(onPage, fetchedAfterMs).unref();
    answer(files, request, response).catch((error: unknown) => {
      console.error("A file of the window could not be read.", error);
      response.destroy();
    });
  });
  // Node checks how long a head takes only in a server that listens, and `serveUiAt`
  // has none. `ws` ends this at its upgrade.
  server.timeout = silenceMs;
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { host: asked, origin } = request.headers;
    if (
      request.url !== "/rpc" ||
      !hasOneHost(request) ||
      asked !== place.authority ||
      origin !== `http://${place.authority}`
    ) {
      socket.on("error", () => socket.destroy()); // a peer that is gone needs no answer
      const refusal = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
      return void socket.end(refusal, () => socket.destroy()); // the peer may never close its side
    }
    sockets.handleUpgrade(request, socket, head, (client) => admission.ask(client, request.socket));
  });
  return {
    server,
    link: (lifeMs) => `http://${pageAuthority()}/#${codeParameter}=${codes.issue(lifeMs)}`,
    close: () =>
      new Promise((resolve, reject) => {
        clearTimeout(fetched);
        for (const client of sockets.clients) client.terminate();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** RFC 9112 §3.2: a second Host field is refused, whatever it says. */
const hasOneHost = ({ headersDistinct }: IncomingMessage): boolean => (headersDistinct["host"]?.length ?? 0) < 2;

async function answer(files: SharedFiles, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD")
    return void response.writeHead(405, { ...browserSecurityHeaders, allow: "GET, HEAD" }).end();
  const [pathname = ""] = (request.url ?? "").split("?", 1);
  const file = await files.read(pathname);
  if (!file) return void response.writeHead(404, browserSecurityHeaders).end();
  response.writeHead(200, { ...file.headers, "content-length": file.bytes.length });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}
