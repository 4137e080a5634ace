// The connections to one FastCGI application, and the requests that wait for one. A connection serves one request at a
// time; a kept connection then serves the next.
import { removeItem } from "../../base/remove-item.js";
import { Slab } from "../../base/slab.js";
import { addressText, type FastcgiAddress } from "../../routing/fastcgi-address.js";
import type { ExchangeEvents } from "../runner.js";
import { FastcgiConnection } from "./connection.js";
import { type ExchangeHost, FastcgiExchange } from "./exchange.js";
import { type AddressFrom, type Who, whoAt } from "./messages.js";
import type { FastcgiRequest } from "./request.js";

interface FastcgiClientOptions {
  readonly address: FastcgiAddress;
  /** Named in the trace as the server; by default the address. */
  readonly worker?: string;
  /** Its owner started the process, and knows whether it lives. */
  readonly hasProcess?: boolean;
  /** Named in failures; by default the application at the address. */
  readonly who?: Who;
  /** What set the address; by default the configuration. */
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
 * An application may close a kept connection at the moment when a request is sent on it, and the client cannot know
 * whether it had read part of it. So a request that must not or cannot be sent again gets an unused connection.
 */
const maySendTwice = ({ params, body }: FastcgiRequest): boolean => params.isIdempotent && body?.isLong !== true;

/** A kept connection that was unused for this long is closed, ms. */
const idleMs = 30_000;

export class FastcgiClient implements ExchangeHost {
  readonly who: Who;
  readonly hasProcess: boolean;
  readonly #address: FastcgiAddress;
  readonly #worker: string;
  readonly #from: AddressFrom;
  readonly #slab = new Slab();
  #connections: number | null;
  /** The application closed a connection right after its first answer, whatever FCGI_KEEP_CONN says. */
  #closesItself = false;
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
    hasProcess = false,
  }: FastcgiClientOptions) {
    this.hasProcess = hasProcess;
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
    return this.#connections !== null && !this.#closesItself;
  }

  /** Another process serves from now on. */
  forget(): void {
    this.#closesItself = false;
  }

  /**
   * Number of connections, and so of requests, at once, each kept open; null: a new one for each request, without a
   * limit. A process that serves one connection cannot serve another while that one is open.
   */
  keep(connections: number | null): void {
    if (connections === this.#connections) return;
    this.#connections = connections;
    this.forget();
    this.#closeIdle();
    for (let waiting = this.#waiting.length; waiting > 0; waiting--) this.#next(); // there may be room for more now
  }

  /** Requests with a connection, open or being opened. */
  get running(): number {
    return this.#busy + this.#opening.length;
  }

  /** Requests that wait for one. */
  get queued(): number {
    return this.#waiting.length;
  }

  /**
   * Serves a request as soon as a connection is free. No event comes before this has returned; writes are reported
   * later.
   */
  run(request: FastcgiRequest, events: ExchangeEvents): FastcgiExchange {
    const recorder = events.recordFastcgi();
    recorder.worker = this.#worker;
    const exchange = new FastcgiExchange(this, request, events, recorder);
    this.#acquire({ exchange, fresh: !maySendTwice(request) });
    return exchange;
  }

  /** Closes unused connections at once, and each other one after its request. */
  close(): void {
    this.#isClosed = true;
    this.#closeIdle();
  }

  again(exchange: FastcgiExchange): void {
    this.#waiting.unshift({ exchange, fresh: true });
    this.#next();
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

  #acquire(request: Waiting): void {
    const { exchange, fresh } = request;
    const kept = fresh ? undefined : this.#idle.pop();
    if (kept) this.#give(kept, exchange);
    else if (this.running + this.#idle.length < this.#most) this.#open(exchange);
    else if (fresh && this.#idle.length > 0) {
      this.#waiting.unshift(request);
      this.#idle.at(-1)?.close(); // a new connection takes its place
    } else this.#waiting.push(request);
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
        this.forget();
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

  /** Its request has ended, or the connection has. */
  #freed(connection: FastcgiConnection): void {
    if (connection.isOpen && (this.#isClosed || this.running + this.#idle.length > this.#most)) {
      connection.close(); // and this is called again
      return;
    }
    if (connection.wasClosedAtOnce) this.#closesItself = true;
    if (!removeItem(this.#idle, connection)) this.#busy--;
    if (connection.isOpen) this.#idle.push(connection);
    this.#next();
    this.#watchIdle();
  }

  #next(): void {
    if (this.#idle.length === 0 && this.running >= this.#most) return;
    const next = this.#waiting.shift();
    if (next) this.#acquire(next);
  }

  /** The timer is set for the connection that has been unused longest: the last one to be used is used again. */
  #watchIdle(): void {
    const longest = this.#idle[0];
    if (this.#idleTimer || !longest) return;
    this.#idleTimer = setTimeout(
      () => {
        this.#closeIdle(performance.now() - idleMs);
        this.#watchIdle();
      },
      longest.freeSince + idleMs - performance.now(),
    );
    this.#idleTimer.unref();
  }

  /** Closes the connections that are unused since `since` or longer. */
  #closeIdle(since = Number.POSITIVE_INFINITY): void {
    const unused = this.#idle.filter(({ freeSince }) => freeSince <= since);
    for (const connection of unused) connection.close(); // no request waits while a connection is idle
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
  }
}
