// What a debugger tells and answers, in the window's form. It lives in the script's process: nothing of it is taken
// unread.
import { basename } from "node:path";
import { z } from "zod";
import type { DebugFrame } from "../../contract/debug-contract.js";

const event = <Name extends string, Body extends z.ZodType>(name: Name, body: Body) =>
  z.object({ event: z.literal(name), body });
const source = z.object({ path: z.string().max(4096) });
const maxText = 10_000;
const text = z.string().transform((whole) => whole.slice(0, maxText));

/**
 * How the script and the byte stand to each other: the line is about to print it, or to write it or a buffer with it;
 * it has printed it into a buffer that is about to be written; the line has just written it, or started the process
 * that has written it; it was written on the way to the line.
 */
const byteOrigin = z.enum(["printed", "flushed", "buffered", "ran", "child", "passed"]);
export type ByteOrigin = z.infer<typeof byteOrigin>;

/** What debuggers say on their own. A script can write into its debugger's connection: anything else is dropped. */
export const scriptEvent = z.discriminatedUnion("event", [
  event(
    "stopped",
    z.object({
      reason: text,
      description: text.optional(),
      text: text.optional(),
      how: byteOrigin.optional(),
      threadId: z.literal(1),
      allThreadsStopped: z.boolean(),
    }),
  ),
  event(
    "output",
    z.object({ category: z.literal("console"), output: text, source: source.optional(), line: z.int().optional() }),
  ),
  event(
    "breakpoint",
    z.object({
      reason: z.literal("changed"),
      breakpoint: z.object({ id: z.int(), verified: z.boolean(), line: z.int(), message: text.exactOptional() }),
    }),
  ),
]);

/** What a session tells: also of the request, and in the workbench's own words. */
export type SessionEvent =
  | z.infer<typeof scriptEvent>
  | { readonly event: "cgiRequest"; readonly body: { readonly traceId: string } }
  | { readonly event: "initialized" | "terminated"; readonly body?: undefined }
  | { readonly event: "output"; readonly body: OwnOutput }
  | { readonly event: "exited"; readonly body: { readonly exitCode: number } }
  | { readonly event: "cgiResponse"; readonly body: object };

interface OwnOutput {
  readonly category: "important" | "stderr";
  readonly output: string;
  readonly source?: z.infer<typeof source>;
  readonly line?: number;
}

/** Where a file is in the folder; null: elsewhere. */
type Place = (file: string) => string | null;

export const framesIn = (body: object, place: Place): DebugFrame[] =>
  stackBody.parse(body).stackFrames.map(({ id, name, line, source: { path }, presentationHint }) => ({
    id,
    name,
    line,
    path: place(path),
    file: basename(path),
    isLibrary: presentationHint === "subtle",
  }));
const stackBody = z.object({
  stackFrames: z.array(
    z.object({ id: z.int(), name: z.string(), line: z.int(), source, presentationHint: z.string().optional() }),
  ),
});
