// The traces of this server: those under way, those that ended (the newest, within a budget), and the rows the window pulls.
import { randomUUID } from "node:crypto";
import { removeItem } from "../base/remove-item.js";
import { maxTraces } from "../contract/limits.js";
import type { StreamName, TraceRow } from "../contract/trace.js";
import { byteString } from "../protocol/byte-string.js";
import { CapturedStream } from "./captured-stream.js";
import { type CompactTrace, compact, expand } from "./compact/compact-trace.js";
import { ChangeFeed, type Rows } from "./store/change-feed.js";
import { TraceTable } from "./store/trace-table.js";
import type { TraceRecord } from "./trace-record.js";
import { toRow } from "./trace-row.js";
import { streamOf, traceCostBytes } from "./trace-streams.js";

export interface TraceBeginning {
  /** performance.now() of the request's first byte. */
  readonly t0Ms: number;
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

type KeptTrace = TraceRecord | CompactTrace;

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
  readonly #shelf = new TraceTable<KeptTrace>();
  readonly #running: TraceRecord[] = [];
  #pinned = 0;
  readonly #ring = new ChangeFeed<KeptTrace | TraceRow>((source, rev) =>
    "isResting" in source ? this.#row(source, rev) : source,
  );
  readonly #idPrefix = `${this.generation.slice(0, 8)}-`;
  readonly #awaited = new Map<string, (() => void)[]>();
  #seq = 0;
  #announcer: NodeJS.Timeout | null = null;

  constructor(options: TraceLogOptions) {
    this.#options = options;
    this.#isRecording = options.recording ?? true;
    this.#captureBytes = options.captureBytes;
    this.budgetBytes = options.budgetBytes;
  }

  /** How much of each stream of a new trace is kept. */
  get captureBytes(): number {
    return this.#isRecording ? this.#captureBytes : 0;
  }

  set captureBytes(bytes: number) {
    this.#captureBytes = bytes;
  }

  get count(): number {
    return this.#shelf.count;
  }

  begin({ t0Ms, client, connection, parent, request }: TraceBeginning): TraceRecord {
    const seq = ++this.#seq;
    const { head, method, target, httpVersion, headers } = request;
    const trace: TraceRecord = {
      isResting: false,
      id: this.#idOf(seq),
      seq,
      startedAt: startOf(t0Ms),
      t0Ms,
      outcome: null,
      cause: null,
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
      timing: {
        headAt: null,
        admittedAt: null,
        spawnedAt: null,
        firstByteAt: null,
        headersAt: null,
        lastByteAt: null,
        exitAt: null,
        doneAt: null,
      },
      notes: { handlerBecause: null, heldBy: null, failure: null, policy: null },
      findings: [],
      examined: false,
      pinned: false,
      rev: 0,
      cost: 0,
    };
    this.#running.push(trace);
    if (this.#isRecording) this.#announcer ??= setInterval(() => this.#publishRunning(), announceEveryMs).unref();
    return trace;
  }

  /** The exchange is over: the trace does not change any more. */
  end(trace: TraceRecord): void {
    if (!removeItem(this.#running, trace)) return;
    trace.timing.doneAt ??= performance.now() - trace.t0Ms;
    trace.outcome ??= "ok";
    if (this.#isRecording) this.#keep(trace);
    if (this.#awaited.size === 0) return;
    for (const tell of this.#awaited.get(trace.id) ?? []) tell();
    this.#awaited.delete(trace.id);
  }

  #keep(trace: TraceRecord): void {
    this.#options.examine(trace);
    const kept = compact(trace) ?? trace;
    kept.rev = this.#pushed(kept); // first: the row of a trace that has to go may be out of reach then
    this.#store(kept);
    this.#options.onChange();
  }

  /** In the place of what was kept of it before. */
  #store(trace: KeptTrace): void {
    if (!trace.isResting) trace.cost = traceCostBytes(trace);
    this.bytes += trace.cost - (this.#shelf.get(trace.seq)?.cost ?? 0);
    this.#shelf.put(trace);
    if (this.#hasTooMuch) this.#makeRoomFor(trace);
  }

  /** Something was added to an ended trace: its row comes again. */
  republish(trace: TraceRecord): void {
    if (this.#shelf.get(trace.seq) === trace) this.#push(trace);
  }

  /** Nobody works on the ended trace any more: it may take less room. Whoever holds the record holds one of the past. */
  compact(trace: TraceRecord): void {
    if (this.#shelf.get(trace.seq) !== trace) return;
    const compacted = compact(trace);
    if (!compacted) return;
    this.#store(compacted);
    this.#ring.replace(compacted.rev, compacted);
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

  /** The record that is kept, or under way. What rests is woken, and stays awake. */
  get(id: string): TraceRecord | null {
    const seq = this.#seqOf(id);
    const kept = seq === null ? null : this.#shelf.get(seq);
    if (!kept) return this.#running.find((trace) => trace.id === id) ?? null;
    if (!kept.isResting) return kept;
    const trace = expand(kept, id, startOf(kept.t0Ms));
    this.#store(trace);
    this.#ring.replace(trace.rev, trace);
    return trace;
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
    if (!trace || (pinned && !trace.pinned && this.#pinned >= maxPinned)) return false;
    if (pinned !== trace.pinned) this.#pinned += pinned ? 1 : -1;
    trace.pinned = pinned;
    if (trace.outcome !== null) this.#store(trace); // it may be the oldest now
    this.#push(trace);
    return true;
  }

  /** Forgets every ended trace that is not pinned, with its row. */
  clear(): void {
    this.#ring.clear();
    for (const kept of [...this.#shelf]) {
      const pinned = kept.pinned ? this.get(this.#idOf(kept.seq)) : null;
      if (pinned) this.#push(pinned);
      else this.#evict(kept);
    }
    this.dropped = 0;
    if (this.#isRecording) this.#publishRunning();
    this.#options.onChange();
  }

  dispose(): void {
    if (this.#announcer) clearInterval(this.#announcer);
    this.#announcer = null;
  }

  get #hasTooMuch(): boolean {
    return this.bytes > this.budgetBytes || this.#shelf.count > maxTraces;
  }

  #makeRoomFor(newest: KeptTrace): void {
    while (this.#hasTooMuch) {
      const oldest = this.#shelf.oldest();
      if (!oldest || oldest === newest) return; // all others are pinned
      this.#evict(oldest);
      if (this.#ring.contains(oldest.rev)) this.#ring.replace(oldest.rev, this.#row(oldest, oldest.rev)); // the list may still show it
      this.dropped++;
    }
  }

  #evict(trace: KeptTrace): void {
    this.#shelf.remove(trace.seq);
    this.bytes -= trace.cost;
  }

  #push(trace: TraceRecord): void {
    trace.rev = this.#pushed(trace);
  }

  /** Its newest row takes the place of the one before. */
  #pushed(trace: KeptTrace): number {
    if (trace.rev > 0) this.#ring.replace(trace.rev, null);
    return this.#ring.push(trace);
  }

  #row(trace: KeptTrace, rev: number): TraceRow {
    return toRow(trace, rev, {
      id: this.#idOf(trace.seq),
      startedAt: startOf(trace.t0Ms),
      displayPath: this.#options.displayPath,
    });
  }

  #idOf(seq: number): string {
    return this.#idPrefix + seq;
  }

  #seqOf(id: string): number | null {
    return id.startsWith(this.#idPrefix) ? Number(id.slice(this.#idPrefix.length)) : null;
  }

  #publishRunning(): void {
    const before = performance.now() - announceEveryMs / 2;
    for (const trace of this.#running) if (trace.t0Ms < before) this.#push(trace);
    if (this.#running.length === 0) this.dispose();
  }
}

/** Unix time, ms. */
const startOf = (t0Ms: number): number => performance.timeOrigin + t0Ms;
