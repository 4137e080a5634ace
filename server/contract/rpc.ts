// The RPC contract between window and server, the same over MessagePort and WebSocket. Streams are pulled: `next`
// resolves when there is something after `since` (and 16 ms of batching), so a paused page costs nothing and resumes by
// a call.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { adoptContract } from "./adopt-contract.js";
import { assistantsContract } from "./assistants-contract.js";
import { call } from "./call.js";
import { compileContract } from "./compile-contract.js";
import { cookiesContract } from "./cookies-contract.js";
import { debugContract } from "./debug-contract.js";
import { deployContract } from "./deploy-contract.js";
import { doctorContract } from "./doctor-contract.js";
import { encodingsContract } from "./encodings-contract.js";
import { exchangeContract } from "./exchange-contract.js";
import { filesContract } from "./files-contract.js";
import { fixContract } from "./fix-contract.js";
import { holdContract } from "./hold-contract.js";
import { lessonClassContract } from "./lesson-class-contract.js";
import { lessonsContract } from "./lessons-contract.js";
import { logContract } from "./log-contract.js";
import { measureContract } from "./measure-contract.js";
import { ownCommandsContract } from "./own-commands-contract.js";
import { previewContract } from "./preview-contract.js";
import { requestsContract } from "./requests-contract.js";
import { samplesContract } from "./samples-contract.js";
import { savedContract } from "./saved-contract.js";
import { searchContract } from "./search-contract.js";
import { serversContract } from "./servers-contract.js";
import { tracesContract } from "./traces-contract.js";
import { variationsContract } from "./variations-contract.js";
import { windowContract } from "./window-contract.js";
import { workersContract } from "./workers-contract.js";
import { known, workbenchCounts, workbenchState } from "./workspace.js";

export const contract = {
  state: {
    /** The state once its `rev` is above `since` (−1: at once). */
    next: oc.input(known).output(workbenchState),
    /** The counts, likewise. */
    counts: oc.input(known).output(workbenchCounts),
  },
  server: {
    /** `port` null: 8080 or the next free one. A number: this port or none. */
    start: call.input(z.object({ port: z.number().int().min(0).max(65_535).nullable() })).output(z.null()),
    stop: oc.output(z.null()),
    /** From now on the state has the versions of the open folder's interpreters, each as soon as it is known. */
    askVersions: oc.output(z.null()),
  },
  workspace: {
    /** Opens a folder by its absolute path (or one beginning with `~/`). */
    open: call.input(z.object({ path: z.string().min(1).max(4096) })).output(z.null()),
    close: oc.output(z.null()),
    /** Trusts the open folder with the settings that the user saw, by their fingerprint. */
    trust: call
      .input(z.object({ root: z.string().min(1).max(4096), fingerprint: z.string().length(64) }))
      .output(z.null()),
    /** Ends the trust in the open folder. */
    endTrust: call.input(z.object({ root: z.string().min(1).max(4096) })).output(z.null()),
    /** The folders in `path`, for the folder chooser in a browser; `path` null: the home folder. */
    folders: call.input(z.object({ path: z.string().max(4096).nullable() })).output(
      z.object({
        path: z.string(),
        parent: z.string().nullable(),
        folders: z.array(z.string()),
        truncated: z.boolean(),
      }),
    ),
  },
  files: filesContract,
  encodings: encodingsContract,
  search: searchContract,
  requests: requestsContract,
  variations: variationsContract,
  saved: savedContract,
  cookies: cookiesContract,
  measure: measureContract,
  preview: previewContract,
  doctor: { ...doctorContract, ...fixContract, ...compileContract },
  log: logContract,
  samples: samplesContract,
  lessons: { ...lessonsContract, ...lessonClassContract },
  servers: serversContract,
  traces: tracesContract,
  exchange: exchangeContract,
  hold: holdContract,
  debug: debugContract,
  window: windowContract,
  ownCommands: ownCommandsContract,
  assistants: assistantsContract,
  deploy: deployContract,
  adopt: adoptContract,
  workers: workersContract,
};
export type Contract = typeof contract;
