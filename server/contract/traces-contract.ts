// The traces' part of the contract: rows to pull, a whole trace, its bytes by range, and actions on it.
import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { maxBatchRows, maxRangeBytes } from "./limits.js";
import { begun } from "./requests-contract.js";
import { streamName, traceRow, traceView } from "./trace.js";
import { problem } from "./workspace.js";

const traceId = z.object({ id: z.string().max(64) });

/**
 * Rows after `since`, oldest first. `missed` counts evicted rows; `generation` identifies the server process. Rows with a
 * `rev` up to `cleared` (0: none) were cleared: their traces no longer exist, except those that are sent again with a
 * higher one.
 */
export const rowBatch = z.object({
  generation: z.string(),
  rows: z.array(traceRow),
  next: z.number().int(),
  missed: z.number().int(),
  cleared: z.number().int(),
});
export type RowBatch = z.infer<typeof rowBatch>;

const byteRange = z.object({
  id: z.string().max(64),
  stream: streamName,
  from: z.number().int().nonnegative(),
  length: z.number().int().min(0).max(maxRangeBytes),
});

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

export const tracesContract = {
  next: oc
    .input(
      z.object({
        since: z.number().int().nonnegative(),
        generation: z.string().nullable(),
        max: z.number().int().min(1).max(maxBatchRows),
      }),
    )
    .output(rowBatch),
  get: oc.errors(failures).input(traceId).output(traceView),
  /** Captured bytes of a stream; fewer where it ends. MessagePort only: structured clone. */
  bytes: oc
    .errors(failures)
    .input(byteRange)
    .output(z.instanceof(Uint8Array<ArrayBuffer>)),
  /**
   * The same over a WebSocket: the bytes come first, as a binary frame (byte 0, ticket as 32 bits big-endian, bytes).
   */
  frame: oc
    .errors(failures)
    .input(byteRange.extend({ ticket: z.number().int().min(0).max(0xffff_ffff) }))
    .output(z.null()),
  /** Deletes every ended trace that is not pinned. */
  clear: oc.output(z.null()),
  /** A pinned trace is neither cleared nor evicted. */
  pin: oc
    .errors(failures)
    .input(traceId.extend({ pinned: z.boolean() }))
    .output(z.null()),
  /** Sends a recorded request again, byte for byte if possible. As with `requests.send`, the call owns the request. */
  replay: oc
    .errors(failures)
    .input(traceId)
    .output(
      eventIterator(z.discriminatedUnion("kind", [begun, z.object({ kind: z.literal("ended"), id: z.string() })])),
    ),
  /** Ends a running exchange: TERM, then KILL after 2 s. */
  stop: oc.errors(failures).input(traceId).output(z.null()),
};
