// The connections to one FastCGI application, and who waits for one. Each serves one request at a time; a kept one serves the next.
import type { ExchangeEvents } from "../runner.js";
import { addressText, type FastcgiAddress } from "./address.js";
import { FastcgiConnection } from "./connection.js";
import { type ExchangeHost, FastcgiExchange, type FastcgiRequest } from "./exchange.js";

export interface FastcgiClientOptions {
  readonly address: FastcgiAddress;
  /** Shown in the trace as who served: the address unless said otherwise. */
  readonly worker?: string;
  /** Begins the sentences of failures: "The FastCGI application at tcp:…" unless said otherwise. */
  readonly name?: string;
  /** Connections at once, and so requests; null: as many as are asked for. */
  readonly maxConnections: number | null;
  /** Connections stay open for further requests. A process that serves one connection serves nobody else meanwhile. */
  readonly keepConnections: boolean;
}

interface Waiting {
  readonly exchange: FastcgiExchange;
  readonly fresh: boolean;
}

/** A kept connection that nobody used for this long is closed, ms. */
const idleMs = 30_000;

export class FastcgiClient implements ExchangeHost {
  readonly name: string;
  readonly keepConnections: boolean;
  readonly #address: FastcgiAddress;
  readonly #worker: string;
  readonly #maxConnections: number;
  readonly #idle: FastcgiConnection[] = [];
  readonly #busy = new Set<FastcgiConnection>();
  /** Connections under way, and how to give each up. */
  readonly #opening = new Map<FastcgiExchange, () => void>();
  readonly #waiting: Waiting[] = [];
  #idleTimer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor({ address, worker = addressText(address), name, maxConnections, keepConnections }: FastcgiClientOptions) {
    this.#address = address;
    this.#worker = worker;
    this.name = name ?? `The FastCGI application at ${addressText(address)}`;
    this.#maxConnections = maxConnections ?? Number.POSITIVE_INFINITY;
    this.keepConnections = keepConnections;
  }

  /** Requests that have a connection, or are getting one. */
  get running(): number {
    return this.#busy.size + this.#opening.size;
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
    this.acquire(exchange, request.onFreshConnection ?? false);
    return exchange;
  }

  /** Closes the connections that nobody uses, and each other one when its request is over. */
  close(): void {
    this.#isClosed = true;
    this.#closeIdle();
  }

  acquire(exchange: FastcgiExchange, fresh: boolean): void {
    const kept = fresh ? undefined : this.#idle.pop();
    if (kept) {
      this.#busy.add(kept);
      this.#give(kept, exchange);
    } else if (this.running + this.#idle.length < this.#maxConnections) this.#open(exchange);
    else if (fresh && this.#idle.length > 0) {
      this.#waiting.unshift({ exchange, fresh });
      this.#idle.pop()?.close(); // and in its place comes the fresh one
    } else this.#waiting.push({ exchange, fresh });
  }

  abandon(exchange: FastcgiExchange): void {
    const at = this.#waiting.findIndex((waiting) => waiting.exchange === exchange);
    if (at >= 0) this.#waiting.splice(at, 1);
    this.#opening.get(exchange)?.();
    if (this.#opening.delete(exchange)) this.#next();
  }

  #open(exchange: FastcgiExchange): void {
    exchange.opening();
    const giveUp = FastcgiConnection.open(this.#address, {
      opened: (connection) => {
        this.#opening.delete(exchange);
        this.#busy.add(connection);
        this.#give(connection, exchange);
      },
      failed: (failure) => {
        this.#opening.delete(exchange);
        exchange.fail(failure);
        this.#next();
      },
      free: (connection) => this.#freed(connection),
    });
    this.#opening.set(exchange, giveUp);
  }

  #give(connection: FastcgiConnection, exchange: FastcgiExchange): void {
    if (exchange.isOver) this.#freed(connection);
    else if (connection.isOpen) exchange.take(connection);
    else this.acquire(exchange, true);
  }

  /** Its request is over, or the connection is. */
  #freed(connection: FastcgiConnection): void {
    this.#busy.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    if (connection.isOpen && this.#isClosed) connection.close();
    else if (connection.isOpen) this.#idle.push(connection);
    this.#next();
    if (this.#idle.length > 0) this.#keepForAWhile();
  }

  #next(): void {
    if (this.#idle.length === 0 && this.running >= this.#maxConnections) return;
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
    for (const connection of this.#idle.splice(0)) connection.close();
  }
}
