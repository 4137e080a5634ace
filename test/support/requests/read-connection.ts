// What a reader of HTTP/1 makes of a connection's bytes: the requests it serves, and how the reading ends. In
// process: the front's own connection, and node's parser as its HTTP server uses it, each on a socket that was
// never connected and is handed the bytes.
import { createServer, type IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { BusyWait } from "../../../server/http/front/busy-wait.js";
import { Connection } from "../../../server/http/front/connection.js";
import { HeldBytes } from "../../../server/http/front/held-bytes.js";
import { heldLimits, maxRequestHeadBytes } from "../../../server/http/front/http-limits.js";
import type { Incoming, Refused, RequestHandler } from "../../../server/http/front/incoming.js";
import { LastHeads } from "../../../server/http/front/read-request.js";
import { defaultPolicy, type GatewayPolicy } from "../../../server/protocol/policy.js";

export interface ReadRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly body: string;
  readonly trailers: readonly (readonly [string, string])[];
}

export interface ReadConnection {
  /** Those that came whole. */
  readonly requests: readonly ReadRequest[];
  /**
   * Refused: by the reader, with its code. Cut: the bytes ended within a request. Closed: the last request ends the
   * connection, and what followed was not read. Open: another request could follow.
   */
  readonly end: "cut" | "closed" | "open" | { readonly refused: string; readonly data?: unknown };
}

const cutCodes = new Set(["head-incomplete", "body-incomplete", "closed-in-head"]);

/** Through the front, as the default policy has it. Each piece is one read of the socket. */
export function readByFront(pieces: readonly Uint8Array[], policy: GatewayPolicy = defaultPolicy): ReadConnection {
  const requests: ReadRequest[] = [];
  let end: ReadConnection["end"] = "open";
  const ended = (code: string, data: unknown) => {
    if (end === "open")
      end = cutCodes.has(code) ? "cut" : code === "closed-before-turn" ? "closed" : { refused: code, data };
  };
  const handler: RequestHandler = {
    handle: (incoming) => void serve(incoming, requests, ended),
    refuse: ({ cause }: Refused) => ended(cause.code, cause.data),
  };
  const socket = new Socket();
  const connection = new Connection(socket, {
    id: 1,
    handler,
    held: new HeldBytes(heldLimits),
    lastHeads: new LastHeads(),
    busyWait: new BusyWait(),
    policy: () => policy,
    ownNames: new Set(),
    otherUser: () => null,
  });
  for (const piece of pieces) connection.received(piece);
  if (end === "open" && !socket.writable) end = "closed";
  socket.emit("end");
  socket.destroy();
  return { requests, end };
}

function serve(incoming: Incoming, requests: ReadRequest[], ended: (code: string, data: unknown) => void): void {
  let body = "";
  const { method, target, httpVersion, headers } = incoming.request;
  incoming.body.listen({
    bytes: (piece) => {
      body += Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString("latin1");
    },
    end: () => {
      requests.push({ method, target, version: httpVersion, fields: headers, body, trailers: incoming.body.trailers });
      incoming.release();
    },
    broken: () => {
      const { cause } = incoming.exchangeAbort.reason ?? {};
      ended(cause?.code ?? "body-incomplete", cause?.data);
    },
  });
}

/** Through the parser of node's HTTP server, in its usual strictness. */
export class NodeReader implements Disposable {
  readonly #server = createServer({ maxHeaderSize: maxRequestHeadBytes, requireHostHeader: false });
  #requests: IncomingMessage[] = [];
  #refused: string | null = null;

  constructor() {
    this.#server.maxHeadersCount = 0; // no limit
    for (const event of ["request", "checkContinue", "checkExpectation"])
      this.#server.on(event, (request: IncomingMessage) => void this.#requests.push(request));
    // A tunnel: the server's user is handed the connection, and this one refuses it.
    this.#server.on("connect", () => {
      this.#refused ??= "CONNECT";
    });
    this.#server.on("clientError", (error: Error & { code?: string; reason?: string }) => {
      this.#refused ??= `${error.code ?? "?"}: ${error.reason ?? error.message}`;
    });
  }

  read(pieces: readonly Uint8Array[]): ReadConnection {
    this.#requests = [];
    this.#refused = null;
    const socket = new Socket();
    this.#server.emit("connection", socket);
    for (const piece of pieces) socket.emit("data", piece);
    const refused = this.#refused;
    socket.emit("end");
    const whole = this.#requests.filter(({ complete }) => complete);
    const requests = whole.map(plainRequest);
    const end = endOf(refused ?? this.#refused, this.#requests.length > whole.length);
    socket.destroy();
    return { requests, end };
  }

  [Symbol.dispose](): void {
    this.#server.close();
  }
}

function endOf(refused: string | null, isWithinBody: boolean): ReadConnection["end"] {
  if (refused === null) return isWithinBody ? "cut" : "open";
  if (refused.startsWith("HPE_INVALID_EOF_STATE")) return "cut";
  return refused.startsWith("HPE_CLOSED_CONNECTION") ? "closed" : { refused };
}

function plainRequest(request: IncomingMessage): ReadRequest {
  const body: unknown = request.read();
  return {
    method: request.method ?? "",
    target: request.url ?? "",
    version: request.httpVersion,
    fields: pairs(request.rawHeaders),
    body: Buffer.isBuffer(body) ? body.toString("latin1") : "",
    trailers: pairs(request.rawTrailers),
  };
}

const pairs = (list: readonly string[]): [string, string][] =>
  Array.from({ length: list.length / 2 }, (_, n) => [list[2 * n] ?? "", list[2 * n + 1] ?? ""]);
