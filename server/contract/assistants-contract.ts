// The assistants that are connected to this server over MCP: who they are, what they asked, and whether they may.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { known } from "./workspace.js";

/** What a client says of itself; null before its first call. */
const client = z.string().nullable();
/** `what` was asked for, on one line. `code`: of why it failed; null: it did not. */
const asked = z.object({ nth: z.number(), at: z.number(), client, what: z.string(), code: z.string().nullable() });

export const assistantsState = z.object({
  rev: z.number().int().nonnegative(),
  generation: z.string(),
  /** What a client starts, with the words before `mcp`. */
  command: z.array(z.string()).min(1),
  /** Every call is refused, in every folder. */
  isRefused: z.boolean(),
  connected: z.array(client),
  /** The last ones, newest first. */
  asked: z.array(asked),
});
export type AssistantsState = z.infer<typeof assistantsState>;

export const assistantsContract = {
  next: oc.input(known).output(assistantsState),
  /** Also for later, and for assistants that other processes serve. */
  refuse: call.input(assistantsState.pick({ isRefused: true })).output(z.null()),
};
