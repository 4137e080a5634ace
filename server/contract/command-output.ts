// What the command line prints with --json, and the published JSON Schemas of it. It grows by addition only.
import { z } from "zod";
import { adoptReport } from "./adopt-contract.js";
import { agentLanguages } from "./modes.js";
import { savedResult } from "./saved-contract.js";
import { serverIds } from "./server-ids.js";
import { serverAnswer } from "./servers-contract.js";
import { conversation, finding, message, mode, outcome, sentence, trace } from "./trace.js";
import { tryReport } from "./variations-contract.js";

/** `doctor --json`: one file of the folder. */
const checkedScript = z.object({
  /** In the folder. */
  path: z.string(),
  /** From the static checks. */
  before: z.array(finding),
  /** Why the syntax was not checked, a sentence; null if it was. */
  unchecked: sentence.nullable(),
  /** That reason with its code and its data; null if the syntax was checked. */
  uncheckedWhy: message.nullable(),
  /** The result of one GET; null if the script was not run. */
  request: z
    .object({
      target: z.string(),
      status: z.number().int().nullable(),
      outcome: z.string(),
      findings: z.array(finding),
    })
    .nullable(),
});
export type CheckedScript = z.infer<typeof checkedScript>;
/** `doctor --json`. */
export const doctorReport = z.object({ folder: z.string(), scripts: z.array(checkedScript) });
export type DoctorReport = z.infer<typeof doctorReport>;

const figures = z.object({
  mode,
  /** That did not fail; rates and times are theirs. */
  requests: z.number().int(),
  /** Requests without a whole response, or with a status of 500 and above. */
  errors: z.number().int(),
  /** Requests a second: the median of the rounds, and each round. */
  perSecond: z.number(),
  rounds: z.array(z.number()),
  /** Median response time of each round, ms. */
  roundsP50: z.array(z.number()),
  /** ms, of all rounds together. */
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  /** The largest share of one processor that the sending process used in a round. */
  senderShare: z.number(),
  /** Null: the report's. */
  target: z.string().nullable().default(null),
  /** With a rate: of the times from when a request was sent, which leave out its wait for those before it. */
  p99Sent: z.number().nullable().default(null),
  /** With a rate: requests that were due and never sent, because those before them took too long. */
  unsent: z.number().int().default(0),
  /** Processor time of a request, without the server's, ms; null: too little to be measured, or not known. */
  cpuMs: z.number().nullable().default(null),
  /**
   * Memory of the processes that one request needs, bytes; what several processes share counts in each with its part.
   * Null: not known.
   */
  memoryBytes: z.number().nullable().default(null),
  /** The part of a request's time that passes before the script's own work, from 0 to 1; null: not known. */
  startupShare: z.number().nullable().default(null),
  /** Whole responses by their status, as "200". */
  statuses: z.record(z.string(), z.number().int()).default({}),
});

/** `bench --json`. */
export const benchReport = z.object({
  target: z.string(),
  connections: z.number().int(),
  /** Requests a second that were due; null: each connection sent its next request after a response. */
  rate: z.number().nullable(),
  modes: z.array(figures),
  /**
   * The mode to choose (null: one had errors), and whether the rounds prove that it is faster than the next one; null
   * with a single mode.
   */
  verdict: z.object({ mode: mode.nullable(), isProven: z.boolean(), code: z.string(), text: sentence }).nullable(),
  /** The other target that was measured beside `target`; null: none. */
  against: z.string().nullable().default(null),
});
export type BenchReport = z.infer<typeof benchReport>;
export type BenchFigures = BenchReport["modes"][number];

/** What a script can leave behind in its process. */
export const leakKinds = [
  "attribute",
  "growth",
  "content",
  "global",
  "module",
  "environment",
  "directory",
  "umask",
  "signal",
  "blocked-signals",
  "timer",
  "locale",
  "time-zone",
  "search-path",
  "setting",
  "logging",
  "limit",
  "priority",
  "user",
  "file",
  "thread",
  "child",
  "memory",
] as const;
export type LeakKind = (typeof leakKinds)[number];

const leak = z.object({
  kind: z.enum(leakKinds),
  /** The name of the variable, attribute, signal or file; "" for what a process has once. */
  name: z.string(),
  /** In the folder if it lies there; null: not known. */
  file: z.string().nullable(),
  /** The line that made the change; null: not known. */
  line: z.number().int().nullable(),
  /** The value as text; null: it was not there, or had none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  message,
  /** What to do. */
  advice: message,
});
export type Leak = z.infer<typeof leak>;

