// The traces of this server: those under way, those that ended (newest kept within a budget), and the rows the window pulls.
import { randomUUID } from "node:crypto";
import type { StreamName } from "../contract/trace.js";
import { byteString } from "../protocol/byte-string.js";
import { removeItem } from "../remove-item.js";
import { CapturedStream } from "./captured-stream.js";
import { RowRing, type Rows } from "./row-ring.js";
import type { TraceRecord } from "./trace-record.js";
import { toRow } from "./trace-row.js";
import { streamOf, traceCostBytes } from "./trace-streams.js";

export interface TraceBeginning {
  /** performance.now() of the request's first byte. */
  readonly zero: number;
  readonly client: TraceRecord["client"];
  readonly connection: TraceRecord["connection"];
  readonly parent: TraceRecord["parent"];
  readonly request: Omit<TraceRecord["request"], "body">;
}
export interface TraceLogOptions {
  /** What all kept traces together may cost in memory. */
  readonly budgetBytes: number;
  /** How much of each stream is kept. */
  readonly captureBytes: number;
  /** False: nothing is kept. An exchange still has its trace while it runs, for whoever waits for it. */
  readonly recording?: boolean;
  /** Called with each trace when it ends, before anybody sees it: may fill in `findings`. */
  readonly examine: (trace: TraceRecord) => void;
  /** Path in the workspace for an absolute file, for display; null when it lies outside. */
  readonly displayPath: (file: string) => string | null;
  readonly onChange: () => void;
}

const emptyBytes = byteString("");
/** An exchange that lasts gets a row while it runs, renewed this often. */
const announceEveryMs = 500;
/** Pinned traces are outside the budget's reach, so there may only be so many. */
export const maxPinned = 50;

export class TraceLog {
  readonly generation = randomUUID();
  budgetBytes: number;
  /** Cost of the kept traces, bytes. */
  bytes = 0;
  /** Ended traces that had to go for newer ones. */
  dropped = 0;
  readonly #options: TraceLogOptions;
  readonly #isRecording: boolean;
  #captureBytes: number;
  readonly #kept = new Map<string, { trace: TraceRecord; cost: number }>();
  /** Goes on where the last trace was dropped: a walk from the beginning would pass the places of all that were dropped before. */
  #oldestFirst = this.#kept.entries();
  readonly #running: TraceRecord[] = [];
  readonly #pinned = new Set<string>();
  readonly #ring: RowRing;
  readonly #awaited = new Map<string, (() => void)[]>();
  #seq = 0;
  #announcer: NodeJS.Timeout | null = null;

  constructor(options: TraceLogOptions) {
    this.#options = options;
    this.#isRecording = options.recording ?? true;
    this.#captureBytes = options.captureBytes;
    this.budgetBytes = options.budgetBytes;
    this.#ring = new RowRing();
  }

  /** How much of each stream of a new trace is kept. */
  get captureBytes(): number {
    return this.#isRecording ? this.#captureBytes : 0;
  }

  set captureBytes(bytes: number) {
    this.#captureBytes = bytes;
  }

  get count(): number {
    return this.#kept.size;
  }

