// The conversation with a FastCGI application in a trace: every record's header with its offset and time, and the bytes
// of both directions. Those share memory with stdin, stdout and stderr, so keeping them costs little.

import type { Message } from "../contract/message.js";
import type { RecordHeader } from "../protocol/fastcgi/record-header.js";
import { type PlacedRecord, RecordReader } from "../protocol/fastcgi/record-reader.js";
import { headerBytes, protocolStatus, type RoleName } from "../protocol/fastcgi/record-types.js";
import { CapturedStream } from "./captured-stream.js";

/** Further records of a trace are only counted. */
const maxRecords = 4096;

export interface KeptRecord extends PlacedRecord {
  /** ms since the request's first byte. */
  readonly at: number;
  readonly direction: "sent" | "received";
}

/** The streams that keep the same bytes as the conversation's two directions. */
interface KeptBy {
  readonly sent: readonly CapturedStream[];
  readonly received: readonly CapturedStream[];
}

export class FastcgiRecorder {
  /** Who answers: the address, or the name of one of several workers. */
  worker: string | null = null;
  /** The worker's process, where it is known. */
  pid: number | null = null;
  /** Which request of its process it is, counted from 1, where that is known. */
  nth: number | null = null;
  role: RoleName = "responder";
  /** An earlier request had used the connection. */
  reused = false;
  /**
   * Connections tried: more than one when a kept one was closed over the request, or the application refused it there.
   */
  attempts = 0;
  /**
   * When a connection was requested, when a kept one was free or a new one was begun, and when it was
   * open: ms since the request's first byte.
   */
  queuedAt: number | null = null;
  readyAt: number | null = null;
  connectedAt: number | null = null;
  /** Of END_REQUEST. */
  appStatus: number | null = null;
  protocolStatus: number | null = null;
  /** What its reserved bytes say: an agent of ours reports how much of the request body the script left. */
  unread = 0;
  /**
   * What is particular: what the application did that FastCGI does not allow and that was taken all the
   * same, and why an attempt was not the last.
   */
  readonly notes: Message[] = [];
  /**
   * The numbers of the records whose bytes were not kept, one after the other: an object for
   * each would be most of what a trace costs.
   */
  #numbers: number[] = [];
  /** Records that are only counted. */
  uncounted = 0;
  readonly sent: CapturedStream;
  readonly received: CapturedStream;
  readonly #t0Ms: number;
  readonly #keeps: boolean;

  /** `t0Ms`: the request's first byte as performance.now(). `keptBy`: see `CapturedStream`. */
  constructor(t0Ms: number, captureBytes: number, keptBy: KeptBy = { sent: [], received: [] }) {
    this.#t0Ms = t0Ms;
    this.#keeps = captureBytes > 0;
    this.sent = new CapturedStream(captureBytes, null, keptBy.sent);
    this.received = new CapturedStream(captureBytes, null, keptBy.received);
  }

  /** The first 4096, in the order of their times. Those whose bytes were kept are read from these. */
  get records(): KeptRecord[] {
    return this.#all().slice(0, maxRecords);
  }

  /** Records beyond the first 4096. */
  get omitted(): number {
    return Math.max(0, this.#all().length - maxRecords) + this.uncounted;
  }

  /** Records that take memory of their own. */
  get recordCount(): number {
    return this.#numbers.length / numbersOfRecord;
  }

  /** The same: those whose bytes were not kept. */
  get furtherRecords(): KeptRecord[] {
    return Array.from({ length: this.recordCount }, (_, nth) => this.#record(nth));
  }

  /** When the application was sent the request's first record: ms since the request's first byte. */
  get begunAt(): number | null {
    return this.sent.firstAt;
  }

  /** ms since the request's first byte. */
  since(at: number): number {
    return at - this.#t0Ms;
  }

  /**
   * A record's header was received or sent. Its bytes were added before. `offset` counts from the first byte of this
   * direction that belongs to the request; `at`: performance.now().
   */
  record(
    direction: KeptRecord["direction"],
    { type, requestId, contentLength, paddingLength }: RecordHeader,
    offset: number,
    at: number,
  ): void {
    if (!this.#keeps || offset + headerBytes <= this[direction].captured) return;
    if (this.recordCount < maxRecords)
      this.#numbers.push(
        this.since(at),
        direction === "sent" ? 1 : 0,
        type,
        requestId,
        contentLength,
        paddingLength,
        offset,
      );
    else this.uncounted++;
  }

  /** A complete conversation without anything unusual: the bytes say all of it. */
  get isSimple(): boolean {
    return (
      this.worker !== null &&
      this.role === "responder" &&
      this.attempts === 1 &&
      this.appStatus === 0 &&
      this.protocolStatus === protocolStatus.requestComplete &&
      this.notes.length === 0 &&
      this.recordCount === 0 &&
      this.uncounted === 0 &&
      this.sent.isSimple &&
      this.received.isSimple
    );
  }

  note(message: Message): void {
    const isKnown = this.notes.some(({ code, text }) => code === message.code && text === message.text);
    if (!isKnown && this.notes.length < maxNotes) this.notes.push(message);
  }

  /** Another connection is needed since `at`: forgets the one before, and what was sent and received on it. */
  startAgain(at: number): void {
    this.reused = false;
    this.queuedAt = this.since(at);
    this.readyAt = this.connectedAt = null;
    this.appStatus = this.protocolStatus = null;
    this.unread = 0;
    this.#numbers = [];
    this.uncounted = 0;
    this.sent.clear();
    this.received.clear();
  }

  #all(): KeptRecord[] {
    // To the µs, as times are shown and stored: a stored conversation has the same order.
    return [...recordsIn("sent", this.sent), ...recordsIn("received", this.received), ...this.furtherRecords].sort(
      (a, b) => Math.round(a.at * 1000) - Math.round(b.at * 1000),
    );
  }

  #record(nth: number): KeptRecord {
    const from = nth * numbersOfRecord;
    const [at = 0, sent, type = 0, requestId = 0, contentLength = 0, paddingLength = 0, offset = 0] =
      this.#numbers.slice(from, from + numbersOfRecord);
    return { type, requestId, contentLength, paddingLength, offset, direction: sent === 1 ? "sent" : "received", at };
  }
}

/** The records whose headers were captured. */
function recordsIn(direction: KeptRecord["direction"], stream: CapturedStream): KeptRecord[] {
  const records: KeptRecord[] = [];
  let now = 0;
  const record = (placed: PlacedRecord): number => records.push({ ...placed, direction, at: now });
  const reader = new RecordReader({ record, content: () => {}, contentEnd: () => {} });
  for (const { bytes, at } of stream.pieces()) {
    now = at;
    reader.push(bytes);
  }
  return records;
}

const numbersOfRecord = 7;

const maxNotes = 20;
