// A trace, schema 1: everything that happened between the socket and the script, as public JSON (what `--json` prints).
// Programs decide by codes; sentences are for people, and may change. Times `…At` are milliseconds since the request's
// first byte unless their description says otherwise, durations `…Ms` milliseconds, sizes bytes. A part that does not
// apply is null, never missing. The schema changes only by addition.
import { z } from "zod";
import { bytesText } from "./bytes-text.js";
import { maxChunks } from "./limits.js";
import { caughtMail } from "./mail.js";
import type { Message, MessageData, MessageValue, Sentence } from "./message.js";
import { modeNames } from "./modes.js";
import { usedAnswer } from "./recorded-answers.js";
import { touchedOf } from "./touched.js";
import { traceMarks } from "./trace-marks.js";
import { origins, outcomes, routeKinds, severities, type timingNames } from "./trace-values.js";

const ms = z.number();
const count = z.number().int().nonnegative();

/** In JSON a string. (zod has no type that only the compiler tells from one.) */
export const sentence = z.string() as z.ZodType as z.ZodType<Sentence, Sentence>;
const messageValue: z.ZodType<MessageValue> = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.lazy(() => message),
]);
export const messageData: z.ZodType<MessageData | null> = z
  .record(z.string(), messageValue)
  .nullable()
  .meta({ id: "data" });
const coded = {
  code: z.string().nullable().describe("The code of the sentence beside it; null without a sentence."),
  data: messageData,
};
export const message: z.ZodType<Message> = z
  .object({ code: z.string(), data: messageData, text: sentence })
  .meta({ id: "message", description: "A sentence with its code and data." });

export const outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof outcome>;

export const mode = z.enum(modeNames);

/**
 * Only values that traces have. No trace ever had "load", so leaving it out breaks no reader; a new sender is an
 * addition.
 */
export const origin = z.enum(origins).describe("Who sent the request.");
export type Origin = z.infer<typeof origin>;

export const chunk = z
  .object({ at: ms, offset: count, length: count })
  .describe("One read or write: `length` bytes at `offset` of the stream, `at` ms after the request's first byte.");
export type Chunk = z.infer<typeof chunk>;

/** A stream without its bytes. */
export const streamInfo = z.object({
  bytes: count.describe("The number of bytes that passed."),
  captured: count.describe("The number of its first bytes that were kept."),
  chunks: z.array(chunk).describe(`At most ${maxChunks}: what comes after them counts as part of the last one.`),
});
export type StreamInfo = z.infer<typeof streamInfo>;
/** A stream with its captured bytes. */
export const stream = streamInfo.extend({ base64: z.base64() });

export const header = z.tuple([bytesText, bytesText]);

const variableSource = z
  .union([
    z.enum(["request-line", "connection", "server", "config", "inherited", "composer", "held"]),
    z.templateLiteral(["header:", z.string()]),
  ])
  .describe("The source of the meta-variable's value; `header:` is followed by the header's name.");
export type VariableSource = z.infer<typeof variableSource>;
export const variableStanding = z
  .enum(["rfc", "header", "customary", "own"])
  .describe(
    "What defines its name: RFC 3875 §4.1.1 to §4.1.17, a header (§4.1.18), the custom of all servers, or its author.",
  );
export type VariableStanding = z.infer<typeof variableStanding>;
export const variable = z.object({
  name: bytesText,
  value: bytesText,
  source: variableSource,
  standing: variableStanding,
});
export type Variable = z.infer<typeof variable>;

const spanKinds = [
  "status-line",
  "name",
  "colon",
  "space",
  "value",
  "line-end",
  "empty-line",
  "body",
  "malformed",
] as const;
export const span = z
  .object({ from: count, to: count, is: z.enum(spanKinds) })
  .describe("The meaning of the bytes from `from` to before `to` of stdout in the grammar of RFC 3875 §6.");
export type Span = z.infer<typeof span>;

