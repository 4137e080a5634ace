// The traces' part of the contract: rows to pull, a whole trace, its bytes by range, and actions on it.

import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { figuresWanted, storedFigures } from "./figures-contract.js";
import {
  maxBatchRows,
  maxDeletedIds,
  maxQueryLength,
  maxRangeBytes,
  maxStoreAgeDays,
  maxStoreBytes,
  minStoreBytes,
} from "./limits.js";
import { begun, debug } from "./requests-contract.js";
import { message, streamName, traceRow, traceView } from "./trace.js";
import { savedSearch, writtenMarks } from "./trace-marks.js";
import { sortColumns } from "./trace-order.js";
import { problem } from "./workspace.js";

const traceId = z.object({ id: z.string().max(64) });

const maxPageRows = 500;

/**
 * Rows after `since`, oldest first. `missed` counts evicted rows; `generation` identifies the server process.
 * Rows with a `rev` up to `cleared` (0: none) were cleared: their traces no longer exist, except those that are
 * sent again with a higher one. Those up to `left` were of a folder that is no longer open. Traces that other
 * processes store meanwhile have rows, too. `stored` grows when another process has changed what is stored
 * besides: what a search has found may be out of date.
 */
const rowBatch = z.object({
  generation: z.string(),
  rows: z.array(traceRow),
  next: z.number().int(),
  missed: z.number().int(),
  cleared: z.number().int(),
  left: z.number().int(),
  stored: z.number().int(),
});
export type RowBatch = z.infer<typeof rowBatch>;

/**
 * Where a search found its text. `at`: its place in the stream; null elsewhere. The texts are for display, on one line.
 */
const searchHit = z.object({
  part: z.enum(["request-header", "request-body", "response-header", "response-body", "stderr", "variable"]),
  /** The name of the header or variable. */
  name: z.string().nullable(),
  at: z.number().int().nonnegative().nullable(),
  before: z.string(),
  found: z.string(),
  after: z.string(),
});
export type SearchHit = z.infer<typeof searchHit>;

const foundTrace = z.object({ row: traceRow, hit: searchHit.nullable() });
export type FoundTrace = z.infer<typeof foundTrace>;

/** The characters `[from, to)` of the query are wrong. */
const mistake = z.object({ kind: z.literal("mistake"), from: z.number().int(), to: z.number().int(), why: message });

/**
 * The rows of the list from the place `first` on, as far as was searched; `total`: how many match, `all`: how many
 * there are, whatever the query, also if the list was cleared. `version`: for the next call.
 */
const listEvent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("listed"),
    first: z.number().int(),
    found: z.array(foundTrace),
    total: z.number().int(),
    all: z.number().int(),
    searched: z.number(),
    version: z.number().int(),
    /** Why the stored ones cannot be read: those in memory are listed. */
    problem: problem.nullable(),
    isDone: z.boolean(),
  }),
  mistake,
]);
export type ListEvent = z.infer<typeof listEvent>;

/** Whether and how long the traces of a folder are stored on disk. */
export const storeSettings = z.object({
  isOn: z.boolean(),
  maxBytes: z.number().int().min(minStoreBytes).max(maxStoreBytes),
  maxAgeDays: z.number().int().min(1).max(maxStoreAgeDays),
});
export type StoreSettings = z.infer<typeof storeSettings>;

const storeState = z.object({
  settings: storeSettings,
  /**
   * Traces are stored now. False although it is on: it failed, and the log says
   * why; or the command line says otherwise.
   */
  isStoring: z.boolean(),
  /** Whether the settings decide; false: the command line did. */
  isSettable: z.boolean(),
  /** Why the file cannot be read: then it is not known what is stored. */
  problem: problem.nullable(),
  /** The size of the file; null: there is none. */
  bytes: z.number().int().nullable(),
  traces: z.number().int(),
  /** Unix time of the oldest one, ms. */
  oldestAt: z.number().nullable(),
});
export type StoreState = z.infer<typeof storeState>;

