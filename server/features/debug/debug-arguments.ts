// What an editor says of the request that is to be debugged, and how it ends.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import { nextOf, wantedByte } from "../../contract/debug-contract.js";
import { isRequestMode, requestModes } from "../../contract/modes.js";
import { debugProblem } from "./messages.js";

const session = z.object({
  folder: z.string().min(1),
  stopOnEntry: z.boolean().default(false),
  stopAtByte: wantedByte.nullable().default(null),
});

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

export const evaluateArguments = z.object({
  expression: z.string().max(100_000),
  frameId: z.number().optional(),
  context: z.string().optional(),
});
export const disconnectArguments = z.object({ terminateDebuggee: z.boolean().optional() }).optional();

/** @throws ProblemError */
export function parsed<T>(schema: z.ZodType<T>, args: unknown): T {
  const result = schema.safeParse(args);
  if (result.success) return result.data;
  const { path: where = [], message = "" } = result.error.issues[0] ?? {};
  throw new ProblemError(debugProblem("debug-arguments", { detail: [...where.map(String), message].join(": ") }));
}

const subscript = String.raw`\[-?\d+\]|\[\s*(?:"[^"\\]*"|'[^'\\]*')\s*\]|\{\s*[\w-]+\s*\}|\{\s*(?:"[^"\\]*"|'[^'\\]*')\s*\}`;
const plainName = new RegExp(String.raw`^[$@%]?(?:\{?\w+\}?)(?:(?:::|\.)\w+|(?:->)?(?:${subscript}))*$`);

/** A name with literal subscripts: evaluating it hardly runs code of the script's. */
export const isPlainName = (expression: string): boolean => plainName.test(expression.trim());
