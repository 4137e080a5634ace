// A script behind a WebSocket: one process for the connection. A text of the client is a line on its stdin, a line on
// its stdout a text; in binary both are bytes as they come. The trace has the writes of stdin and stdout.
import { endedBadly } from "../../contract/failure.js";
import { maxMessageBytes } from "../../contract/limits.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { exchangeMessage } from "../exchange/messages.js";
import type { Outgoing } from "../response/outgoing.js";
import { Handshake, type Opened } from "../response/web-socket.js";
import type { RequestBody } from "./request-body.js";
import type { ScriptRun } from "./script-run.js";

/** A script whose client has left may end by itself for so long, ms, as with websocketd. */
const closeGraceMs = 100;
/** RFC 6455 §7.4.1. */
const closeCode = { normal: 1000, goingAway: 1001, dropped: 1006, failed: 1011 } as const;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const lineEnd = Buffer.of(lineFeed);
const upgrade: readonly HeaderPair[] = [
  [byteString("Upgrade"), byteString("websocket")],
  [byteString("Sec-WebSocket-Version"), byteString("13")],
];

type Input = Parameters<RequestBody["flowTo"]>[0];

/** The messages of the client are the body of its request, and what the script writes is sent as messages. */
export class WebSocketSession implements RequestBody, Outgoing {
  readonly length = null;
  readonly hasOwnBytes = true;
  /** Set before the script has started. */
  run: ScriptRun | null = null;
  complete = false;
  finished = false;
  cutShort = false;
  #tellClosed = (): void => {};
  readonly closed = new Promise<void>((resolve) => {
    this.#tellClosed = resolve;
  });
  readonly #exchange: HttpExchange;
  readonly #trace: TraceRecord;
  readonly #unit: "line" | "read";
  readonly #maxBytes: number;
  readonly #handshake: Handshake;
  #opened: Opened | null = null;
  /** The script's stdin while it is open. */
  #input: Input | null = null;
  /** The beginning of a line. */
  #parts: Uint8Array[] = [];
  #partsBytes = 0;
  #isBlocked = false;
  /** The script does not read. */
  #isHeldBack = false;

  /** `unit`: what a message is on stdout. */
  constructor(exchange: HttpExchange, trace: TraceRecord, unit: "line" | "read") {
    this.#exchange = exchange;
    this.#trace = trace;
    this.#unit = unit;
    this.#maxBytes = Math.min(exchange.settings.limits.requestBodyBytes ?? maxMessageBytes, maxMessageBytes);
    this.#handshake = new Handshake(exchange.incoming, this.#maxBytes);
  }

  get blocked(): boolean {
    return this.#isBlocked;
  }

  /** Responds to a request that opens no WebSocket. */
  refuse(): boolean {
    const { refusal } = this.#handshake;
    if (refusal === 426)
      this.#exchange.respondWithPage(426, exchangeMessage("no-handshake"), "bad-request", upgrade, this.#trace);
    else if (refusal)
      this.#exchange.respondWithPage(refusal, exchangeMessage("bad-handshake"), "bad-request", [], this.#trace);
    return refusal !== null;
  }

