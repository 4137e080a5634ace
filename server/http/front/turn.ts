// A request's turn on its connection, from its head to the last byte of its response.
import type { Socket } from "node:net";
import type { ByteString } from "../../contract/bytes-text.js";
import { expectsContinue, isPersistent } from "../../protocol/http1/body-framing.js";
import type { RequestHead } from "../../protocol/request.js";
import { ExchangeAbort } from "../exchange/exchange-abort.js";
import type { ConnectionFacts, Incoming } from "./incoming.js";
import type { IncomingBody } from "./incoming-body.js";

export interface TurnOptions {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  readonly nth: number;
  readonly head: ByteString;
  readonly t0Ms: number;
  readonly request: RequestHead;
  readonly body: IncomingBody;
  readonly onRelease: () => void;
}

export class Turn implements Incoming {
  readonly connection: ConnectionFacts;
  readonly socket: Socket;
  readonly nth: number;
  readonly head: ByteString;
  readonly t0Ms: number;
  readonly headAt = performance.now();
  readonly request: RequestHead;
  readonly body: IncomingBody;
  readonly exchangeAbort = new ExchangeAbort();
  keepsConnection: boolean;
  awaitsContinue: boolean;
  onDrain: (() => void) | null = null;
  readonly #onRelease: () => void;
  #closedListeners: (() => void)[] = [];

  constructor(options: TurnOptions) {
    this.connection = options.connection;
    this.socket = options.socket;
    this.nth = options.nth;
    this.head = options.head;
    this.t0Ms = options.t0Ms;
    this.request = options.request;
    this.body = options.body;
    this.#onRelease = options.onRelease;
    this.keepsConnection = isPersistent(options.request);
    this.awaitsContinue = !options.body.isComplete && expectsContinue(options.request);
  }

  onClosed(listener: () => void): void {
    this.#closedListeners.push(listener);
  }

  release(): void {
    this.#closedListeners = [];
    this.#onRelease();
  }

  /** For the connection: it is closed. */
  closed(): void {
    for (const listener of this.#closedListeners.splice(0)) listener();
  }
}