const scriptResponseKinds = [
  "document",
  "local-redirect",
  "client-redirect",
  "client-redirect-document",
  "nph",
  "invalid",
] as const;
const scriptResponse = z.object({
  kind: z.enum(scriptResponseKinds),
  status: z.number().int().nullable(),
  reason: bytesText.nullable(),
  headers: z.array(header),
  spans: z.array(span),
  stoppedAt: count.nullable().describe("For `invalid`: the offset in stdout at which parsing stopped."),
  why: sentence
    .nullable()
    .describe(
      "Why it is invalid, or what was tolerated: the sentences of `reasons`; `code` and `data` are those of the first.",
    ),
  ...coded,
  reasons: z.array(message),
});

export const framing = z.enum(["length", "chunked", "close", "none"]);
export type Framing = z.infer<typeof framing>;
const nameAndWhy = z
  .tuple([bytesText, sentence, z.string()])
  .describe("A header's name, the reason for what happened to it, and that reason's code.");

export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;
export const evidence = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("variable"), name: z.string(), value: z.string().nullable() }),
  z.object({ kind: z.literal("errno"), errno: z.string() }),
  z.object({ kind: z.literal("process"), exitCode: z.number().int().nullable(), signal: z.string().nullable() }),
  z.object({
    kind: z.literal("mode"),
    path: z.string(),
    mode: z.string().nullable().describe('The permission bits in octal, "0644"; null if the file does not exist.'),
  }),
  z.object({ kind: z.literal("file"), path: z.string(), line: z.number().int().positive().nullable() }),
  z
    .object({ kind: z.literal("quote"), of: z.string(), text: z.string() })
    .describe("A quotation from a stream, or a measured value."),
]);
export type Evidence = z.infer<typeof evidence>;

export const finding = z.object({
  rule: z.string(),
  severity,
  title: sentence,
  detail: sentence,
  stream: z.enum(["stdin", "stdout", "stderr", "request", "response"]).nullable(),
  range: z.tuple([count, count]).nullable(),
  line: z.number().int().positive().nullable(),
  reference: z.string().nullable(),
  fixes: z.array(z.string()),
  evidence: z.array(evidence).describe("The proof, beside the bytes of `stream` and `range`."),
});
export type Finding = z.infer<typeof finding>;

export const processInfo = z.object({
  pid: z.number().int().nullable(),
  start: z.enum(["native", "portable"]),
  exitCode: z.number().int().nullable(),
  signal: z.string().nullable(),
  errno: z.string().nullable(),
  userMs: ms.nullable(),
  systemMs: ms.nullable(),
  maxRssKb: count.nullable(),
  stdinLeft: count
    .optional()
    .describe("Bytes of its body that nobody had read when it was over; not there: there was none, or it is unknown."),
  touched: touchedOf(message).optional(),
  mail: caughtMail.optional(),
  answers: z.array(usedAnswer).readonly().optional().describe("Not there: none was used."),
});
export type ProcessInfo = z.infer<typeof processInfo>;

export const timing = z.object({
  headAt: ms.nullable(),
  admittedAt: ms.nullable(),
  spawnedAt: ms
    .nullable()
    .describe("When the process existed; for FastCGI, when the application had the request's whole head."),
  firstByteAt: ms.nullable(),
  headersAt: ms.nullable(),
  lastByteAt: ms.nullable(),
  exitAt: ms.nullable(),
  doneAt: ms.nullable(),
} satisfies Record<(typeof timingNames)[number], z.ZodType>);
export type Timing = z.infer<typeof timing>;

const fastcgiRecord = z.object({
  at: ms,
  direction: z.enum(["sent", "received"]),
  type: count,
  requestId: count,
  contentLength: count,
  paddingLength: count,
  offset: count,
});

