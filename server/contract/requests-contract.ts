// Sending from the window: a composed request, optionally with redirects and cookies, or raw bytes. Overrides for a
// request (variables, mode) travel beside it, never as a header.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { maxComposedBase64, maxComposedBodyBytes, maxMessageBytes, maxPauseMs } from "./limits.js";
import { message, mode } from "./trace.js";

const traceId = z.string().max(64);
/** The trace that this request repeats, edits or follows from. */
const parent = z.object({ id: traceId, kind: z.enum(["replay", "follow"]) }).nullable();
/** Environment variables for this request only, above all others; as typed, sent as UTF-8. */
const variables = z.array(z.tuple([z.string().min(1).max(1024), z.string().max(65_536)])).max(500);

/** The request waits for a person before its script starts. */
const isHeld = z.boolean().default(false);
/** The trace lists what the script touches. */
const isTouched = z.boolean().default(false);
/** The session that steps through its script; null: nobody does. */
export const debug = z.string().max(64).nullable().default(null);

/** Where the bytes of chosen files are in a body, in their order: from the first byte to before the second number. */
export const fileRanges = z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative()])).max(10_000);
export type FileRanges = z.infer<typeof fileRanges>;

/** What the composer sends. Bytes are base64; header names and values are as the user typed them, sent as UTF-8. */
export const composedRequest = z.object({
  method: z.string().min(1).max(64),
  target: z.string().min(1).max(65_536),
  headers: z.array(z.tuple([z.string().max(1024), z.string().max(65_536)])).max(500),
  body: z.union([
    z.object({ text: z.string().max(maxComposedBodyBytes) }),
    z.object({ base64: z.string().max(maxComposedBase64), files: fileRanges.optional() }),
    z.null(),
  ]),
  mode: mode.nullable(),
  parent: parent.default(null),
  variables: variables.default([]),
  isHeld,
  isTouched,
  debug,
  /** Follows redirects within the script origin as browsers do, each hop as a request of its own. */
  followRedirects: z.boolean().default(false),
  /** Sends the jar's cookies (unless there is a Cookie header), and stores the cookies of the responses. */
  cookies: z.boolean().default(false),
  /** The environment whose values `{{name}}` stands for; null: none. */
  environment: z.string().max(1000).nullable().default(null),
});
/** The request as the caller passes it. */
export type ComposedRequest = z.input<typeof composedRequest>;
/** With every default filled in. */
export type RequestToSend = z.infer<typeof composedRequest>;

/** Bytes for a plain socket, unchanged. */
export const rawRequest = z.object({
  base64: z.string().max(maxComposedBase64),
  /** Closes our side of the connection after the last byte; otherwise it stays open until the server closes it. */
  halfClose: z.boolean().default(true),
  /** In pieces of so many bytes, with a pause after each; null: all at once. */
  pacing: z
    .object({ pieceBytes: z.int().min(1).max(maxComposedBodyBytes), pauseMs: z.int().min(0).max(maxPauseMs) })
    .nullable()
    .default(null),
  parent: parent.default(null),
  variables: variables.default([]),
  isHeld,
  isTouched,
  debug,
});
export type RawRequest = z.infer<typeof rawRequest>;

/** One request that was sent. */
const hop = z.object({
  id: z.string(),
  seq: z.number().int(),
  method: z.string(),
  target: z.string(),
  status: z.number().int().nullable(),
});
export const sent = z.object({
  /** The trace of the composed request. */
  id: z.string(),
  /** That request and the redirects that were followed, in order. */
  hops: z.array(hop).min(1),
  /** Why the last redirect was not followed; null if there was none, or if following was off. */
  notFollowed: message.nullable(),
  /** The Set-Cookie lines that the jar refused, each with the reason. */
  cookiesRefused: z.array(z.object({ line: z.string(), why: message })),
});
export type Sent = z.infer<typeof sent>;

/** The first event of a call: the request has a trace now. */
export const begun = z.object({ kind: z.literal("begun"), id: traceId });

/**
 * Each call is a stream of two events: begun and ended. The call owns its request: when it is aborted, or its
 * connection closes, the request ends, and no further redirect is followed.
 */
export const requestsContract = {
  /** Sends a request through the listener. It ends with the response (of the last hop). */
  send: call
    .input(composedRequest)
    .output(eventIterator(z.discriminatedUnion("kind", [begun, sent.extend({ kind: z.literal("ended") })]))),
  /** Opens a WebSocket. It ends when that is closed; begun, `say` sends. */
  connect: call
    .input(composedRequest)
    .output(eventIterator(z.discriminatedUnion("kind", [begun, sent.extend({ kind: z.literal("ended") })]))),
  /** Sends a message on the WebSocket of a trace that `connect` began; null closes it. */
  say: call.input(z.object({ id: traceId, text: z.string().max(maxMessageBytes).nullable() })).output(z.null()),
  /** Sends bytes. It ends, with the traces of the bytes, when the server has closed the connection. */
  sendRaw: call
    .input(rawRequest)
    .output(
      eventIterator(
        z.discriminatedUnion("kind", [begun, z.object({ kind: z.literal("ended"), ids: z.array(z.string()).min(1) })]),
      ),
    ),
};
