// What the script of one request touched outside of its request: files, programs, addresses, names. A part of a trace.
import { z } from "zod";
import { bytesText } from "./bytes-text.js";
import type { Message } from "./message.js";

/** What is listed at most, with what the interpreter itself did; of each kind, the first ones. */
export const maxTouched = 600;

export const touchActions = [
  "read",
  "wrote",
  "created",
  "removed",
  "renamed",
  "looked",
  "listed",
  "entered",
  "locked",
  "started",
  "connected",
  "resolved",
] as const;

export const touch = z.object({
  at: z.number().describe("Milliseconds since the request's first byte."),
  ms: z.number().describe("How long the call took; of a program: until it ended; of an address: until it answered."),
  did: z
    .enum(touchActions)
    .describe(
      "`looked`: asked whether a file is there; `entered`: made a folder the current one; `started`: a program; `connected`: to an address or socket; `resolved`: a host name.",
    ),
  name: bytesText.describe("The absolute path, the address with its port, or the host name."),
  errno: z
    .string()
    .nullable()
    .describe("Why it failed, as the system or DNS names it (ENOENT, NXDOMAIN); null if it did not."),
  given: bytesText
    .optional()
    .describe("The path as the script gave it, if that was relative; of what was sought in folders, the path there."),
  places: z.number().int().optional().describe("The number of folders in which it was sought and not found."),
  times: z.number().int().optional().describe("How often, if more than once; `ms` is the sum."),
  args: z.array(bytesText).optional().describe("Of a program."),
  exitCode: z.number().int().optional().describe("Of a program that has ended."),
  signal: z.string().optional().describe("Of a program that a signal ended."),
  waitedMs: z.number().optional().describe("Of an address: how long the script waited for data, as far as known."),
  own: z.literal(true).optional().describe("The interpreter, a library or a shell did it on its own, and it worked."),
});
export type Touch = z.infer<typeof touch>;

/** `message`: the schema of a sentence with its code. */
export const touchedOf = (message: z.ZodType<Message>) =>
  z
    .object({
      why: message.nullable().describe("Why nothing was watched, or what it changed; null: it changed nothing."),
      touches: z.array(touch).describe(`In order; at most ${maxTouched}.`),
      omitted: z.number().int().describe("The number of further ones, which are not listed."),
      connectMs: z.number().describe("The sum of the time until addresses and DNS servers answered."),
    })
    .describe("What the script touched outside of its request. Not there: it was not asked for.");
export type Touched = z.infer<ReturnType<typeof touchedOf>>;
