// Stepping through the script of one request. A call of `run` is one session of the window's: it yields what happens
// until the script has ended. When the call is aborted, or its connection closes, the window's own request ends, and
// the script of anybody else's runs on. What a debugger answers keeps the names of the Debug Adapter Protocol.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { maxBreakpoints } from "./limits.js";

const path = z.string().min(1).max(4096);
const expression = z.string().max(10_000);

/** One with a condition stops where that holds; one with a message never stops, and the message is printed. "": none */
const breakpoint = z.object({ line: z.int().positive(), condition: expression, logMessage: expression });
export type Breakpoint = z.infer<typeof breakpoint>;
const breakpoints = z.array(breakpoint).max(maxBreakpoints);

/** The next request to a path, or with the debugger's cookie of a client. */
export const nextOf = z.union([
  z.object({ path: z.string().startsWith("/").max(65_536) }),
  z.object({ cookie: z.string().regex(/^[\w-]{32,128}$/) }),
]);

/** Which request is debugged: the one that is sent with the session's id, the next one, or the next such one. */
const next = z.union([z.enum(["own", "any"]), nextOf]);
export type NextDebugged = z.infer<typeof next>;

/** The byte of a stream whose origin is looked for; in hex how the stream goes on there, as far as that is known. */
export const wantedByte = z.object({
  stream: z.enum(["stdout", "stderr"]),
  offset: z.int().nonnegative(),
  expected: z
    .string()
    .regex(/^(?:[\da-f]{2}){0,64}$/)
    .default(""),
});
export type WantedByte = Pick<z.infer<typeof wantedByte>, "stream" | "offset">;

const frame = z.object({
  id: z.int(),
  name: z.string(),
  /** In the folder; null: it is elsewhere. */
  path: path.nullable(),
  /** The file's name. */
  file: z.string(),
  line: z.int(),
  /** It belongs to the language. */
  isLibrary: z.boolean(),
});
export type DebugFrame = z.infer<typeof frame>;

/** Where the debugger put a breakpoint. One with an id may be moved later. A message says why it is nowhere. */
const place = z.object({
  id: z.int().exactOptional(),
  line: z.int(),
  verified: z.boolean(),
  message: z.string().exactOptional(),
});
/** Where the debugger put the breakpoints of a file, in their order. */
export const placesBody = z.object({ breakpoints: z.array(place) });
export type BreakpointPlace = z.infer<typeof place>;

const stop = z.object({
  kind: z.literal("stopped"),
  reason: z.string(),
  /** What was raised, as the script's language says it; null: nothing. */
  exception: z.string().nullable(),
  /** How the line and the byte that was searched for belong together; null: it has stopped for another reason. */
  origin: z.string().nullable(),
  /** The one on top comes first. */
  frames: z.array(frame),
});
export type DebugStop = z.infer<typeof stop>;

export const debugEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("begun"), id: z.string() }),
  /** The request that is debugged has this trace. */
  z.object({ kind: z.literal("request"), traceId: z.string() }),
  /** The debugger is there, and waits to hear where the script stops, and that it is to begin. */
  z.object({ kind: z.literal("ready") }),
  /** The debugger has put the breakpoint with this id elsewhere. */
  z.object({ kind: z.literal("moved"), place: place.extend({ id: z.int() }) }),
  stop,
  z.object({
    kind: z.literal("output"),
    /** A log point's text, the script's stderr, or a sentence of the workbench's. */
    from: z.enum(["script", "stderr", "workbench"]),
    text: z.string(),
    path: path.nullable(),
    line: z.int().nullable(),
  }),
  z.object({ kind: z.literal("ended") }),
]);
export type DebugEvent = z.infer<typeof debugEvent>;

const variable = z.object({
  name: z.string(),
  value: z.string(),
  type: z.string().exactOptional(),
  /** What is in it can be asked for by this number; 0: nothing is. */
  variablesReference: z.int(),
});
export const variablesBody = z.object({ variables: z.array(variable) });
export type DebugVariable = z.infer<typeof variable>;

const scope = z.object({ name: z.string(), expensive: z.boolean(), variablesReference: z.int() });
export const scopesBody = z.object({ scopes: z.array(scope) });
export type DebugScope = z.infer<typeof scope>;

export const evaluatedBody = z.object({ result: z.string(), type: z.string().exactOptional() });

/** What a session begins with. */
const wanted = z.object({ next, stopAtByte: wantedByte.nullable().default(null) });
export type WantedSession = z.infer<typeof wanted>;

const steps = z.enum(["continue", "next", "stepIn", "stepOut", "pause"]);
export type DebugStep = z.infer<typeof steps>;

const session = { id: z.string().max(64) };

export const debugContract = {
  run: call.input(wanted).output(eventIterator(debugEvent)),
  begin: call.input(z.object(session)).output(z.null()),
  step: call.input(z.object({ ...session, step: steps })).output(z.null()),
  /** Ends the request. */
  stop: call.input(z.object(session)).output(z.null()),
  setBreakpoints: call.input(z.object({ ...session, path, breakpoints })).output(placesBody),
  setUncaught: call.input(z.object({ ...session, isOn: z.boolean() })).output(z.null()),
  scopes: call.input(z.object({ ...session, frameId: z.int() })).output(scopesBody),
  variables: call.input(z.object({ ...session, variablesReference: z.int() })).output(variablesBody),
  /** While one points at something, only names and literal subscripts are evaluated. */
  evaluate: call
    .input(
      z.object({
        ...session,
        expression: expression.min(1),
        frameId: z.int(),
        context: z.enum(["repl", "watch", "hover"]),
      }),
    )
    .output(evaluatedBody.extend({ isError: z.boolean() })),
};