/** An output that is not CGI's. */
const outputDifference = z.object({
  target: z.string(),
  /** The first request, a later one, or one in another order. */
  run: z.enum(["cold", "warm", "shuffled"]),
  part: z.enum(["status", "header", "body"]),
  /** The header's name. */
  name: z.string().nullable(),
  /** The offset of the first byte of the body that differs. */
  offset: z.number().int().nullable(),
  /** From CGI, and from the mode; null: no such header. */
  cgi: z.string().nullable(),
  found: z.string().nullable(),
  message,
});
export type OutputDifference = z.infer<typeof outputDifference>;

/** `leaks --json`. */
export const leaksReport = z.object({
  mode,
  targets: z.array(z.string()),
  /** What the next request finds changed. */
  leaks: z.array(leak),
  /** What the script changes and the mode puts back: it would leak in a process that does not. */
  putBack: z.array(leak),
  /** Every output was CGI's. */
  alike: z.boolean(),
  differences: z.array(outputDifference),
  /** Not compared: CGI itself does not repeat it. */
  varies: z.array(
    z.object({ target: z.string(), part: z.enum(["status", "header", "body"]), name: z.string().nullable() }),
  ),
  /**
   * False: outputs alone were compared. The agent reports no state where each request has a process of its own: in
   * prefork, and with Perl and Ruby scripts that cannot be run twice in one interpreter.
   */
  stateExamined: z.boolean(),
});
export type LeaksReport = z.infer<typeof leaksReport>;

const startupImport = z.object({
  /** The module's name. */
  name: z.string(),
  /** 0: the script imports it; 1: a module of depth 0 above it in the list does; and so on. */
  depth: z.number().int().nonnegative(),
  /** With and without the modules that it imports itself, ms. */
  totalMs: z.number(),
  selfMs: z.number(),
  /** In the script; null: not known, or another module imports it. */
  line: z.number().int().nullable(),
  /** A file of this name lies beside the script. */
  isOwn: z.boolean(),
  /** Prefork loads it before the first request, as it is configured or by itself. */
  isPreloaded: z.boolean().default(false),
  /** What to do; null: nothing, it takes no time that matters. */
  advice: message.nullable(),
});
export type StartupImport = z.infer<typeof startupImport>;

/** `startup --json`: where the time of a cold start goes. */
export const startupReport = z.object({
  target: z.string(),
  language: z.enum(agentLanguages),
  /** A request as CGI, from the start of the process to its end; the median of several, ms. */
  totalMs: z.number(),
  /** Its parts: a process of the interpreter that does nothing, what the script imports, and the rest. */
  interpreterMs: z.number(),
  importsMs: z.number(),
  scriptMs: z.number(),
  /** Each module before those that it imports, in the order of the script. */
  imports: z.array(startupImport),
  /** Where the figures are not of the whole script. */
  remarks: z.array(message).default([]),
  /** The modules that the script's agent preloads, as it is configured; null: a report from before it said so. */
  preloaded: z.array(z.string()).nullable().default(null),
});
export type StartupReport = z.infer<typeof startupReport>;

/** `traces --json`: what was found in the stored traces of a folder. */
export const storedTraces = z.object({
  /** How many there are, whatever the limit. */
  total: z.number().int().nonnegative(),
  tookMs: z.number(),
  /** Newest first. Text that is not valid UTF-8 has U+FFFD; the trace itself has the exact bytes. */
  rows: z.array(
    z.object({
      id: z.string(),
      /** Ascending in the order in which the traces were stored. */
      seq: z.number().int().positive(),
      startedAt: z.iso.datetime({ precision: 3 }),
      method: z.string(),
      target: z.string(),
      status: z.number().int().nullable(),
      mode: mode.nullable(),
      tookMs: z.number().nullable(),
      /** The size of the response body. */
      bytes: z.number().int().nonnegative(),
      /** What the user wrote to it. */
      name: z.string().nullable(),
      note: z.string().nullable(),
      tags: z.array(z.string()),
    }),
  ),
});
export type StoredTraces = z.infer<typeof storedTraces>;

