// A script behind a WebSocket: one process for the connection. A text of the client is a line on its stdin, a line on
// its stdout a text; in binary both are bytes as they come. The trace has the writes of stdin and stdout.
import { endedBadly } from "../../contract/failure.js";
import { maxMessageBytes } from "../../contract/limits.js";
import { byteString } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { exchangeMessage } from "../exchange/messages.js";
import { closeCode, Handshake, WebSocketWriter } from "../response/web-socket.js";
import type { RequestBody } from "./request-body.js";
import type { ScriptRun } from "./script-run.js";

/** A script whose client has left may end by itself for so long, ms, as with websocketd. */
const closeGraceMs = 100;
const lineEnd = Buffer.from("\n");
const upgrade: readonly HeaderPair[] = [
  [byteString("Upgrade"), byteString("websocket")],
  [byteString("Sec-WebSocket-Version"), byteString("13")],
];

type Input = Parameters<RequestBody["flowTo"]>[0];

/** The messages of the client are the body of its request. */
export class WebSocketSession implements RequestBody {
  readonly length = null;
  readonly hasOwnBytes = true;
  /** Set before the script has started. */
  run: ScriptRun | null = null;
  readonly #exchange: HttpExchange;
  readonly #trace: TraceRecord;
  readonly #unit: "line" | "read";
  readonly #maxBytes: number;
  readonly #handshake: Handshake;
  #writer: WebSocketWriter | null = null;
  /** The script's stdin while it is open. */
  #input: Input | null = null;

  /** `unit`: what a message is on stdout. */
  constructor(exchange: HttpExchange, trace: TraceRecord, unit: "line" | "read") {
    this.#exchange = exchange;
    this.#trace = trace;
    this.#unit = unit;
    this.#maxBytes = Math.min(exchange.settings.limits.requestBodyBytes ?? maxMessageBytes, maxMessageBytes);
    this.#handshake = new Handshake(exchange.incoming, this.#maxBytes);
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
    this.#input = input;
    const writer = new WebSocketWriter({
      ...opened,
      incoming: exchange.incoming,
      unit: this.#unit,
      maxLineBytes: this.#maxBytes,
      events: {
        onDrain: () => exchange.onDrain(),
        onSign: () => exchange.clock.activity(performance.now()),
        onMessage: (bytes, isBinary) => this.#received(bytes, isBinary),
        onFault: (problem) => {
          const cause = exchangeMessage("websocket-fault", { problem });
          exchange.exchangeAbort.abort({ outcome: "bad-request", cause, status: 400 });
        },
        onLongLine: () => {
          const limitBytes = this.#maxBytes;
          exchange.setOutcome("invalid-output", exchangeMessage("message-too-long", { limitBytes }), this.#trace);
          run.stop();
        },
        onClosed: (code, reason) => this.#closed(run, code, reason),
      },
    });
    this.#writer = writer;
    exchange.upgraded(opened.headers, writer);
    run.flowTo({
      write: (bytes) => writer.write(bytes),
      flush: () => {},
      end: () => void this.#outputEnded(run, writer),
      cut: () => writer.cut(),
    });
  }

  /** The script reads again. */
  resume(): void {
    this.#writer?.holdBack(false);
  }

  dispose(): void {
    this.#input = null;
    this.#writer?.holdBack(false);
  }

  #received(bytes: Uint8Array, isBinary: boolean): void {
    const message = isBinary ? bytes : Buffer.concat([bytes, lineEnd]); // as websocketd, in either mode
    if (this.#input && !this.#input.write(message)) this.#writer?.holdBack(true);
  }

  async #outputEnded(run: ScriptRun, writer: WebSocketWriter): Promise<void> {
    await run.exitedSoon();
    if (!run.isOver) this.#exchange.setOutcome("ok", exchangeMessage("output-closed"), this.#trace);
    writer.close(run.process && endedBadly(run.process) ? closeCode.failed : closeCode.normal);
  }

  #closed(run: ScriptRun, code: number, reason: string): void {
    const isOurs = this.#writer?.complete === true;
    if (!isOurs && code === closeCode.dropped) {
      this.#exchange.clientLeft();
      return;
    }
    if (!isOurs) this.#exchange.setOutcome("ok", exchangeMessage("websocket-closed", { code, reason }), this.#trace);
    this.#input?.end();
    const timer = setTimeout(() => run.stop(), closeGraceMs);
    void run.over.then(() => clearTimeout(timer));
  }
}