  begin({ zero, client, connection, parent, request }: TraceBeginning): TraceRecord {
    const seq = ++this.#seq;
    const { head, method, target, httpVersion, headers } = request;
    const trace: TraceRecord = {
      id: `${this.generation.slice(0, 8)}-${seq}`,
      seq,
      startedAt: performance.timeOrigin + zero,
      zero,
      outcome: null,
      detail: null,
      client,
      connection,
      parent,
      request: { head, method, target, httpVersion, headers, body: new CapturedStream(this.captureBytes) },
      route: { kind: "none", file: null, scriptName: target, pathInfo: emptyBytes, mode: null, scriptHash: null },
      argv: null,
      cwd: null,
      env: null,
      notExported: [],
      stdin: null,
      stdout: null,
      stderr: null,
      script: null,
      response: null,
      process: null,
      fastcgi: null,
      timing: { headAt: null, admittedAt: null, spawnedAt: null, firstByteAt: null, headersAt: null, lastByteAt: null, exitAt: null, doneAt: null },
      notes: { handlerBecause: null, heldBy: null, failure: null },
      findings: [],
    };
    this.#running.push(trace);
    if (this.#isRecording) this.#announcer ??= setInterval(() => this.#announce(), announceEveryMs).unref();
    return trace;
  }

  /** The exchange is over: the trace does not change any more. */
  end(trace: TraceRecord): void {
    if (!removeItem(this.#running, trace)) return;
    trace.timing.doneAt ??= performance.now() - trace.zero;
    trace.outcome ??= "ok";
    if (this.#isRecording) this.#keep(trace);
    for (const tell of this.#awaited.get(trace.id) ?? []) tell();
    this.#awaited.delete(trace.id);
  }

  #keep(trace: TraceRecord): void {
    this.#options.examine(trace);
    const cost = traceCostBytes(trace);
    this.#kept.set(trace.id, { trace, cost });
    this.bytes += cost;
    if (this.bytes > this.budgetBytes) this.#makeRoomFor(trace);
    this.#push(trace);
    this.#options.onChange();
  }

  /** Something was added to an ended trace: its row comes again. */
  renew(trace: TraceRecord): void {
    if (this.#kept.has(trace.id)) this.#push(trace);
  }

  /** Resolves when the exchange is over. */
  ended(trace: TraceRecord): Promise<void> {
    if (!this.#running.includes(trace)) return Promise.resolve();
    return new Promise((resolve) => {
      const others = this.#awaited.get(trace.id);
      if (others) others.push(resolve);
      else this.#awaited.set(trace.id, [resolve]);
    });
  }

  get(id: string): TraceRecord | null {
    return this.#kept.get(id)?.trace ?? this.#running.find((trace) => trace.id === id) ?? null;
  }

  /** Captured bytes of one stream, shorter than asked at its end; null when trace or stream is not there. */
  read(id: string, name: StreamName, from: number, length: number): Uint8Array<ArrayBuffer> | null {
    const trace = this.get(id);
    return (trace && streamOf(trace, name)?.read(from, length)) ?? null;
  }

  /** Rows with `rev` above `since`, once there are any; see `RowRing.next`. */
  next(since: number, max: number, signal: AbortSignal): Promise<Rows> {
    return this.#ring.next(since, max, signal);
  }

  /** Keeps a trace, or lets it go like any other. False when it is not there, or too many are pinned already. */
  pin(id: string, pinned: boolean): boolean {
    const trace = this.get(id);
    if (!trace || (pinned && this.#pinned.size >= maxPinned)) return false;
    if (pinned) this.#pinned.add(id);
    else if (this.#pinned.delete(id)) this.#oldestFirst = this.#kept.entries(); // it may be the oldest now
    this.#push(trace);
    return true;
  }

  /** Forgets every ended trace that is not pinned, with its row. */
  clear(): void {
    for (const [id, { cost }] of this.#kept) {
      if (this.#pinned.has(id)) continue;
      this.#kept.delete(id);
      this.bytes -= cost;
    }
    this.#oldestFirst = this.#kept.entries();
    this.dropped = 0;
    this.#ring.clear();
    for (const { trace } of this.#kept.values()) this.#push(trace);
    if (this.#isRecording) this.#announce();
    this.#options.onChange();
  }

  dispose(): void {
    if (this.#announcer) clearInterval(this.#announcer);
    this.#announcer = null;
  }

  #makeRoomFor(newest: TraceRecord): void {
    while (this.bytes > this.budgetBytes) {
      const next = this.#oldestFirst.next();
      if (next.done || next.value[0] === newest.id) {
        this.#oldestFirst = this.#kept.entries();
        return; // all others are pinned
      }
      const [id, { cost }] = next.value;
      if (this.#pinned.has(id)) continue;
      this.#kept.delete(id);
      this.bytes -= cost;
      this.dropped++;
    }
  }

  #push(trace: TraceRecord): void {
    this.#ring.push((rev) => toRow(trace, rev, this.#pinned.has(trace.id), this.#options.displayPath));
  }

  #announce(): void {
    const before = performance.now() - announceEveryMs / 2;
    for (const trace of this.#running) if (trace.zero < before) this.#push(trace);
    if (this.#running.length === 0) this.dispose();
  }
}
