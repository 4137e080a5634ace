// The open folder, for a call that changes it: only if it is the folder that the caller shows.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { Workspace } from "../workspace/workspace.js";
import { callMessage } from "./messages.js";

/** `root` null: whichever is open. @throws ProblemError if another one is open, or none */
export function shownFolder(
  folder: Pick<Workbench["folder"], "workspace">,
  { root }: { readonly root: string | null },
): Workspace {
  const workspace = folder.workspace();
  if (root !== null && workspace.root !== root)
    throw new ProblemError(callMessage("other-folder", { root: workspace.root }));
  return workspace;
}
