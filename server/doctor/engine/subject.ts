// What a rule sees: a finished trace, and what is known of the script's file. The same on the server's own thread, where the streams
// are the trace's, and in the worker, where they are copies.
import type { StreamInfo } from "../../contract/trace.js";
import type { KeptRecord } from "../../trace/fastcgi-recorder.js";
import type { RecordedRequest, RecordedResponse, TraceRecord } from "../../trace/trace-record.js";
import type { ScriptFile } from "../evidence/script-file.js";

/** A stream's captured bytes. */
export interface Bytes extends StreamInfo {
  /** Captured bytes `[from, from + length)`; fewer where they end. */
  read(from: number, length: number): Uint8Array;
}

/** What every rule sees; those that run at once see no more, and must not cost more than a few comparisons on a healthy response. */
export interface TraceFacts
  extends Pick<
    TraceRecord,
    | "outcome"
    | "detail"
    | "parent"
    | "route"
    | "argv"
    | "cwd"
    | "env"
    | "notExported"
    | "script"
    | "process"
    | "timing"
    | "notes"
  > {
  readonly request: Omit<RecordedRequest, "body"> & { readonly body: Bytes };
  readonly response: (Omit<RecordedResponse, "body"> & { readonly body: Bytes }) | null;
  readonly stdin: Bytes | null;
  readonly stdout: Bytes | null;
  readonly stderr: Bytes | null;
  readonly fastcgi: {
    readonly records: readonly KeptRecord[];
    readonly received: Bytes;
    readonly notes: readonly string[];
  } | null;
}

export interface Subject extends TraceFacts {
  /** Read after the fact, and only when the request failed; null otherwise. */
  readonly file: ScriptFile | null;
}
