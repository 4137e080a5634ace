// Requests that are kept in the folder's `.http` files: which there are, running them, and adding one.

import { eventIterator } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { maxFileText } from "./limits.js";
import { composedRequest } from "./requests-contract.js";
import { message, outcome } from "./trace.js";
import { workspacePath } from "./workspace.js";

const place = z.number().int().positive();
const environment = z.string().max(1000).nullable();

/** Why a request failed, with the place in its file. */
const savedFailure = z.object({
  /** The line in the file: the assertion, the capture or the request line. */
  text: z.string(),
  line: place,
  column: place,
  /** Null: nothing was compared. */
  expected: z.string().nullable(),
  /** Null: there was nothing. */
  got: z.string().nullable(),
  why: message,
});
export type SavedFailure = z.infer<typeof savedFailure>;

/** What came of one request. Values of secret variables are replaced by “•••” everywhere. */
export const savedResult = z.object({
  file: workspacePath,
  name: z.string(),
  line: place,
  method: z.string(),
  /** The target that was sent; the one in the file if none was. */
  target: z.string(),
  passed: z.boolean(),
  /** The trace's id; null: the request was not sent. */
  trace: z.string().nullable(),
  status: z.number().int().nullable(),
  outcome: outcome.nullable(),
  tookMs: z.number().nullable(),
  /** SHA-256 of the response body, hex; null without a response. */
  bodyHash: z.string().nullable(),
  assertions: z.number().int().nonnegative(),
  failures: z.array(savedFailure),
  /** The names of the variables that were captured. */
  captured: z.array(z.string()),
});
export type SavedResult = z.infer<typeof savedResult>;

/** Among the requests of the file with the same name, from 0. */
const nth = z.number().int().nonnegative();

/** What came of a request in the window's last run, and in the one before; null: that was the first one. */
export const savedRun = z.object({ nth, result: savedResult, before: savedResult.nullable() });
export type SavedRun = z.infer<typeof savedRun>;

const savedMistake = z.object({ line: place, column: place, why: message });
export type SavedMistake = z.infer<typeof savedMistake>;

const savedFile = z.object({
  path: workspacePath,
  requests: z.array(
    z.object({
      name: z.string(),
      nth,
      line: place,
      method: z.string(),
      target: z.string(),
      assertions: z.number().int().nonnegative(),
    }),
  ),
  /** With one of them none of its requests is sent. */
  mistakes: z.array(savedMistake),
});
export type SavedFile = z.infer<typeof savedFile>;

const savedRequests = z.object({
  files: z.array(savedFile),
  /** The names of the environments. */
  environments: z.array(z.string()),
  /** Why they cannot be read. */
  environmentMistake: message.nullable(),
  /** The last runs of the requests that are in the files now. */
  ran: z.array(savedRun),
});
export type SavedRequests = z.infer<typeof savedRequests>;

/** What is kept: a trace's request, or a composed one. */
const source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trace"), id: z.string().max(64) }),
  /** `{{name}}` stay variables of the environment that the composer sends it with. */
  z.object({ kind: z.literal("composed"), request: composedRequest }),
]);
const requestToSave = z.object({
  source,
  /** A new one or an existing one; it ends in ".http". */
  path: workspacePath,
  name: z.string().min(1).max(1000),
  /** The text of each after `@assert`. */
  assertions: z.array(z.string().max(10_000)).max(100),
  /** Headers with a secret's name (Authorization, Cookie, X-Api-Key) are kept, too. */
  keepsSecrets: z.boolean(),
});
/** The request as the caller passes it. */
export type AskedToSave = z.input<typeof requestToSave>;
export type RequestToSave = z.infer<typeof requestToSave>;

/** One request of a file: as the list names it, or by its line in the text that an editor shows. */
const oneRequest = z.union([z.object({ name: z.string(), nth }), z.object({ line: place })]);
export type OneRequest = z.infer<typeof oneRequest>;

export const savedContract = {
  list: call.output(savedRequests),
  /** The names of the environments alone. */
  environments: call.output(z.object({ names: z.array(z.string()), mistake: message.nullable() })),
  /**
   * Sends requests one after the other, and yields what came of each. `file` null: those of all files; `only` null: all
   * of the file. `text`: of the file as an editor has it; null: as it is on disk.
   */
  run: call
    .input(
      z.object({
        file: workspacePath.nullable(),
        only: oneRequest.nullable().default(null),
        text: z.string().max(maxFileText).nullable().default(null),
        environment,
      }),
    )
    .output(eventIterator(savedRun.omit({ before: true }))),
  /** Adds a request to the end of a file. It is at that line then. */
  save: call.input(requestToSave).output(z.object({ line: place })),
};
