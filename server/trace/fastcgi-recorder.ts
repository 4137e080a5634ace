// The conversation with a FastCGI application in a trace: every record's header with its place and time, and the bytes of both
// directions as they passed. Those share memory with stdin, stdout and stderr, so that showing a record costs nothing to keep.

import type { RecordHeader } from "../protocol/fastcgi/record-header.js";
import type { PlacedRecord } from "../protocol/fastcgi/record-reader.js";
import type { RoleName } from "../protocol/fastcgi/record-types.js";
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
  readonly records: KeptRecord[] = [];
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

  /** ms since the request's first byte. */
  since(at: number): number {
    return at - this.#zero;
  }

  /** `at`: performance.now(); `offset` counts from the first byte of this direction that belongs to the request. */
  record(direction: KeptRecord["direction"], { type, requestId, contentLength, paddingLength }: RecordHeader, offset: number, at: number): void {
    if (!this.#keeps) return;
    // Field by field: what a spread adds to gets a shape of its own in V8, for each object.
    if (this.records.length < maxRecords) this.records.push({ type, requestId, contentLength, paddingLength, offset, direction, at: this.since(at) });
    else this.omitted++;
  }

  note(sentence: string): void {
    if (this.notes.length < maxNotes && !this.notes.includes(sentence)) this.notes.push(sentence);
  }

  /** Another connection is tried: what the one before carried is forgotten. */
  startAgain(): void {
    this.records.length = 0;
    this.omitted = 0;
    this.sent.clear();
    this.received.clear();
  }
}

const maxNotes = 20;
