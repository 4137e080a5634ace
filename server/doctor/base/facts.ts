// What a rule checks: a finished trace, and the script's file. The types fit both the server's thread, where the
// streams are the trace's own, and the worker thread, where they are copies.
import type { Message } from "../../contract/message.js";
import type { StreamInfo } from "../../contract/trace.js";
import type { KeptRecord } from "../../trace/fastcgi-recorder.js";
import type { RecordedRequest, RecordedResponse, TraceRecord } from "../../trace/trace-record.js";
import type { ScriptFile } from "./script-file.js";
import type { Site } from "./site.js";

/** A stream's captured bytes. */
export interface Bytes extends StreamInfo {
  /** Captured bytes `[from, from + length)`; fewer where they end. */
  read(from: number, length: number): Uint8Array;
}

/** What inline rules check. On a healthy response a check must cost no more than a few comparisons. */
export interface TraceFacts
  extends Pick<
    TraceRecord,
    | "outcome"
    | "cause"
    | "client"
    | "parent"
    | "route"
    | "argv"
    | "cwd"
    | "env"
    | "notExported"
    | "held"
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
    readonly notes: readonly Message[];
  } | null;
}

/** What deferred rules check. */
export interface FactsWithFile extends TraceFacts {
  /** Read after the request, and only if it failed, wrote to stderr or has data of the client; null otherwise. */
  readonly file: ScriptFile | null;
  /** Where paths are files; null: it is not known. */
  readonly site?: Site | null;
}
