// Puts a framed response on the wire through node:http, exactly as framed: node adds no field, and neither too many nor too few
// body bytes can make the client misread what comes next on the connection (conformance C65).
import type { ServerResponse } from "node:http";
import type { Framed } from "../../protocol/framing.js";
import type { CapturedStream } from "../../trace/captured-stream.js";
import { lingerMs } from "../front/http-limits.js";
import type { Incoming } from "../front/incoming.js";
import type { Outgoing, OutgoingEvents } from "./outgoing.js";

const noBytes = new Uint8Array(0);

export class ResponseWriter implements Outgoing {
  readonly closed: Promise<void>;
  readonly #incoming: Incoming;
  readonly #framed: Framed;
  readonly #body: CapturedStream;
  readonly #events: OutgoingEvents;
  #sent = 0;
  #over = false;
  #cutShort = false;
  #blocked = false;

  /** Begins the response. `framed` must say "Connection: close" when the connection is to end with it. */
  constructor(incoming: Incoming, framed: Framed, body: CapturedStream, events: OutgoingEvents) {
    this.#incoming = incoming;
    this.#framed = framed;
    this.#body = body;
    this.#events = events;
    const { res } = incoming;
    this.closed = new Promise((resolve) => {
      res.once("close", () => resolve());
    });
    res.on("drain", () => {
      this.#blocked = false;
      events.onDrain();
    });
    writeHead(res, framed);
    if (framed.bodyBytes === 0 || framed.framing === "none") this.#finish();
  }

  get complete(): boolean {
    return this.#over;
  }

  get finished(): boolean {
    return this.#incoming.res.writableFinished;
  }

  get cutShort(): boolean {
    return this.#cutShort;
  }

  get blocked(): boolean {
    return this.#blocked || (this.#over && !this.#incoming.res.writableFinished);
  }

  write(bytes: Uint8Array): boolean {
    const { res } = this.#incoming;
    if (this.#over || res.destroyed) return true;
    const { bodyBytes } = this.#framed;
    const fitting =
      bodyBytes !== null && this.#sent + bytes.length > bodyBytes ? bytes.subarray(0, bodyBytes - this.#sent) : bytes;
    if (fitting.length === 0) return true;
    this.#sent += fitting.length;
    this.#body.add(fitting, performance.now() - this.#incoming.t0Ms);
    this.#blocked = !res.write(fitting);
    if (this.#sent === bodyBytes) {
      this.#finish();
      return true; // what follows is swallowed
    }
    return !this.#blocked;
  }

  flush(): void {
    const { res } = this.#incoming;
    // Not flushHeaders(): it writes the head as UTF-8, and bytes above 0x7F double.
    if (!this.#over && this.#sent === 0 && !res.destroyed) res.write(noBytes);
  }

  /** Cuts the connection when bytes of the promised length are missing. */
  end(): void {
    if (this.#over) return;
    if (this.#framed.bodyBytes !== null && this.#sent < this.#framed.bodyBytes) this.cut();
    else this.#finish();
  }

  cut(): void {
    const { socket } = this.#incoming;
    if (this.#incoming.res.writableFinished) return;
    this.#over = true;
    this.#cutShort = true;
    if (this.#framed.framing === "close") return void socket.resetAndDestroy(); // an orderly end would look like the response's
    socket.destroySoon();
    setTimeout(() => socket.destroy(), lingerMs).unref(); // the client may not be reading
  }

  #finish(): void {
    const { req, res } = this.#incoming;
    this.#over = true;
    this.#events.onComplete();
    // Node closes the connection with the response when that was announced. While the client is still sending, that would reset
    // the connection and could cost it the response: first let the rest of the request in.
    const unread = !req.complete && !req.destroyed && !this.#incoming.awaitsContinue && !res.shouldKeepAlive;
    if (!unread) return void res.end();
    this.flush();
    req.once("end", () => res.end()).resume();
  }
}

function writeHead(res: ServerResponse, framed: Framed): void {
  res.sendDate = false;
  res.removeHeader("Connection"); // without it node would add its own
  if (framed.framing === "close") res.removeHeader("Transfer-Encoding");
  res.writeHead(framed.status, framed.reason, framed.headers.flat());
}
