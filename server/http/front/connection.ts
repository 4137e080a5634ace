// One client connection: follows its bytes beside node's parser, and lets one exchange at a time go through. Node would run
// pipelined requests at once, and a script that speaks HTTP itself (NPH) would overtake the answers before it.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { HeadScan, type ScannedHead } from "../../protocol/head-scan.js";
import { ExchangeAbort } from "../exchange/exchange-abort.js";
import { maxPipelined } from "./http-limits.js";
import type { ConnectionFacts, Incoming, Refused, RequestHandler } from "./incoming.js";
import { malformedMessage } from "./messages.js";
import { parseFault } from "./parse-fault.js";

type PipelinedItem =
  | { readonly kind: "request"; readonly incoming: Incoming }
  | { readonly kind: "refused"; readonly refused: Refused };

export class Connection {
  readonly facts: ConnectionFacts;
  readonly #socket: Socket;
  readonly #handler: RequestHandler;
  readonly #scan = new HeadScan();
  readonly #queue: PipelinedItem[] = [];
  #busy: Incoming | null = null;
  #broken = false;
  #nth = 0;

  constructor(socket: Socket, id: number, handler: RequestHandler) {
    this.#socket = socket;
    this.#handler = handler;
    this.facts = {
      id,
      remoteAddress: plainAddress(socket.remoteAddress),
      remotePort: socket.remotePort ?? 0,
      localAddress: plainAddress(socket.localAddress),
      localPort: socket.localPort ?? 0,
    };
    // In front of node's own listener, which would call `request` before the head was seen here. Adding any listener also takes the
    // socket from the parser's direct reading, so that the bytes come through JavaScript at all.
    socket.prependListener("data", (chunk: Buffer) => {
      if (!this.#broken) this.#scan.feed(chunk, performance.now());
    });
    socket.once("close", () => this.#abandon());
    socket.on("error", ignoreSocketError);
  }

  /** Node parsed a head: `request`, `checkContinue` or `checkExpectation`. */
  request(req: IncomingMessage, res: ServerResponse, awaitsContinue: boolean): void {
    const headAt = performance.now();
    const scanned = this.#scan.shift();
    // Field by field: an object that begins with a spread gets a shape of its own each time, and all that is asked of it costs more.
    const incoming: Incoming = {
      connection: this.facts,
      socket: this.#socket,
      nth: ++this.#nth,
      t0Ms: scanned?.at ?? headAt,
      head: headOf(scanned, req),
      req,
      res,
      headAt,
      awaitsContinue,
      exchangeAbort: new ExchangeAbort(),
    };
    res.on("error", ignoreWriteError);
    this.#enqueue({ kind: "request", incoming });
  }

  /** CONNECT: node has taken its parser off the socket. */
  connect(): void {
    this.#broken = true;
    const { status, why } = parseFault({ code: "CONNECT", message: "" }, "");
    this.#refuse(this.#scan.shift(), { status, outcome: "bad-request", cause: why });
  }

  /** Node's parser, or the socket, failed. */
  fault(error: Error & { code?: string }): void {
    if (this.#broken) return;
    this.#broken = true;
    this.#socket.removeAllListeners("data").resume(); // node's listener would report every further byte as another fault
    const scanned = this.#scan.shift() ?? this.#scan.partial();
    if (error.code === "ECONNRESET" || error.code === "EPIPE") {
      if (scanned)
        this.#refuse(scanned, {
          status: null,
          outcome: "client-gone",
          cause: malformedMessage("client-gone-in-head"),
        });
      this.#socket.destroy();
      return;
    }
    const { status, why } = parseFault(error, scanned?.text ?? "");
    const last = this.#last();
    if (last && !last.req.complete) last.exchangeAbort.abort({ outcome: "bad-request", cause: why, status });
    else if (scanned || error.code !== "ERR_HTTP_REQUEST_TIMEOUT")
      this.#refuse(scanned, { status, outcome: "bad-request", cause: why });
    else this.#socket.destroy(); // a browser's connection in stock: nothing was ever asked
  }

  #last(): Incoming | null {
    const turn = this.#queue.at(-1);
    return turn ? (turn.kind === "request" ? turn.incoming : null) : this.#busy;
  }

  #refuse(scanned: ScannedHead | undefined, what: Pick<Refused, "status" | "outcome" | "cause">): void {
    const head = scanned?.text ?? byteString("");
    const t0Ms = scanned?.at ?? performance.now();
    this.#enqueue({
      kind: "refused",
      refused: { connection: this.facts, socket: this.#socket, nth: ++this.#nth, t0Ms, head, ...what },
    });
  }

  #enqueue(turn: PipelinedItem): void {
    if (this.#queue.length >= maxPipelined) this.#socket.destroy();
    this.#queue.push(turn);
    if (this.#busy)
      this.#socket.pause(); // the rest of this chunk still comes, and no more
    else this.#next();
  }

  #next(): void {
    // Destroyed, or ended with the last response: `close` follows and abandons the rest. Node would let a further exchange run for
    // nobody, and never say that it is over.
    if (!this.#socket.writable) return;
    const turn = this.#queue.shift();
    if (this.#queue.length === 0) this.#socket.resume(); // perhaps the body of this very turn
    if (!turn) {
      // A client that closed its sending side asks for nothing more. Node knows too, but forgets it with the Connection field it must not add.
      if (this.#socket.readableEnded) this.#socket.destroySoon();
      return;
    }
    if (turn.kind === "refused") {
      this.#handler.refuse(turn.refused);
      return;
    }
    this.#busy = turn.incoming;
    // Comes after the last byte went out, and after the connection broke.
    turn.incoming.res.once("close", () => {
      this.#busy = null;
      this.#next();
    });
    this.#handler.handle(turn.incoming);
  }

  /** The connection is closed: what still waited was received all the same. */
  #abandon(): void {
    for (const turn of this.#queue.splice(0)) {
      const received = turn.kind === "request" ? turn.incoming : turn.refused;
      const cause = turn.kind === "request" ? malformedMessage("client-gone-before-turn") : turn.refused.cause;
      const { connection, socket, nth, head, t0Ms } = received;
      this.#handler.refuse({
        connection,
        socket,
        nth,
        head,
        t0Ms,
        status: null,
        outcome: "client-gone",
        cause,
      });
    }
  }
}

/** Never a wrong head: when the scan and the parser disagree, none. */
function headOf(scanned: ScannedHead | undefined, req: IncomingMessage): ByteString {
  if (!scanned) return byteString("");
  const head = scanned.text;
  return head.startsWith(`${req.method} ${req.url} `) ? head : byteString("");
}

function plainAddress(address: string | undefined): string {
  return (address ?? "").replace(/^::ffff:(?=\d+\.)/, "");
}

/** The writer learns from `close` that a response broke; without a listener the event would end the server. */
function ignoreWriteError(): void {}

/** Node reports what fails here as `clientError`, except after CONNECT, for which it takes its listeners off the socket. */
function ignoreSocketError(): void {}
