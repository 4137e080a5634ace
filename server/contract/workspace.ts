// What the window knows of the workspace and the server, apart from the traces.
import { z } from "zod";
import { fileEncodings } from "./charsets.js";
import { agentLanguages } from "./modes.js";
import { serverIds } from "./server-ids.js";
import { messageData, mode, sentence } from "./trace.js";
import { trustReport } from "./trust-contract.js";

/** What a window has of a state: its `rev`, or −1, and its generation. The answer is a state with a higher one. */
export const known = z.object({ since: z.number().int().min(-1), generation: z.string().nullable() });

/** The SHA-256 of a script's bytes, hex: a trace's `scriptHash`. */
export const scriptHash = z.string().regex(/^[0-9a-f]{64}$/);

/** A path inside the workspace, `/`-separated, without a leading slash and without `.` or `..` segments. */
export const workspacePath = z
  .string()
  .min(1)
  .max(4096)
  .refine(
    (path) =>
      !path.startsWith("/") &&
      !path.includes("\0") &&
      path.split("/").every((s) => s !== "" && s !== "." && s !== ".."),
    "must be a path inside the workspace",
  );

const fileEntry = z.object({
  path: workspacePath,
  kind: z.enum(["file", "folder"]),
  sizeBytes: z.number().int().nonnegative(),
  /** Unix time in ms. */
  modifiedAt: z.number(),
  executable: z.boolean(),
  /** How a request to it would run it; null for a static or hidden file. */
  mode: mode.nullable(),
  /** The language of the agent that can run it; null if none can. */
  agent: z.enum(agentLanguages).nullable(),
  /** The request target that reaches it; null if it is never served. */
  target: z.string().nullable(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** A path that leads to an external application, at an address. */
const applicationRoute = z.object({ path: z.string(), address: z.string() });
export type ApplicationRoute = z.infer<typeof applicationRoute>;

const fileList = z.object({
  /** For the next call: changes since this version. */
  version: z.string(),
  entries: z.array(fileEntry),
  /** What requests reach apart from files. */
  elsewhere: z.array(applicationRoute),
  /** True when the folder holds more than the list's bound. */ truncated: z.boolean(),
  maxEntries: z.number().int(),
});
export type FileList = z.infer<typeof fileList>;

/**
 * Compared with an earlier version: new and changed entries, in the list's order, and removed paths; or the whole list.
 */
export const fileListChange = z.discriminatedUnion("kind", [
  fileList.extend({ kind: z.literal("all") }),
  z.object({
    kind: z.literal("some"),
    version: z.string(),
    entries: z.array(fileEntry),
    removed: z.array(workspacePath),
  }),
]);
export type FileListChange = z.infer<typeof fileListChange>;

export const fileEncoding = z.enum(fileEncodings);

export const fileContent = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("text"),
    path: workspacePath,
    text: z.string(),
    /** SHA-256 of the bytes, hex. */ hash: z.string(),
    /** What the text was decoded with. */ encoding: fileEncoding,
    /** What the file's bytes are probably encoded in; null: they have a NUL, and were read as UTF-16 by choice. */
    detected: fileEncoding.nullable(),
    /** `detected` is a Western encoding, and the file has valid UTF-8 sequences as well: it mixes two encodings. */
    mixesUtf8: z.boolean(),
    /** Numbers of the lines with bytes that the encoding cannot decode: U+FFFD in the text, kept by a save. */
    undecodable: z.array(z.number().int().positive()),
    bom: z.boolean(),
    lineEnd: z.enum(["lf", "crlf", "mixed", "none"]),
    executable: z.boolean(),
  }),
  z.object({
    kind: z.literal("binary"),
    path: workspacePath,
    sizeBytes: z.number(),
    hash: z.string(),
    /** Why it is not shown as text. */ why: z.string(),
    executable: z.boolean(),
  }),
  z.object({
    kind: z.literal("too-large"),
    path: workspacePath,
    sizeBytes: z.number(),
    maxBytes: z.number(),
    executable: z.boolean(),
  }),
]);
export type FileContent = z.infer<typeof fileContent>;

export const saved = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("saved"),
    /** SHA-256 of the bytes, hex. */
    hash: z.string(),
    /** The values that the file list has now. */
    sizeBytes: z.number().int(),
    modifiedAt: z.number(),
    executable: z.boolean(),
    /** What the bytes are probably encoded in, as in `fileContent`. */
    detected: fileEncoding.nullable(),
    mixesUtf8: z.boolean(),
  }),
  /** The file differs from what the editor read, and nothing was written. `hash` null: it no longer exists. */
  z.object({ kind: z.literal("conflict"), hash: z.string().nullable() }),
]);
export type Saved = z.infer<typeof saved>;

/** What happened and how to fix it. A problem in a file of the workspace has its place. */
export const problem = z.object({
  code: z.string(),
  message: sentence,
  fix: sentence.nullable(),
  /** What the message is made of; null if it is always the same. */
  data: messageData.optional(),
  file: workspacePath.optional(),
  /** Counted from 1. */
  line: z.int().positive().optional(),
});
export type Problem = z.infer<typeof problem>;

export const interpreter = z.object({ name: z.string(), path: z.string(), version: z.string().nullable() });
export type Interpreter = z.infer<typeof interpreter>;

/** The whole state apart from traces, counts and files; `rev` grows with each change. */
export const workbenchState = z.object({
  rev: z.number().int().nonnegative(),
  /** New with each start of the server process: a `rev` of another generation has no meaning. */
  generation: z.string(),
  pid: z.number().int(),
  version: z.string(),
  /** The version that runs the server process, without the "v". */
  nodeVersion: z.string(),
  server: z.object({
    status: z.enum(["stopped", "starting", "serving", "failed"]),
    url: z.string().nullable(),
    port: z.number().int().nullable(),
    /** Set if the requested port was in use and another one is used. */
    requestedPort: z.number().int().nullable(),
    problem: problem.nullable(),
    start: z.enum(["native", "portable"]),
    /** Why scripts are started portably, and what that costs; null for the native start. */
    startWhy: z.string().nullable(),
  }),
  workspace: z
    .object({
      root: z.string(),
      name: z.string(),
      /** Grows when something in the folder changed. */
      filesRev: z.number().int(),
      /** Grows with each change of the configuration, of its file or of the trust. */
      configRev: z.number().int(),
      /** Configuration errors and the like; the last good configuration stays in force. */
      problems: z.array(problem),
      /** Another window of the same user owns the folder: edits are still compared by hash. */
      joined: z.boolean(),
      trust: trustReport,
      /** The server that its scripts are to believe they run on; null: this one. */
      serveLike: z.enum(serverIds).nullable(),
    })
    .nullable(),
  interpreters: z.array(interpreter),
});
export type WorkbenchState = z.infer<typeof workbenchState>;

/** What changes with every request; apart from the state, which is larger and changes seldom. */
export const workbenchCounts = z.object({
  rev: z.number().int().nonnegative(),
  generation: z.string(),
  /** Scripts running now. */
  running: z.number().int(),
  /** Requests that wait until another script is done. */
  queued: z.number().int(),
  traces: z.object({
    count: z.number().int(),
    bytes: z.number().int(),
    budgetBytes: z.number().int(),
    evicted: z.number().int(),
    /** Ended while the doctor had no time for them; each is examined when it is selected. */
    unexamined: z.number().int(),
    /** The user has cleared the list since the folder was opened. */
    isCleared: z.boolean(),
  }),
});
export type WorkbenchCounts = z.infer<typeof workbenchCounts>;
