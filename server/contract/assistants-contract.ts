// The assistants that are connected to this server over MCP: who they are, what they asked, and whether they may.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { failures } from "./workspace.js";

/** What a client says of itself. */
const clientName = z.string().nullable();

export const assistantsState = z.object({
  rev: z.number().int().nonnegative(),
  generation: z.string(),
  /** What a client starts, with the words before `mcp`. */
  command: z.array(z.string()).min(1),
  /** Every call is refused, in every folder. */
  isRefused: z.boolean(),
  /** `since`: Unix time in ms. */
  connected: z.array(z.object({ id: z.number().int(), client: clientName, since: z.number() })),
  /** The last calls, newest first. `about`: what was asked for, on one line. `code`: of why it failed; or null. */
  asked: z.array(
    z.object({
      nth: z.number().int(),
      at: z.number(),
      client: clientName,
      tool: z.string(),
      about: z.string(),
      code: z.string().nullable(),
    }),
  ),
});
export type AssistantsState = z.infer<typeof assistantsState>;

export const assistantsContract = {
  /** The state once its `rev` is above `since` (−1: at once). */
  next: oc
    .input(z.object({ since: z.number().int().min(-1), generation: z.string().nullable() }))
    .output(assistantsState),
  /** Also for later, and for assistants that other processes serve. */
  refuse: oc
    .errors(failures)
    .input(z.object({ isRefused: z.boolean() }))
    .output(z.null()),
};