const endRequest = "Of the application's END_REQUEST; null: it sent none.";
const fastcgiWith = <S extends z.ZodType>(bytes: S) =>
  z
    .object({
      worker: z.string().nullable().describe("Who served: the address, or the name of a worker process."),
      pid: z.number().int().nullable().describe("Of the worker process; null if unknown."),
      role: z.enum(["responder", "authorizer", "filter"]),
      nth: count.nullable().describe("The number of this request within its process, from 1; null if unknown."),
      reused: z.boolean().describe("An earlier request has used the connection."),
      attempts: count.describe(
        "Connections tried: several if a kept one was closed meanwhile, or the application refused the request on it.",
      ),
      queuedAt: ms.nullable().describe("When a connection was requested; null: never."),
      readyAt: ms.nullable().describe("When a kept connection was free, or a new one was begun; null: never."),
      connectedAt: ms.nullable().describe("When the connection was open; null: never."),
      appStatus: count.nullable().describe(endRequest),
      protocolStatus: count.nullable().describe(endRequest),
      notes: z
        .array(sentence)
        .describe(
          "What was unusual: what FastCGI does not allow and the gateway tolerated, and why a request was sent again.",
        ),
      noteCodes: z.array(z.object(coded)).describe("The code and the data of each note."),
      records: z.array(fastcgiRecord),
      omitted: count.describe("The number of further records, which are not listed."),
      sent: bytes.describe("Every record that was sent, with header and padding."),
      received: bytes.describe("Every record that was received, with header and padding."),
    })
    .describe(
      "The conversation with a FastCGI application. Offsets count from this request's first byte of each direction.",
    );

const parent = z
  .object({ id: z.string(), kind: z.enum(["local-redirect", "replay", "follow"]) })
  .nullable()
  .describe("The trace that this one repeats or follows from, and how; null if none.");

export const holdMoment = z.enum(["start", "headers"]).describe("Before the script started, or after its headers.");
export type HoldMoment = z.infer<typeof holdMoment>;

const heldPart = z
  .object({
    at: ms,
    ms,
    moment: holdMoment,
    ended: z
      .enum(["continued", "answered", "aborted", "let-go", "slowed"])
      .describe(
        "`answered`: by hand; `aborted`: the outcome says why; `let-go`: whoever held it had left; `slowed`: it was not held but sent as over a slow network, after `ms`.",
      ),
    edits: z.array(
      z
        .object({
          of: z.enum(["variable", "argument", "body", "status", "header"]),
          name: bytesText.nullable().describe("Of the variable or header; the argument's number, from 1."),
          was: bytesText.nullable().describe("Null: it was not there. Of a body: see `request.body`."),
          is: bytesText.nullable().describe("Null: it was removed. Of a body: see `stdin`."),
        })
        .describe("What a person changed, in place of what the server or the script had set."),
    ),
  })
  .describe("A person held the request, from `at` on for `ms`.");
export type HeldPart = z.infer<typeof heldPart>;

/**
 * The trace with its streams in the given form: complete for JSON, without bytes for the window, which reads ranges.
 */
const traceWith = <S extends z.ZodType>(bytes: S) =>
  z.object({
    schema: z.literal(1),
    id: z.string(),
    seq: z.number().int().positive(),
    startedAt: z.iso.datetime({ precision: 3 }).describe("When the request's first byte came (RFC 3339)."),
    outcome,
    detail: sentence.nullable().describe("Why the outcome is what it is; or a remark."),
    ...coded,
    client: z.object({ address: z.string(), port: z.number().int(), from: origin }),
    connection: z.object({
      id: z.number().int(),
      nth: z.number().int().positive().describe("The number of this request on its connection, from 1."),
    }),
    parent,
    request: z.object({
      head: bytesText,
      method: bytesText,
      target: bytesText,
      httpVersion: z.string(),
      headers: z.array(header),
      body: bytes,
    }),
    route: z.object({
      kind: z.enum(routeKinds),
      file: bytesText.nullable(),
      scriptName: bytesText,
      pathInfo: bytesText,
      mode: mode.nullable(),
      scriptHash: z.string().nullable(),
    }),
    argv: z.array(bytesText).nullable(),
    cwd: bytesText.nullable(),
    env: z.array(variable).nullable(),
    notExported: z
      .array(nameAndWhy)
      .describe("Request headers that the script does not receive, and a query that did not become arguments."),
    stdin: bytes.nullable(),
    stdout: bytes.nullable(),
    stderr: bytes.nullable(),
    script: scriptResponse.nullable(),
    response: z
      .object({
        status: z.number().int(),
        reason: bytesText,
        headers: z.array(header),
        framing,
        added: z.array(nameAndWhy).describe("What the gateway added to the script's headers."),
        changed: z.array(nameAndWhy).describe("What the gateway changed in the script's headers."),
        dropped: z.array(nameAndWhy).describe("What the gateway dropped of the script's headers."),
        interim: z.array(z.number().int()),
        body: bytes,
      })
      .nullable(),
    process: processInfo.nullable(),
    timing,
    held: z
      .array(heldPart)
      .optional()
      .describe(
        "Not there: it was not held. Empty: the script was debugged, or the one was held that its local redirect led to.",
      ),
    findings: z.array(finding),
    fastcgi: fastcgiWith(bytes).nullable(),
  });

