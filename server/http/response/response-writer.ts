// Puts a framed response on the wire, exactly as framed: neither too many nor too few body bytes can make
// the client misread what comes next on the connection (conformance C65). Head, first bytes and end go
// out in one write where they come together.
import { soon } from "../../base/soon.js";
import type { Framed } from "../../protocol/framing.js";
import type { CapturedStream } from "../../trace/captured-stream.js";
import { lingerMs } from "../front/http-limits.js";
import type { Incoming } from "../front/incoming.js";
import type { Outgoing, OutgoingEvents } from "./outgoing.js";

/** Larger pieces are written as they are instead of being copied behind a head. */
const copyUpToBytes = 16 << 10;
const noBytes = new Uint8Array(0);

export interface SentResponse extends Pick<Framed, "framing" | "bodyBytes"> {
  /** See `headText`. */
  readonly head: string;
}

/** The client's side of the exchange. */
type Client = Pick<Incoming, "socket" | "t0Ms" | "onClosed" | "onDrain" | "waitsForClient" | "release">;

export class ResponseWriter implements Outgoing {
  readonly #incoming: Client;
  readonly #framed: SentResponse;
  readonly #body: CapturedStream;
  readonly #events: OutgoingEvents;
  readonly #isChunked: boolean;
  /** Text that goes out before the next bytes: the head, a chunk's size, the end of the one before. */
  #before: string;
  #pending: Uint8Array = noBytes;
  #isScheduled = false;
  #sent = 0;
  #over = false;
  #finished = false;
  #cutShort = false;
  #blocked = false;
  #isClosed = false;
  /** Made when it is waited for: mostly the response is out before. */
  #closed: Promise<void> | null = null;
  #onClosed: () => void = () => {};

  /** Begins the response. `framed` must say "Connection: close" when the connection is to end with it. */
  constructor(incoming: Client, framed: SentResponse, body: CapturedStream, events: OutgoingEvents) {
    this.#incoming = incoming;
    this.#framed = framed;
    this.#body = body;
    this.#events = events;
    this.#isChunked = framed.framing === "chunked";
    this.#before = framed.head;
    incoming.onClosed(() => this.#close());
    incoming.onDrain = () => {
      this.#blocked = false;
      incoming.waitsForClient(0);
      events.onDrain();
    };
    if (framed.bodyBytes === 0 || framed.framing === "none") this.#finish();
  }

  get closed(): Promise<void> {
    this.#closed ??= this.#isClosed
      ? Promise.resolve()
      : new Promise((resolve) => {
          this.#onClosed = resolve;
        });
    return this.#closed;
  }

  get complete(): boolean {
    return this.#over;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get cutShort(): boolean {
    return this.#cutShort;
  }

  get blocked(): boolean {
    return this.#blocked || (this.#over && !this.#finished);
  }

  write(bytes: Uint8Array): boolean {
    const { socket, t0Ms } = this.#incoming;
    if (this.#over || socket.destroyed) return true;
    const { bodyBytes } = this.#framed;
    const fitting =
      bodyBytes !== null && this.#sent + bytes.length > bodyBytes ? bytes.subarray(0, bodyBytes - this.#sent) : bytes;
    if (fitting.length === 0) return true;
    this.#sent += fitting.length;
    this.#body.add(fitting, performance.now() - t0Ms);
    this.#queue(fitting);
    if (this.#sent === bodyBytes) {
      this.#finish();
      return true; // what follows is swallowed
    }
    // The end of a chunked body often comes in the same turn of the loop, and then in the same write.
    if (!this.#isChunked || this.#pending.length > copyUpToBytes) this.#flushNow();
    else this.#schedule();
    return !this.#blocked;
  }

  flush(): void {
    if (!this.#over && this.#before !== "" && this.#pending.length === 0) this.#flushNow();
  }

  /** Cuts the connection when bytes of the promised length are missing. */
  end(): void {
    if (this.#over) return;
    if (this.#framed.bodyBytes !== null && this.#sent < this.#framed.bodyBytes) this.cut();
    else this.#finish();
  }

  cut(): void {
    if (this.#finished) return;
    const { socket } = this.#incoming;
    this.#over = true;
    this.#cutShort = true;
    // An orderly end would look like the response's.
    if (this.#framed.framing === "close") return void socket.resetAndDestroy();
    this.#flushNow();
    socket.destroySoon();
    setTimeout(() => socket.destroy(), lingerMs).unref(); // the client may not be reading
  }

  #queue(bytes: Uint8Array): void {
    if (this.#pending.length > 0) this.#flushNow();
    if (this.#isChunked) this.#before += `${bytes.length.toString(16)}\r\n`;
    this.#pending = bytes;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    soon(() => {
      this.#isScheduled = false;
      this.#flushNow();
    });
  }

  #flushNow(after = ""): void {
    const { socket } = this.#incoming;
    const before = this.#before;
    const bytes = this.#pending;
    const end = this.#isChunked && bytes.length > 0 ? `\r\n${after}` : after;
    this.#before = "";
    this.#pending = noBytes;
    if (socket.destroyed || !socket.writable || before.length + bytes.length + end.length === 0) return;
    if (bytes.length > copyUpToBytes) {
      socket.cork();
      if (before !== "") socket.write(before, "latin1");
      socket.write(bytes);
      if (end !== "") socket.write(end, "latin1");
      socket.uncork();
    } else socket.write(joined(before, bytes, end));
    this.#blocked = socket.writableNeedDrain;
    if (this.#blocked) this.#incoming.waitsForClient(socket.writableLength);
  }

  #finish(): void {
    const { socket } = this.#incoming;
    this.#over = true;
    this.#events.onComplete();
    this.#flushNow(this.#isChunked ? "0\r\n\r\n" : "");
    if (socket.writableLength === 0) this.#settle();
    else
      socket.write(noBytes, (error) => {
        if (!error) this.#settle(); // else the socket closes, and the client is gone
      });
  }

  #settle(): void {
    this.#finished = true;
    this.#close();
    this.#incoming.release();
  }

  #close(): void {
    this.#isClosed = true;
    this.#onClosed();
  }
}

function joined(before: string, bytes: Uint8Array, after: string): Uint8Array {
  if (before === "" && after === "") return bytes;
  const all = Buffer.allocUnsafe(before.length + bytes.length + after.length);
  all.write(before, 0, "latin1");
  all.set(bytes, before.length);
  if (after !== "") all.write(after, before.length + bytes.length, "latin1");
  return all;
}
