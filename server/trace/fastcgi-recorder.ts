// The conversation with a FastCGI application in a trace: every record's header with its place and time, and the bytes of both
// directions as they passed. Those share memory with stdin, stdout and stderr, so that showing a record costs nothing to keep.

import type { RecordHeader } from "../protocol/fastcgi/record-header.js";
import { type PlacedRecord, RecordReader } from "../protocol/fastcgi/record-reader.js";
import { protocolStatus, type RoleName } from "../protocol/fastcgi/record-types.js";
import { CapturedStream } from "./captured-stream.js";

/** Further records of a trace are only counted. */
export const maxRecords = 4096;

export interface KeptRecord extends PlacedRecord {
  /** ms since the request's first byte. */
  readonly at: number;
  readonly direction: "sent" | "received";
}

export class FastcgiRecorder {
  /** Who serves: the address, or the name of one of several workers. */
  worker: string | null = null;
  /** The worker's process, where it is known. */
  pid: number | null = null;
  /** Which request of its process it is, counted from 1, where that is known. */
  nth: number | null = null;
  role: RoleName = "responder";
  /** An earlier request had used the connection. */
  reused = false;
  /** Connections tried: more than one when a kept one turned out to be closed. */
  attempts = 0;
  /** When a connection was asked for, when a kept one was free or a new one begun, and when it was open: ms since the request's first byte. */
  queuedAt: number | null = null;
  readyAt: number | null = null;
  connectedAt: number | null = null;
  /** END_REQUEST's. */
  appStatus: number | null = null;
  protocolStatus: number | null = null;
  /** What the application did that FastCGI does not allow, and that was taken all the same: plain sentences. */
  readonly notes: string[] = [];
  /** The records' numbers in a row: an object for each would be most of what a trace costs to keep. */
  #numbers: number[] = [];
  /** Records beyond the first 4096. */
  omitted = 0;
  readonly sent: CapturedStream;
  readonly received: CapturedStream;
  readonly #zero: number;
  readonly #keeps: boolean;

  /** `zero`: the request's first byte as performance.now(). */
  constructor(zero: number, captureBytes: number) {
    this.#zero = zero;
    this.#keeps = captureBytes > 0;
    this.sent = new CapturedStream(captureBytes);
    this.received = new CapturedStream(captureBytes);
  }

  get records(): KeptRecord[] {
    return Array.from({ length: this.recordCount }, (_, nth) => this.#record(nth));
  }

  get recordCount(): number {
    return this.#numbers.length / numbersOfRecord;
  }

  /** When the application was told of the request, by its first record: ms since the request's first byte. */
  get begunAt(): number | null {
    return this.#numbers[0] ?? null;
  }

  /** ms since the request's first byte. */
  since(at: number): number {
    return at - this.#zero;
  }

  /** `offset` counts from the first byte of this direction that belongs to the request; `at`: performance.now(). */
  record(direction: KeptRecord["direction"], { type, requestId, contentLength, paddingLength }: RecordHeader, offset: number, at: number): void {
    if (!this.#keeps) return;
    if (this.recordCount < maxRecords) this.#numbers.push(this.since(at), direction === "sent" ? 1 : 0, type, requestId, contentLength, paddingLength, offset);
    else this.omitted++;
  }

  /** A whole conversation about which there is nothing particular to say: its records can be read again from the bytes. */
  get isSimple(): boolean {
    return (
      this.worker !== null &&
      this.role === "responder" &&
      this.attempts === 1 &&
      this.protocolStatus === protocolStatus.requestComplete &&
      this.notes.length === 0 &&
      this.omitted === 0 &&
      this.sent.isSimple &&
      this.received.isSimple
    );
  }

  /** The bytes of one direction, which went or came together, and their records. `at`: ms since the request's first byte. */
  readAgain(direction: KeptRecord["direction"], bytes: Uint8Array, at: number): void {
    this[direction].add(bytes, at);
    const record = (placed: PlacedRecord): void => this.record(direction, placed, placed.offset, at + this.#zero);
    new RecordReader({ record, content: () => {}, contentEnd: () => {} }).push(bytes);
  }

  note(sentence: string): void {
    if (this.notes.length < maxNotes && !this.notes.includes(sentence)) this.notes.push(sentence);
  }

  /** Another connection is tried: what the one before carried is forgotten. */
  startAgain(): void {
    this.#numbers = [];
    this.omitted = 0;
    this.sent.clear();
    this.received.clear();
  }

  #record(nth: number): KeptRecord {
    const from = nth * numbersOfRecord;
    const [at = 0, sent, type = 0, requestId = 0, contentLength = 0, paddingLength = 0, offset = 0] = this.#numbers.slice(from, from + numbersOfRecord);
    return { type, requestId, contentLength, paddingLength, offset, direction: sent === 1 ? "sent" : "received", at };
  }
}

const numbersOfRecord = 7;

const maxNotes = 20;