const byteRange = z.object({
  id: z.string().max(64),
  stream: streamName,
  from: z.number().int().nonnegative(),
  length: z.number().int().min(0).max(maxRangeBytes),
});

const traceOrder = z.object({ column: z.enum(sortColumns), isDescending: z.boolean() });
/** When a script was saved last, for the time `save` in a query; null: that is not known. Unix time in ms. */
const lastSave = z.number().nullable();
/** What times such as `2h` in a query are relative to, Unix time in ms; by default the time of the call. */
const now = z.number().optional();

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
  get: call.input(traceId).output(traceView),
  /** Captured bytes of a stream; fewer where it ends. MessagePort only: structured clone. */
  bytes: call.input(byteRange).output(z.instanceof(Uint8Array<ArrayBuffer>)),
  /**
   * A range over a WebSocket: the bytes come first, as a binary frame (byte 0, ticket as 32 bits big-endian, bytes).
   */
  frame: call.input(byteRange.extend({ ticket: z.number().int().min(0).max(0xffff_ffff) })).output(z.null()),
  /**
   * The list: pinned traces first, then the others, newest first or in an order. `since`: not before another version
   * than this. `around`: the rows begin so many places before this trace, if the list has it. `isCleared`: without what
   * was there when the list was cleared. `until`: of those that had begun by then, Unix time in ms.
   */
  list: call
    .input(
      z.object({
        query: z.string().max(maxQueryLength),
        order: traceOrder.nullable(),
        first: z.number().int().nonnegative(),
        count: z.number().int().min(1).max(maxPageRows),
        around: z.object({ id: traceId.shape.id, before: z.number().int().nonnegative() }).nullable(),
        since: z.number().int().nullable(),
        isCleared: z.boolean(),
        until: z.number().nullable(),
        now,
        lastSave,
      }),
    )
    .output(eventIterator(listEvent)),
  /** What the stored traces of a script, or of all, say about it. */
  figures: call.input(figuresWanted).output(storedFigures),
  /** How the folder's traces are stored. */
  store: call.output(storeState),
  setStore: call.input(storeSettings).output(storeState),
  /** Deletes the stored traces of the folder, pinned ones too, and those in memory that have ended. */
  forget: call.output(z.null()),
  /** Deletes every ended trace that is not pinned. */
  clear: oc.output(z.null()),
  /** A pinned trace is neither cleared nor evicted. */
  pin: call.input(traceId.extend({ pinned: z.boolean() })).output(z.null()),
  /** Writes a name, a note and tags to a trace that has ended, in place of those before. */
  mark: call.input(traceId.extend({ marks: writtenMarks })).output(z.null()),
  /**
   * Deletes ended traces: those with these ids, and the stored ones that the query finds and that are not pinned; null:
   * no others. `undo`: for `restore`, for a while.
   */
  remove: call
    .input(
      z.object({
        ids: z.array(traceId.shape.id).max(maxDeletedIds),
        query: z.string().max(maxQueryLength).nullable(),
        now,
        lastSave,
      }),
    )
    .output(z.object({ count: z.number().int(), undo: z.number() })),
  /** Undoes a deletion. */
  restore: call.input(z.object({ undo: z.number() })).output(z.null()),
  /** The searches that were saved for the folder, by name. */
  searches: call.output(z.array(savedSearch)),
  /** One of the same name is replaced; an empty query removes it. */
  setSearch: call.input(savedSearch.extend({ query: z.string().max(maxQueryLength) })).output(z.array(savedSearch)),
  /**
   * Sends a recorded request again, byte for byte if possible, to the script as it is now or as it was then. As with
   * `requests.send`, the call owns the request.
   */
  replay: call
    .input(traceId.extend({ version: z.enum(["now", "then"]).default("now"), debug }))
    .output(
      eventIterator(z.discriminatedUnion("kind", [begun, z.object({ kind: z.literal("ended"), id: z.string() })])),
    ),
  /** Ends a running exchange: TERM, then KILL after 2 s. */
  stop: call.input(traceId).output(z.null()),
};
