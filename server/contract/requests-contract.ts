// What is sent from the window, and what is told about it: a composed request, with redirects followed and cookies kept where that is
// wished, or bytes as they are. What the server decides for a request travels beside it, never as a header.
import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { maxComposedBase64, maxComposedBodyBytes, maxPauseMs } from "./limits.js";
import { message, mode } from "./trace.js";
import { problem } from "./workspace.js";

const traceId = z.string().max(64);
/** The trace this request came out of: sent again (perhaps edited), or followed from. */
const parent = z.object({ id: traceId, kind: z.enum(["replay", "follow"]) }).nullable();
/** Environment variables for this request alone, above all others; as typed, sent as UTF-8. */
const variables = z.array(z.tuple([z.string().min(1).max(1024), z.string().max(65_536)])).max(500);

/** What the composer sends. Bytes travel as base64; header names and values as the user typed them, sent as UTF-8. */
export const composedRequest = z.object({
  method: z.string().min(1).max(64),
  target: z.string().min(1).max(65_536),
  headers: z.array(z.tuple([z.string().max(1024), z.string().max(65_536)])).max(500),
  body: z.union([
    z.object({ text: z.string().max(maxComposedBodyBytes) }),
    z.object({ base64: z.string().max(maxComposedBase64) }),
    z.null(),
  ]),
  mode: mode.nullable(),
  parent: parent.default(null),
  variables: variables.default([]),
  /** Redirects within the script origin are followed as browsers do, each hop a request of its own. */
  followRedirects: z.boolean().default(false),
  /** The jar's cookies go along (unless there is a Cookie header), and it keeps what comes back. */
  cookies: z.boolean().default(false),
});
/** As a caller gives it. */
export type ComposedRequest = z.input<typeof composedRequest>;
/** With every default filled in. */
export type RequestToSend = z.infer<typeof composedRequest>;

/** Bytes over a plain socket, as they are. */
export const rawRequest = z.object({
  base64: z.string().max(maxComposedBase64),
  /** Our side of the connection is closed after the last byte; otherwise it stays open until the server closes it. */
  halfClose: z.boolean().default(true),
  /** In pieces of so many bytes, with a pause after each; null: all at once. */
  pacing: z
    .object({ pieceBytes: z.int().min(1).max(maxComposedBodyBytes), pauseMs: z.int().min(0).max(maxPauseMs) })
    .nullable()
    .default(null),
  parent: parent.default(null),
  variables: variables.default([]),
});
export type RawRequest = z.infer<typeof rawRequest>;

/** One request that went out. */
const hop = z.object({
  id: z.string(),
  seq: z.number().int(),
  method: z.string(),
  target: z.string(),
  status: z.number().int().nullable(),
});
export const sent = z.object({
  /** The trace of what was composed. */
  id: z.string(),
  /** That request and, in order, those it led to. */
  hops: z.array(hop).min(1),
  /** Why the last redirect was not followed; null when there was none, or nobody asked for it. */
  notFollowed: message.nullable(),
  /** What the jar refused to keep: the Set-Cookie line, and why. */
  cookiesRefused: z.array(z.object({ line: z.string(), why: message })),
});
export type Sent = z.infer<typeof sent>;

/** The first event of a sending: what was sent has a trace now. */
export const begun = z.object({ kind: z.literal("begun"), id: traceId });

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

/**
 * What is sent is a stream of two events: it has begun, it has ended. The call is the request's owner: when it is aborted, or its
 * connection closes, the request ends, with the redirects that would have been followed.
 */
export const requestsContract = {
  /** Sends a request through the listener; it has ended when the response (of the last hop) has. */
  send: oc
    .errors(failures)
    .input(composedRequest)
    .output(eventIterator(z.discriminatedUnion("kind", [begun, sent.extend({ kind: z.literal("ended") })]))),
  /** Sends bytes; they have ended, with the traces they became, when the server has closed the connection. */
  sendRaw: oc
    .errors(failures)
    .input(rawRequest)
    .output(
      eventIterator(
        z.discriminatedUnion("kind", [begun, z.object({ kind: z.literal("ended"), ids: z.array(z.string()).min(1) })]),
      ),
    ),
};
