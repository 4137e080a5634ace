// The connections to one FastCGI application, and who waits for one. Each serves one request at a time; a kept one serves the next.
import { removeItem } from "../../base/remove-item.js";
import { Slab } from "../../base/slab.js";
import { addressText, type FastcgiAddress } from "../../routing/fastcgi-address.js";
import type { ExchangeEvents } from "../runner.js";
import { FastcgiConnection } from "./connection.js";
import { type ExchangeHost, FastcgiExchange } from "./exchange.js";
import { type AddressFrom, type Who, whoAt } from "./messages.js";
import type { FastcgiRequest } from "./request.js";

export interface FastcgiClientOptions {
  readonly address: FastcgiAddress;
  /** Shown in the trace as who served: the address unless said otherwise. */
  readonly worker?: string;
  /** Whom failures speak of: the application at the address unless said otherwise. */
  readonly who?: Who;
  /** Who gave the address: the configuration unless said otherwise. */
  readonly from?: AddressFrom;
  /** See `keep`. */
  readonly connections: number | null;
}

interface Waiting {
  readonly exchange: FastcgiExchange;
  readonly fresh: boolean;
}
interface Opening {
  readonly exchange: FastcgiExchange;
  giveUp(): void;
}

/**
 * An application may close a kept connection at the very moment when a request is sent on it, and nobody can tell whether it had read some
 * of that: what must not or cannot be sent again goes out on a connection that was not used before.
 */
const maySendTwice = ({ params, body }: FastcgiRequest): boolean => params.isIdempotent && body?.isLong !== true;

/** A kept connection that nobody used for this long is closed, ms. */
const idleMs = 30_000;

export class FastcgiClient implements ExchangeHost {
  readonly who: Who;
  readonly #address: FastcgiAddress;
  readonly #worker: string;
  readonly #from: AddressFrom;
  readonly #slab = new Slab();
  #connections: number | null;
  #busy = 0;
  readonly #idle: FastcgiConnection[] = [];
  readonly #opening: Opening[] = [];
  readonly #waiting: Waiting[] = [];
  #idleTimer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor({
    address,
    worker = addressText(address),
    who = whoAt(addressText(address)),
    from = "configuration",
    connections,
  }: FastcgiClientOptions) {
    this.#address = address;
    this.#worker = worker;
    this.#from = from;
    this.who = who;
    this.#connections = connections;
  }

  get mayBeOther(): boolean {
    return this.#address.kind !== "unix";
  }

  get keepConnections(): boolean {
    return this.#connections !== null;
  }

  /**
   * So many connections at once, and so requests, each kept open for further ones; null: a new one for each request, as many as are asked for.
   * A process that serves one connection serves nobody else while that is open.
   */
  keep(connections: number | null): void {
    if (connections === this.#connections) return;
    this.#connections = connections;
    this.#closeIdle();
    for (let waiting = this.#waiting.length; waiting > 0; waiting--) this.#next(); // there may be room for more now
  }

  /** Requests that have a connection, or are getting one. */
  get running(): number {
    return this.#busy + this.#opening.length;
  }

  /** Requests that wait for one. */
  get queued(): number {
    return this.#waiting.length;
  }

  /** Serves a request as soon as a connection is free. Nothing is told before this has returned: what is written is told later. */
  run(request: FastcgiRequest, events: ExchangeEvents): FastcgiExchange {
    const recorder = events.recordFastcgi();
    recorder.worker = this.#worker;
    const exchange = new FastcgiExchange(this, request, events, recorder);
    this.acquire(exchange, !maySendTwice(request));
    return exchange;
  }

  /** Closes the connections that nobody uses, and each other one when its request is over. */
  close(): void {
    this.#isClosed = true;
    this.#closeIdle();
  }

  acquire(exchange: FastcgiExchange, fresh: boolean): void {
    const kept = fresh ? undefined : this.#idle.pop();
    if (kept) this.#give(kept, exchange);
    else if (this.running + this.#idle.length < this.#most) this.#open(exchange);
    else if (fresh && this.#idle.length > 0) {
      this.#waiting.unshift({ exchange, fresh });
      this.#idle.at(-1)?.close(); // and in its place comes the fresh one
    } else this.#waiting.push({ exchange, fresh });
  }

  abandon(exchange: FastcgiExchange): void {
    const waits = this.#waiting.findIndex((one) => one.exchange === exchange);
    if (waits >= 0) this.#waiting.splice(waits, 1);
    const opening = this.#opening.find((one) => one.exchange === exchange);
    if (!opening) return;
    removeItem(this.#opening, opening);
    opening.giveUp();
    this.#next();
  }

  get #most(): number {
    return this.#connections ?? Number.POSITIVE_INFINITY;
  }

  #open(exchange: FastcgiExchange): void {
    exchange.opening();
    const giveUp = FastcgiConnection.open(this.#address, this.#from, this.#slab, {
      opened: (connection) => {
        removeItem(this.#opening, opening);
        this.#give(connection, exchange);
      },
      failed: (failure) => {
        removeItem(this.#opening, opening);
        exchange.fail(failure);
        this.#next();
      },
      free: (connection) => this.#freed(connection),
    });
    const opening = { exchange, giveUp };
    this.#opening.push(opening);
  }

  #give(connection: FastcgiConnection, exchange: FastcgiExchange): void {
    this.#busy++;
    exchange.take(connection);
  }

  /** Its request is over, or the connection is. */
  #freed(connection: FastcgiConnection): void {
    if (connection.isOpen && this.#isClosed) {
      connection.close(); // and comes here again
      return;
    }
    if (!removeItem(this.#idle, connection)) this.#busy--;
    if (connection.isOpen) this.#idle.push(connection);
    this.#next();
    if (this.#idle.length > 0) this.#keepForAWhile();
  }

  #next(): void {
    if (this.#idle.length === 0 && this.running >= this.#most) return;
    const next = this.#waiting.shift();
    if (next) this.acquire(next.exchange, next.fresh);
  }

  #keepForAWhile(): void {
    if (this.#idleTimer) this.#idleTimer.refresh();
    else {
      this.#idleTimer = setTimeout(() => this.#closeIdle(), idleMs);
      this.#idleTimer.unref();
    }
  }

  #closeIdle(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
    for (const connection of [...this.#idle]) connection.close(); // nobody waits for one while there are any
  }
}