/** Schema 1, with every captured byte. */
export const trace = traceWith(stream);
export type TraceJson = z.infer<typeof trace>;
/** Schema 1 without the streams' bytes; `outcome` is null while the exchange runs. */
export const traceView = traceWith(streamInfo).extend({ outcome: outcome.nullable() });
export type TraceView = z.infer<typeof traceView>;

/** The parts of a trace that a request sent straight to a FastCGI application has, with the same names. */
export const conversation = z.object({
  schema: z.literal(1),
  outcome,
  detail: sentence.nullable(),
  ...coded,
  env: z.array(variable),
  stdin: stream,
  stdout: stream,
  stderr: stream,
  script: scriptResponse.omit({ spans: true, stoppedAt: true }).nullable(),
  fastcgi: fastcgiWith(stream),
});
export type ConversationJson = z.infer<typeof conversation>;

export const streamNames = [
  "request-body",
  "stdin",
  "stdout",
  "stderr",
  "response-body",
  "fastcgi-sent",
  "fastcgi-received",
] as const;
export const streamName = z.enum(streamNames);
export type StreamName = z.infer<typeof streamName>;

/**
 * How a request reached a FastCGI application. `connectedAt` null: a kept connection was used, or there was none;
 * `begunAt` null: nothing was sent.
 */
const fastcgiTurn = z.object({ readyAt: ms.nullable(), connectedAt: ms.nullable(), begunAt: ms.nullable() });
export type FastcgiTurn = z.infer<typeof fastcgiTurn>;

/** A line of the trace list. */
export const traceRow = z.object({
  /** Position in the stream of changes: a running trace gets a row when it takes long, and another one when it ends. */
  rev: z.number().int().positive(),
  id: z.string(),
  seq: z.number().int().positive(),
  /** Unix time in ms. */
  startedAt: z.number(),
  method: z.string(),
  target: z.string(),
  /**
   * Path of the script or file in the workspace, `/`-separated; for an external application the path that leads to it,
   * "/app"; null if there is none.
   */
  file: z.string().nullable(),
  kind: z.enum(routeKinds),
  mode: mode.nullable(),
  /** On the wire; null if nothing was sent (yet). */
  status: z.number().int().nullable(),
  outcome: outcome.nullable(),
  /** The script's own; null: it runs, a signal ended it, or no process did this request alone. */
  exitCode: z.number().int().nullable(),
  from: origin,
  /** The trace that this request repeats or follows from. */
  parent,
  /** Pinned by the user: neither cleared nor evicted. */
  pinned: z.boolean(),
  responseBytes: count,
  /** Null: it runs, or was held, and this is not the script's time. */
  tookMs: ms.nullable(),
  timing,
  /** Null without FastCGI. */
  fastcgi: fastcgiTurn.nullable(),
  /** The most severe finding; null without one. */
  severity: severity.nullable(),
  /** The number of findings above a hint. */
  findings: count,
  /** What the user wrote to it; null: nothing. */
  marks: traceMarks.nullable(),
});
export type TraceRow = z.infer<typeof traceRow>;