/** `test --json`: what came of the requests of `.http` files. */
export const testReport = z.object({
  folder: z.string(),
  /** The name of the environment; null: none was chosen. */
  environment: z.string().nullable(),
  tookMs: z.number(),
  passed: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
  /** In the order in which they were sent. */
  requests: z.array(savedResult),
});
export type TestReport = z.infer<typeof testReport>;
/** One of two responses to the same request. */
const replayed = z.object({ id: z.string(), status: z.number().int().nullable(), outcome });
/** `replay --json`: a stored request again, and how its response differs from the recorded one. */
export const replayReport = z.object({
  recorded: replayed,
  repeated: replayed,
  /** There is no difference in what was compared. */
  alike: z.boolean(),
  /** Bytes of equally long bodies that were not kept, and so not compared. */
  uncompared: z.number().int().nonnegative(),
  differences: z.array(
    z.object({
      part: z.enum(["status", "header", "body"]),
      /** The header's name, in lower case. */
      name: z.string().nullable(),
      /** The offset of the first byte of the body that differs. */
      offset: z.number().int().nullable(),
      /** The value as text; null: no such header. */
      was: z.string().nullable(),
      now: z.string().nullable(),
      message,
    }),
  ),
  /** Headers that are not compared. */
  ignored: z.array(z.string()),
});
export type ReplayReport = z.infer<typeof replayReport>;

/** `replay --version both --json`: a stored request again, to the script as it was then and as it is now. */
export const versionsReport = z.object({
  /** SHA-256 of the scripts that ran. */
  hashes: z.object({ earlier: z.string().nullable(), today: z.string().nullable() }),
  /** Each beside the recorded response. */
  earlier: replayReport,
  today: replayReport,
  /** Today's beside the earlier version's, which is `recorded` here. */
  between: replayReport,
});
export type VersionsReport = z.infer<typeof versionsReport>;

/** `servers --json`: what each server would do with the request, by its id. */
export const serversReport = z.partialRecord(
  z.enum(serverIds),
  serverAnswer.omit({ id: true, name: true, version: true, leaks: true, runs: true, body: true }).extend({
    bodyBase64: z.base64(),
    /** What its log says, line by line; null: nothing. */
    log: z.string().nullable(),
  }),
);
export type ServersReport = z.infer<typeof serversReport>;

/** The line that `serve --json` prints when it is ready. */
export const servingLine = z.object({ scripts: z.url(), ui: z.url().nullable(), pid: z.number().int().positive() });
export type ServingLine = z.infer<typeof servingLine>;

/** JSON Schemas (draft 2020-12) by the name of their file in docs/. */
export const publishedSchemas = (): Readonly<Record<string, object>> => ({
  "trace.schema.json": jsonSchema(
    trace,
    "A CGI Workbench trace",
    "What `request --json` and `trace --json` print: one request, schema 1.",
  ),
  "fcgi.schema.json": jsonSchema(
    conversation,
    "A CGI Workbench FastCGI conversation",
    "What `fcgi --json` prints: the parts of a trace that a request without a gateway has.",
  ),
  "doctor.schema.json": jsonSchema(doctorReport, "A CGI Workbench doctor report", "What `doctor --json` prints."),
  "try.schema.json": jsonSchema(
    tryReport,
    "A CGI Workbench report on many values",
    "What `try --json` and `probe --json` print.",
  ),
  "bench.schema.json": jsonSchema(benchReport, "A CGI Workbench benchmark", "What `bench --json` prints."),
  "leaks.schema.json": jsonSchema(leaksReport, "A CGI Workbench leak report", "What `leaks --json` prints."),
  "startup.schema.json": jsonSchema(startupReport, "A CGI Workbench start-up report", "What `startup --json` prints."),
  "traces.schema.json": jsonSchema(storedTraces, "Stored CGI Workbench traces", "What `traces --json` prints."),
  "test.schema.json": jsonSchema(testReport, "A CGI Workbench test report", "What `test --json` prints."),
  "replay.schema.json": jsonSchema(replayReport, "A repeated CGI Workbench request", "What `replay --json` prints."),
  "versions.schema.json": jsonSchema(
    versionsReport,
    "A repeated CGI Workbench request in two versions",
    "What `replay --version both --json` prints.",
  ),
  "servers.schema.json": jsonSchema(
    serversReport,
    "A request on other servers",
    "What `servers --json` prints: what each server would do with it.",
  ),
  "adopt.schema.json": jsonSchema(adoptReport, "An adopted configuration", "What `adopt --json` prints."),
  "serve.schema.json": jsonSchema(servingLine, "A CGI Workbench server", "The line that `serve --json` prints."),
});

const jsonSchema = (schema: z.ZodType, title: string, description: string): object =>
  z.toJSONSchema(schema.meta({ title, description }), {
    io: "input", // newer versions may add what this one does not know
    override: ({ jsonSchema: made }) => {
      if (made.format === "base64") delete made.pattern; // `format` already describes it
    },
  });
