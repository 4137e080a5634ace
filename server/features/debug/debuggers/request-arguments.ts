// What the requests of an editor say, for the debuggers that do not speak its protocol themselves.
import { z } from "zod";
import { wantedByte } from "../../../contract/debug-contract.js";

const breakpoint = z.object({ line: z.number(), condition: z.string().optional(), logMessage: z.string().optional() });
export type WantedBreakpoint = z.infer<typeof breakpoint>;
export const withBreakpoints = z.object({
  source: z.object({ path: z.string() }),
  breakpoints: z.array(breakpoint).default([]),
});
export const withFilters = z.object({ filters: z.array(z.string()) });
export const withFrame = z.object({ frameId: z.number().optional() });
export const withFrames = z.object({ startFrame: z.number().default(0), levels: z.number().default(0) });
export const withReference = z.object({ variablesReference: z.number() });
export const withExpression = withFrame.extend({ expression: z.string(), context: z.string().optional() });
export type WantedExpression = z.infer<typeof withExpression>;
export const withEntry = z.object({
  stopOnEntry: z.boolean().default(false),
  stopAtByte: wantedByte.nullable().default(null),
});
export type WantedEntry = z.infer<typeof withEntry>;
