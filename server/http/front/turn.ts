// A request's turn on its connection, from its head to the last byte of its response.
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import type { RequestHead } from "../../protocol/request.js";
import { ExchangeAbort } from "../base/exchange-abort.js";
import type { Droppable, HeldBytes } from "./held-bytes.js";
import { unreadMs } from "./http-limits.js";
import type { ConnectionFacts, Incoming } from "./incoming.js";
import type { IncomingBody } from "./incoming-body.js";
import { connectionFault } from "./messages.js";
import type { ReadRequest } from "./read-request.js";

interface TurnOptions {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  readonly nth: number;
  readonly t0Ms: number;
  readonly read: ReadRequest;
  readonly isRepeated: boolean;
  readonly body: IncomingBody;
  readonly onRelease: () => void;
  readonly held: HeldBytes;
}

export class Turn implements Incoming, Droppable {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  readonly nth: number;
  readonly head: ByteString;
  readonly t0Ms: number;
  readonly headAt = performance.now();
  readonly request: RequestHead;
  readonly isRepeated: boolean;
  readonly body: IncomingBody;
  readonly exchangeAbort = new ExchangeAbort();
  keepsConnection: boolean;
  awaitsContinue: boolean;
  onDrain: (() => void) | null = null;
  /** How long the client could send its body, ms. */
  uploadMs = 0;
  readonly #onRelease: () => void;
  #closedListeners: (() => void)[] = [];
  readonly #held: HeldBytes;
  /** Bytes of the response that wait for the client, and since when it took none; performance.now(). */
  #unreadBytes = 0;
  #unreadSince = 0;

  constructor(options: TurnOptions) {
    this.connection = options.connection;
    this.socket = options.socket;
    this.nth = options.nth;
    const { head, request, isPersistent, expectsContinue } = options.read;
    this.head = head;
    this.t0Ms = options.t0Ms;
    this.request = request;
    this.isRepeated = options.isRepeated;
    this.body = options.body;
    this.#onRelease = options.onRelease;
    this.#held = options.held;
    this.keepsConnection = isPersistent;
    this.awaitsContinue = !options.body.isComplete && expectsContinue;
  }

  onClosed(listener: () => void): void {
    this.#closedListeners.push(listener);
  }

  waitsForClient(bytes: number): void {
    if (this.#unreadBytes > 0) this.#held.release(this.#unreadBytes, this);
    this.#unreadBytes = bytes;
    if (bytes === 0) return;
    this.#unreadSince = performance.now();
    this.#held.add(bytes, this);
  }

  canBeDropped(now: number): boolean {
    return now - this.#unreadSince > unreadMs;
  }

  drop(): number {
    const { status, cause } = connectionFault("too-much-held");
    this.exchangeAbort.abort({ outcome: "timeout", status: status ?? 503, cause });
    return this.#unreadBytes;
  }

  release(): void {
    this.waitsForClient(0);
    this.body.release();
    this.#closedListeners = [];
    this.onDrain = null; // the rest of the body may come for a minute, and the exchange need not live that long
    this.#onRelease();
  }

  /** For the connection: it is closed. */
  closed(): void {
    this.waitsForClient(0);
    this.body.release();
    for (const listener of this.#closedListeners.splice(0)) listener();
  }
}
