// Measuring a script in each way to run it: whether its outputs are CGI's, what it leaves behind, how fast it is, where
// its cold start goes. The last measurement of each script is kept for the folder.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { benchReport, leaksReport, startupReport } from "./command-output.js";
import { maxFileText, maxMeasureConnections, maxMeasureRate, maxMeasureSeconds } from "./limits.js";
import { message, mode } from "./trace.js";
import { fileEncoding, problem, scriptHash, workspacePath } from "./workspace.js";

/** One mode of a measurement. */
const measuredMode = z.object({
  mode,
  /** The target of the file that makes an application of the script; null: the measurement's. */
  target: z.string().nullable().default(null),
  /** Null: it was not measured, and `problem` says why. */
  figures: benchReport.shape.modes.element.nullable(),
  /** Compared with CGI; null: nothing to compare. */
  leaks: leaksReport.nullable(),
  /** Places in the list of leaks that `reset` can put back. */
  resettable: z.array(z.number().int()).default([]),
  /** Processes that serve it at most; null: each request has its own, or that is not known. */
  workers: z.number().int().positive().nullable().default(null),
  problem: problem.nullable(),
});
export type MeasuredMode = z.infer<typeof measuredMode>;

export const measurement = z.object({
  path: workspacePath,
  target: z.string(),
  measuredAt: z.iso.datetime({ precision: 3 }),
  /** SHA-256 of the script when the measurement began, hex; null: it was gone. */
  scriptHash: z.string().nullable(),
  /** The file that makes an application of it, and its hash; null: none was measured. */
  wrapper: z.object({ path: workspacePath, hash: z.string().nullable() }).nullable().default(null),
  /** One of the two was saved meanwhile, so not all of this is about one version. */
  hasChanged: z.boolean().default(false),
  /** Processors of the machine. */
  cores: z.number().int().positive(),
  connections: z.number().int().positive(),
  /** Requests a second that were due; null: each connection sent its next request after a response. */
  rate: z.number().positive().nullable().default(null),
  /** The time of each mode, all rounds together. */
  seconds: z.number(),
  modes: z.array(measuredMode),
  /** Which mode to choose, in sentences; `mode` null: none is recommended. `isProven`: the difference is real. */
  verdict: z.object({ mode: mode.nullable(), isProven: z.boolean(), messages: z.array(message) }),
  /** Null: the script's language has no means to find out. */
  startup: startupReport.nullable(),
});
export type Measurement = z.infer<typeof measurement>;

/** What is going on. `done`: the part of the work that is over, from 0 to 1. */
const progress = z.object({
  kind: z.literal("progress"),
  step: z.enum(["outputs", "startup", "rounds"]),
  mode: mode.nullable(),
  round: z.number().int().nullable(),
  rounds: z.number().int(),
  done: z.number().min(0).max(1),
});
export type MeasureProgress = z.infer<typeof progress>;

export const measureAsked = z.object({
  path: workspacePath,
  /** A GET of it leads to the script. */
  target: z.string().min(1).max(65_536),
  connections: z.number().int().min(1).max(maxMeasureConnections),
  /** Requests a second that are due; null: each connection sends its next request after a response. */
  rate: z.number().int().min(1).max(maxMeasureRate).nullable().default(null),
  seconds: z.number().min(0.1).max(maxMeasureSeconds),
});
export type MeasureAsked = z.infer<typeof measureAsked>;

/** What a script is measured beside. */
const against = z.discriminatedUnion("kind", [
  /** The editor's text, which is not saved. */
  z.object({ kind: z.literal("unsaved"), text: z.string().max(maxFileText), bom: z.boolean(), encoding: fileEncoding }),
  /** A version that a trace ran, of now or of an earlier session. */
  z.object({ kind: z.literal("ran"), hash: scriptHash }),
  z.object({ kind: z.literal("script"), target: z.string().min(1).max(65_536) }),
]);
const compareAsked = measureAsked.extend({ mode, against });
export type CompareAsked = z.infer<typeof compareAsked>;
const compared = z.object({
  /** The figures of the script, then of the other one. */
  figures: z.array(benchReport.shape.modes.element),
  messages: z.array(message),
  isProven: z.boolean(),
  /** One of the two was saved meanwhile: then there is no verdict. */
  hasChanged: z.boolean(),
});
export type Compared = z.infer<typeof compared>;

/** `path`: the file to look at; `token`: for `undo`. */
const changed = z.object({ path: workspacePath, token: z.uuid() });

/** What is another one now than when a script was measured. */
export const outdated = z.enum(["script", "wrapper", "preload"]);
export type Outdated = z.infer<typeof outdated>;

export const measureContract = {
  /** The last measurement of a script; null: none. `outdated` null: what it is about is as it was. */
  last: call
    .input(z.object({ path: workspacePath }))
    .output(z.object({ measurement: measurement.nullable(), outdated: outdated.nullable() })),
  /** One at a time. It belongs to the call: when that is aborted, it ends. Its requests are in no trace list. */
  run: call
    .input(measureAsked)
    .output(
      eventIterator(z.discriminatedUnion("kind", [progress, z.object({ kind: z.literal("ended"), measurement })])),
    ),
  /** Writes a file beside the script that makes an application of it, and its mode into the configuration. */
  wrap: call.input(z.object({ path: workspacePath })).output(changed),
  /** Adds a line to the script that puts back what a leak is about, for the next request. */
  reset: call
    .input(
      z.object({
        path: workspacePath,
        leak: leaksReport.shape.leaks.element.pick({ kind: true, name: true, before: true }),
      }),
    )
    .output(changed),
  /**
   * Undoes one of these two, or a change of `workers`, in the folder of the change, if its files are as it left them.
   */
  undo: call.input(z.object({ token: z.uuid() })).output(z.null()),
  /** Measures the script beside another version of it, or beside another script. As `run`; nothing is kept. */
  compare: call
    .input(compareAsked)
    .output(eventIterator(z.discriminatedUnion("kind", [progress, z.object({ kind: z.literal("ended"), compared })]))),
  /** Where the script's cold start goes; the script runs a few times. */
  startup: call.input(z.object({ target: z.string().min(1).max(65_536) })).output(startupReport),
};
