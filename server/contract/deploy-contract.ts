// Kits: what a folder's scripts need to live on another server.

import { z } from "zod";
import { call } from "./call.js";
import { targetIds } from "./deploy-targets.js";
import { shownRoot } from "./files-contract.js";
import { message, mode } from "./trace.js";
import { workspacePath } from "./workspace.js";

/** A kit of one script; `script` null: of all in the folder. */
const wish = z.object({
  root: shownRoot,
  to: z.enum(targetIds),
  script: workspacePath.nullable(),
  /** The name that requests ask for; "": any. */
  host: z.string().max(253).default(""),
});
export type KitWish = z.infer<typeof wish>;

export const kitPlan = z.object({
  /** Where it will lie on the other machine. */
  at: z.string(),
  scripts: z.array(z.object({ path: z.string(), mode })),
  /** What will differ there. */
  notes: z.array(message),
  files: z.array(z.string()),
  /** A new folder for it, absolute. */
  suggestedFolder: z.string(),
});
export type KitPlan = z.infer<typeof kitPlan>;

export const deployContract = {
  plan: call.input(wish).output(kitPlan),
  /** Into a new or an empty folder. */
  make: call.input(wish.extend({ folder: z.string().min(1).max(4096) })).output(z.object({ folder: z.string() })),
};
