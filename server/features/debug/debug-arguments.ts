// What the requests of an editor say: which request is debugged, and what is asked of its debugger.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import { nextOf, wantedByte } from "../../contract/debug-contract.js";
import { isRequestMode, requestModes } from "../../contract/modes.js";
import { debugProblem } from "./messages.js";

export const withEntry = z.object({
  stopOnEntry: z.boolean().default(false),
  stopAtByte: wantedByte.nullable().default(null),
});
export type WantedEntry = z.infer<typeof withEntry>;

const session = withEntry.extend({ folder: z.string().min(1) });

export const launchArguments = session.extend({
  target: z.string().startsWith("/"),
  method: z.string().min(1).default("GET"),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
  mode: z
    .string()
    .refine(isRequestMode, { error: `one of ${requestModes.join(", ")}` })
    .nullable()
    .default(null),
});
export type LaunchArguments = z.infer<typeof launchArguments>;

export const attachArguments = session.extend({
  /** Which request is debugged: the next one, the next such one, or the one that is claimed later. */
  next: z.union([z.enum(["any", "claimed"]), nextOf]).default("any"),
});

export const disconnectArguments = z.object({ terminateDebuggee: z.boolean().optional() }).optional();

const breakpoint = z.object({
  line: z.number(),
  condition: z.string().default(""),
  logMessage: z.string().default(""),
});
export type WantedBreakpoint = z.infer<typeof breakpoint>;
export const withBreakpoints = z.object({
  source: z.object({ path: z.string() }),
  breakpoints: z.array(breakpoint).default([]),
});
export const withFilters = z.object({ filters: z.array(z.string()) });
export const withFrame = z.object({ frameId: z.number().optional() });
export const withFrames = z.object({ startFrame: z.number().default(0), levels: z.number().default(0) });
export const withReference = z.object({ variablesReference: z.number() });
export const withExpression = withFrame.extend({
  expression: z.string().max(100_000),
  context: z.string().optional(),
});
export type WantedExpression = z.infer<typeof withExpression>;

/** @throws ProblemError */
export function parsed<T>(schema: z.ZodType<T>, args: unknown): T {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const { path: where = [], message = "" } = result.error.issues[0] ?? {};
  throw new ProblemError(debugProblem("debug-arguments", { detail: [...where.map(String), message].join(": ") }));
}

const word = String.raw`[\p{L}\p{M}\p{N}_]+`;
const text = String.raw`"[^"\\]*"|'[^'\\]*'`;
const subscript = String.raw`\[-?\d+\]|\[\s*(?:${text})\s*\]|\{\s*(?:-?${word}|${text})\s*\}`;
const plainName = new RegExp(String.raw`^[$@%]?(?:\{?${word}\}?)(?:(?:::|\.)${word}|(?:->)?(?:${subscript}))*$`, "u");

/** A name with literal subscripts: evaluating it hardly runs code of the script's. */
export const isPlainName = (expression: string): boolean => plainName.test(expression.trim());