  /** The script has started. */
  flowTo(input: Input): void {
    const { run } = this;
    const exchange = this.#exchange;
    const opened = this.#handshake.accept();
    if (!opened || !run) {
      exchange.clientLeft();
      return;
    }
    this.#opened = opened;
    this.#input = input;
    const { socket, stream, headers } = opened;
    socket.once("close", (code, reason) => this.#closed(run, code, reason.toString()));
    socket.on("message", (data, isBinary) => {
      if (Buffer.isBuffer(data)) this.#received(data, isBinary); // as `binaryType` says by default
    });
    const showsActivity = (): void => exchange.clock.activity(performance.now());
    socket.on("ping", showsActivity).on("pong", showsActivity);
    socket.on("error", (error) => {
      // What the client sent is none of RFC 6455.
      const cause = exchangeMessage("websocket-fault", {
        problem: "code" in error ? String(error.code) : error.message,
      });
      exchange.exchangeAbort.abort({ outcome: "bad-request", cause, status: 400 });
    });
    stream.on("drain", () => {
      this.#isBlocked = false;
      exchange.incoming.waitsForClient(0);
      this.#flow();
      exchange.onDrain();
    });
    exchange.upgraded(headers, this);
    run.flowTo(this);
  }

  /** The script reads again. */
  resume(): void {
    this.#holdBack(false);
  }

  dispose(): void {
    this.#input = null;
    this.#holdBack(false);
  }

  write(bytes: Uint8Array): boolean {
    const stream = this.#opened?.stream;
    if (!stream || this.complete) return true;
    if (this.#unit === "read") this.#send(bytes);
    else this.#sendLines(bytes);
    if (!stream.writableNeedDrain || this.complete) return true;
    this.#isBlocked = true;
    this.#exchange.incoming.waitsForClient(stream.writableLength);
    this.#flow();
    return false;
  }

  flush(): void {}

  end(): void {
    if (this.run) void this.#outputEnded(this.run);
  }

  cut(): void {
    this.cutShort = true;
    this.#close(closeCode.goingAway);
  }

  #close(code: number): void {
    this.complete = true;
    this.#opened?.socket.close(code);
  }

  /** The script reads no more for now, or does again. */
  #holdBack(isHeldBack: boolean): void {
    this.#isHeldBack = isHeldBack;
    this.#flow();
  }

  /** A client that does not read is not read either. */
  #flow(): void {
    if (this.#isHeldBack || this.#isBlocked) this.#opened?.socket.pause();
    else this.#opened?.socket.resume();
  }

  #received(bytes: Uint8Array, isBinary: boolean): void {
    const message = isBinary ? bytes : Buffer.concat([bytes, lineEnd]); // as websocketd, in either mode
    if (this.#input && !this.#input.write(message)) this.#holdBack(true);
  }

  #sendLines(bytes: Uint8Array): void {
    let from = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, from)) {
      this.#add(bytes.subarray(from, end));
      const line = Buffer.concat(this.#parts);
      this.#parts = [];
      this.#partsBytes = 0;
      this.#send(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
      from = end + 1;
    }
    this.#add(bytes.subarray(from));
  }

  #add(part: Uint8Array): void {
    this.#parts.push(part);
    this.#partsBytes += part.length;
    const limitBytes = this.#maxBytes;
    if (this.#partsBytes <= limitBytes || this.complete) return;
    this.#close(closeCode.failed);
    this.#exchange.setOutcome("invalid-output", exchangeMessage("message-too-long", { limitBytes }), this.#trace);
    this.run?.stop();
  }

  #send(bytes: Uint8Array): void {
    if (!this.complete) this.#opened?.socket.send(bytes, { binary: this.#unit === "read" });
  }

  async #outputEnded(run: ScriptRun): Promise<void> {
    await run.exitedSoon();
    if (!run.isOver) this.#exchange.setOutcome("ok", exchangeMessage("output-closed"), this.#trace);
    this.#close(run.process && endedBadly(run.process) ? closeCode.failed : closeCode.normal);
  }

  /** The connection is over. `code`: `closeCode.dropped` if the client did not say so. */
  #closed(run: ScriptRun, code: number, reason: string): void {
    if (!this.complete && code === closeCode.dropped) this.#exchange.clientLeft();
    else {
      const cause = exchangeMessage("websocket-closed", { code, reason });
      if (!this.complete) this.#exchange.setOutcome("ok", cause, this.#trace);
      this.#input?.end();
      const timer = setTimeout(() => run.stop(), closeGraceMs);
      void run.over.then(() => clearTimeout(timer));
    }
    this.complete = this.finished = true;
    this.#tellClosed();
  }
}
