// What the window remembers, kept by the server: a browser keeps it for one address alone, and the next start has
// another port. The desktop app has a profile of its own and does not call this.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { maxWindowMemory } from "./limits.js";
import { problem } from "./workspace.js";

/** Names one state of the memory; null: none. Each change makes a new one. */
const revision = z.string().max(100).nullable();
const key = z.string().min(1).max(9000);
const value = z.string().max(maxWindowMemory);

export const windowContract = {
  /** An address that opens another window of this server, once within a minute; null in the desktop app. */
  link: oc.output(z.object({ url: z.string().nullable() })),
  /** `known`: the revision that the page has. `entries` null: the memory is at that revision. */
  recall: oc
    .errors({ NOT_POSSIBLE: { data: problem } })
    .input(z.object({ known: revision }))
    .output(z.object({ revision, entries: z.record(z.string(), z.string()).nullable() })),
  /**
   * Values by their keys; null removes one. The response's revision is null if the memory was not at `known`: another
   * window changed it, and this page has not seen how.
   */
  remember: oc
    .errors({ NOT_POSSIBLE: { data: problem } })
    .input(z.object({ known: revision, changes: z.record(key, value.nullable()) }))
    .output(z.object({ revision })),
};
