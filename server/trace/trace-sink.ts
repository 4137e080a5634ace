// Where the traces of ended requests go: what a store has to offer to the trace log.
import type { Finding } from "../contract/trace.js";
import type { EncodedTrace } from "./codec/encode-trace.js";
import type { TraceRecord } from "./trace-record.js";

/** What a trace log tells of its ended traces. */
export interface TraceSink {
  /** `encoded`: the same trace. False: it will not be stored. */
  ended(trace: TraceRecord, encoded: EncodedTrace): boolean;
  /** Findings came later. */
  found(id: string, findings: readonly Finding[]): void;
  pinned(id: string, pinned: boolean): void;
  /** Resolves when the trace would not be shortened: for whoever has many of them, and can wait. */
  room(trace: TraceRecord): Promise<void>;
  /** Forgets what later traces could share with earlier ones. */
  forget(): void;
}
