// What the requests of an editor say, for the debuggers that do not speak its protocol themselves.
import { z } from "zod";
import { wantedByte } from "../../../contract/debug-contract.js";

export const withBreakpoints = z.object({
  source: z.object({ path: z.string() }),
  breakpoints: z
    .array(z.object({ line: z.number(), condition: z.string().optional(), logMessage: z.string().optional() }))
    .optional(),
});
export type WantedBreakpoint = NonNullable<z.infer<typeof withBreakpoints>["breakpoints"]>[number];
export const withFilters = z.object({ filters: z.array(z.string()) });
export const withFrame = z.object({ frameId: z.number().optional() });
export const withFrames = z.object({ startFrame: z.number().optional(), levels: z.number().optional() });
export const withReference = z.object({ variablesReference: z.number() });
export const withExpression = withFrame.extend({ expression: z.string(), context: z.string().optional() });
export const withEntry = z.object({ stopOnEntry: z.boolean().optional(), stopAtByte: wantedByte.nullish() }).optional();
