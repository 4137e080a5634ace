// The RPC contract between window and server: the same over a MessagePort and a WebSocket. Streams are pulled: `next` answers
// when there is something after `since` (and 16 ms of batching), so a paused page costs nothing and resuming is asking again.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { maxBatchRows, maxRangeBytes } from "./limits.js";
import { mode, streamName, traceRow, traceView } from "./trace.js";
import { fileContent, fileList, latencySummary, problem, saved, workbenchState, workspacePath } from "./workspace.js";

/** Rows after `since`, oldest first. `missed` counts those that had left the ring; `generation` tells a restarted server. */
export const rowBatch = z.object({ generation: z.string(), rows: z.array(traceRow), next: z.number().int(), missed: z.number().int() });
export type RowBatch = z.infer<typeof rowBatch>;

const byteRange = z.object({
  id: z.string().max(64),
  stream: streamName,
  from: z.number().int().nonnegative(),
  length: z.number().int().min(0).max(maxRangeBytes),
});

/** What the composer sends. Bytes travel as base64; header names and values as the user typed them, sent as UTF-8. */
export const composedRequest = z.object({
  method: z.string().min(1).max(64),
  target: z.string().min(1).max(65_536),
  headers: z.array(z.tuple([z.string().max(1024), z.string().max(65_536)])).max(500),
  body: z.union([z.object({ text: z.string().max(16 << 20) }), z.object({ base64: z.string().max(24 << 20) }), z.null()]),
  mode: mode.nullable(),
});
export type ComposedRequest = z.infer<typeof composedRequest>;

const failures = {
  NOT_FOUND: { data: problem },
  NOT_POSSIBLE: { data: problem },
} as const;

export const contract = {
  state: {
    /** The state once its `rev` is above `since` (−1: at once). */
    next: oc.input(z.object({ since: z.number().int().min(-1), generation: z.string().nullable() })).output(workbenchState),
  },
  server: {
    /** `port` null: 8080 or the next free one. A number is taken as it is or refused. */
    start: oc
      .errors(failures)
      .input(z.object({ port: z.number().int().min(0).max(65_535).nullable() }))
      .output(z.null()),
    stop: oc.output(z.null()),
  },
  workspace: {
    /** Opens a folder by its absolute path (or one beginning with `~/`). */
    open: oc
      .errors(failures)
      .input(z.object({ path: z.string().min(1).max(4096) }))
      .output(z.null()),
    close: oc.output(z.null()),
    /** Folders below `path` for the browser's folder chooser; `path` null: the home folder. */
    folders: oc
      .errors(failures)
      .input(z.object({ path: z.string().max(4096).nullable() }))
      .output(z.object({ path: z.string(), parent: z.string().nullable(), folders: z.array(z.string()), truncated: z.boolean() })),
  },
  files: {
    list: oc.errors(failures).output(fileList),
    read: oc
      .errors(failures)
      .input(z.object({ path: workspacePath }))
      .output(fileContent),
    /** Writes atomically, keeping the mode, only when the file still has `expectedHash` (null: must not exist yet). */
    write: oc
      .errors(failures)
      .input(z.object({ path: workspacePath, text: z.string().max(16 << 20), bom: z.boolean(), expectedHash: z.string().nullable() }))
      .output(saved),
  },
  requests: {
    /** Sends a request through the listener and answers with its trace's id when the response has ended. */
    send: oc
      .errors(failures)
      .input(composedRequest)
      .output(z.object({ id: z.string() })),
  },
  metrics: {
    /** Of one script (its path in the workspace), or of all for null. */
    latency: oc.input(z.object({ file: workspacePath.nullable() })).output(latencySummary),
  },
  traces: {
    next: oc
      .input(z.object({ since: z.number().int().nonnegative(), generation: z.string().nullable(), max: z.number().int().min(1).max(maxBatchRows) }))
      .output(rowBatch),
    get: oc
      .errors(failures)
      .input(z.object({ id: z.string().max(64) }))
      .output(traceView),
    /** Captured bytes of a stream; shorter than asked at its end. MessagePort only: structured clone. */
    bytes: oc
      .errors(failures)
      .input(byteRange)
      .output(z.instanceof(Uint8Array<ArrayBuffer>)),
    /** The same over a WebSocket: the bytes come first, as a binary frame (byte 0, ticket as 32 bits big-endian, bytes). */
    frame: oc
      .errors(failures)
      .input(byteRange.extend({ ticket: z.number().int().min(0).max(0xffff_ffff) }))
      .output(z.null()),
    clear: oc.output(z.null()),
    /** Ends a running exchange: TERM, then KILL after 2 s. */
    stop: oc
      .errors(failures)
      .input(z.object({ id: z.string().max(64) }))
      .output(z.null()),
  },
};
export type Contract = typeof contract;
