// What becomes of the fields of a trace when it is made compact: what is shared is listed in
// `shared-contexts.ts`, numbers and streams here, and all else is computed again by `expand`. Packing,
// unpacking and counting follow these lists.
import type { Finding, ProcessInfo } from "../../contract/trace.js";
import type { CapturedStream } from "../captured-stream.js";
import type { TraceRecord } from "../trace-record.js";
import type { PackedRow } from "./number-pages.js";
import type { SharedContext } from "./shared-contexts.js";

export interface CompactTrace extends PackedRow {
  readonly isCompact: true;
  readonly seq: number;
  readonly context: SharedContext;
  /** Where the response lies: what a FastCGI application sent, or stdout, or a file's bytes. */
  readonly memory: ArrayBufferLike | null;
  /** The bytes of streams that lie elsewhere, in the order of `keptStreams`. */
  readonly own: readonly Uint8Array[];
  /** Null: not over FastCGI. */
  readonly worker: string | null;
  readonly process: ProcessInfo | null;
  readonly findings: readonly Finding[];
  readonly examined: boolean;
  pinned: boolean;
  rev: number;
  /** Bytes. */
  readonly cost: number;
}

/** Numbers of a FastCGI conversation, by their names in the recorder. */
export const conversationTimes = ["queuedAt", "readyAt", "connectedAt"] as const;
export const conversationIntegers = ["pid", "nth"] as const;

/** The streams of a trace. */
export const keptStreams = ["requestBody", "stdin", "stdout", "stderr", "responseBody", "sent", "received"] as const;
export type KeptStream = (typeof keptStreams)[number];
export const streamIn: Readonly<Record<KeptStream, (trace: TraceRecord) => CapturedStream | null>> = {
  requestBody: ({ request }) => request.body,
  stdin: ({ stdin }) => stdin,
  stdout: ({ stdout }) => stdout,
  stderr: ({ stderr }) => stderr,
  responseBody: ({ response }) => response?.body ?? null,
  sent: ({ fastcgi }) => fastcgi?.sent ?? null,
  received: ({ fastcgi }) => fastcgi?.received ?? null,
};

/** Where the bytes of a stream are. */
export const place = { noStream: 0, empty: 1, memory: 2, own: 3, context: 4 } as const;
