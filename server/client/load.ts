// The load of a benchmark: requests over kept connections, in a process of its own so that its work does not slow the
// server. Closed loop: each connection sends its next request as soon as the last one is answered. Open loop: requests
// are due at a rate, and each one's time counts from when it was due, so that a slow response does not hide the wait of
// those behind it (coordinated omission).
import type { Socket } from "node:net";
import { z } from "zod";
import { isServerError } from "../contract/failure.js";
import { ResponseEnd } from "./response-end.js";
import { openSocket } from "./send-request.js";

/** What the server's process orders. */
export const load = z.object({
  host: z.string(),
  port: z.number(),
  /** The request, as base64; each is the same. */
  request: z.string(),
  connections: z.number(),
  /** Requests a second; null: as many as are answered. */
  rate: z.number().nullable(),
  ms: z.number(),
});
export type Load = z.infer<typeof load>;
const loadResult = z.object({
  /** The latency of each request that did not fail, ms: a fast error is not a fast response. */
  latencies: z.array(z.number()),
  /** With a rate: the latencies from when each request was sent, not from when it was due. */
  sentLatencies: z.array(z.number()),
  /** Requests that failed: without a whole response, or with a status of 500 and above. */
  errors: z.number(),
  /** Whole responses by their status. */
  statuses: z.record(z.string(), z.number()),
  /** With a rate: requests that were due, and that those before them had left no time for. */
  unsent: z.number(),
  /** From the first request to the last response, ms; with a rate to the end of the round, if that is later. */
  tookMs: z.number(),
  /** The share of one processor that the sending process itself used; 1: it was the limit. */
  senderShare: z.number(),
});
export type LoadResult = z.infer<typeof loadResult>;
/** What the load's process reports. */
export const loadNote = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("connected"), localAddress: z.string(), localPort: z.number() }),
  loadResult.extend({ kind: z.literal("done") }),
]);
export type LoadNote = z.infer<typeof loadNote>;
/** The connection from that port may be used. */
export const claimed = z.object({ claimed: z.number() });
/** A connection is announced before its first request, so that the server knows what was decided for it. */
type Announce = (socket: Socket) => Promise<void>;

export async function runLoad(load: Load, announce: Announce): Promise<LoadResult> {
  const run = new LoadRun(load, announce);
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: load.connections }, () => run.connection()));
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  const { latencies, sentLatencies, errors, statuses, unsent } = run;
  const senderShare = (user + system) / 1000 / tookMs;
  // At a rate no further request is due for a while: that time belongs to the round, too.
  return {
    latencies,
    sentLatencies,
    errors,
    statuses,
    unsent,
    tookMs: load.rate === null ? tookMs : Math.max(tookMs, load.ms),
    senderShare,
  };
}

class LoadRun {
  readonly latencies: number[] = [];
  readonly sentLatencies: number[] = [];
  errors = 0;
  readonly statuses: Record<string, number> = {};
  readonly #load: Load;
  readonly #announce: Announce;
  readonly #request: Buffer;
  readonly #startedAt = performance.now();
  /** Requests that were sent, or are about to be. */
  #taken = 0;
  /** Requests in a row that got no response. */
  #failed = 0;

  constructor(load: Load, announce: Announce) {
    this.#load = load;
    this.#announce = announce;
    this.#request = Buffer.from(load.request, "base64");
  }

  get unsent(): number {
    const { rate, ms } = this.#load;
    if (rate === null) return 0;
    const most = Math.ceil((ms * rate) / 1000);
    const due = ((most - 1) * 1000) / rate < ms ? most : most - 1; // rounded, one more could be
    return Math.max(0, due - this.#taken);
  }

  /** Sends one request after the other until the time is over. */
  async connection(): Promise<void> {
    let open: OpenConnection | null = null;
    for (let due = await this.#due(); due !== null; due = await this.#due()) {
      try {
        if (open?.isOver) open = null; // the server closed it while no request was due
        open ??= await this.#open();
        const sentAt = performance.now();
        const status = await open.exchange(this.#request);
        this.#failed = 0;
        this.statuses[status] = (this.statuses[status] ?? 0) + 1;
        if (isServerError(status)) this.errors++;
        else this.#note(due, sentAt);
        if (open.isOver) open = null;
      } catch {
        open = null; // counted, and the next request gets a new connection
        this.errors++;
        if (++this.#failed >= maxFailed) break;
      }
    }
    open?.close();
  }

  /** A response has ended. */
  #note(due: number, sentAt: number): void {
    const now = performance.now();
    this.latencies.push(now - Math.min(due, sentAt)); // a timer may end a little before its time
    if (this.#load.rate !== null) this.sentLatencies.push(now - sentAt);
  }

  /** When the next request is due, once that has come; null when the time is over. */
  async #due(): Promise<number | null> {
    const { rate, ms } = this.#load;
    const since = performance.now() - this.#startedAt;
    // Since the start, as an exact multiple: rounded with the start's time, a request more than the rate could be due.
    const due = rate === null ? since : (this.#taken * 1000) / rate;
    if (due >= ms || since >= ms + lateMs) return null;
    this.#taken++;
    if (due > since) await new Promise((resolve) => setTimeout(resolve, due - since));
    return this.#startedAt + due;
  }

  async #open(): Promise<OpenConnection> {
    const socket = await openSocket(this.#load);
    await this.#announce(socket);
    return new OpenConnection(socket);
  }
}

/** So many failures in a row end the load: nothing answers. */
const maxFailed = 50;
/** An open loop that cannot keep up ends so long after its time, ms. */
const lateMs = 2000;

class OpenConnection {
  readonly #socket: Socket;
  #response: ResponseEnd | null = null;
  #settle: { readonly resolve: (status: number) => void; readonly reject: (error: Error) => void } | null = null;
  #isClosed = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => this.#received(bytes));
    socket.on("error", (error) => this.#settle?.reject(error));
    for (const event of ["end", "close"] as const) socket.on(event, () => this.#ended());
  }

  /** It takes no further request. */
  get isOver(): boolean {
    return this.#isClosed;
  }

  /** Sends a request; resolves with the status when its response has ended. */
  exchange(request: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#response = new ResponseEnd();
      if (this.#isClosed) reject(new Error("the server closed the connection"));
      else this.#socket.write(request);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  #received(bytes: Uint8Array): void {
    const response = this.#response;
    if (!response?.push(bytes)) return;
    this.#response = null;
    if (response.closes) this.close();
    this.#settle?.resolve(response.status);
  }

  #ended(): void {
    this.close();
    const response = this.#response;
    if (response?.endsWithConnection) this.#settle?.resolve(response.status);
    else this.#settle?.reject(new Error("the server closed the connection without a whole response"));
  }
}
