// What the record of a trace has in its JSON text, and the numbers of a FastCGI conversation.
import type { FastcgiRecorder, KeptRecord } from "../fastcgi-recorder.js";
import type { RecordedScript, TraceRecord } from "../trace-record.js";

/** `id` comes first: see `recordedId`. */
export interface TraceFacts {
  readonly id: string;
  /** Absent: not over FastCGI. */
  readonly worker?: string | null;
  readonly process?: TraceRecord["process"];
  /** The findings that were known when the trace ended. */
  readonly findings?: TraceRecord["findings"];
  /** Absent: it was complete, without anything unusual. */
  readonly conversation?: Pick<
    FastcgiRecorder,
    "role" | "attempts" | "appStatus" | "protocolStatus" | "notes" | "uncounted"
  > & { readonly further: readonly KeptRecord[] };
  /** Absent: it can be read again from stdout, or there is none. */
  readonly script?: RecordedScript | null;
  /** Absent: they can be read again from the head. */
  readonly headers?: TraceRecord["request"]["headers"];
}

/** Numbers of a conversation, by their names in the recorder. */
export const conversationNumbers = ["pid", "nth", "queuedAt", "readyAt", "connectedAt"] as const;
