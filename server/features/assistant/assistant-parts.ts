// What the tools of an assistant are made with.
import type { CallToolResult } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import type { MaskedTraces } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";

export interface AssistantParts {
  readonly workbench: Workbench;
  readonly traces: MaskedTraces;
}

export const readOnly = { readOnlyHint: true, destructiveHint: false, openWorldHint: false } as const;
/** A script may do anything, with anyone. */
export const runsScripts = { readOnlyHint: false, destructiveHint: true, openWorldHint: true } as const;

export interface ToolList {
  /** `run` throws ProblemError, or the signal's reason when it aborts. */
  add<I extends z.ZodObject>(
    name: string,
    description: string,
    annotations: typeof readOnly | typeof runsScripts,
    input: I,
    run: (args: z.infer<I>, signal: AbortSignal) => Promise<CallToolResult>,
  ): void;
}

/** The open folder. @throws ProblemError if it is not trusted */
export function trustedFolder({ folder }: Pick<Workbench, "folder">): ReturnType<Workbench["folder"]["workspace"]> {
  const workspace = folder.workspace();
  if (workspace.isTrusted) return workspace;
  throw new ProblemError(assistantMessage("folder-not-trusted", { folder: workspace.root }));
}
