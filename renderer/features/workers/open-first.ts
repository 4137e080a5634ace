// The order of applications in the Workers tab: the script in the editor is the one the user works on, so it comes
// first.
import { modeTraits } from "../../../server/contract/modes.js";
import type { ApplicationState } from "../../../server/contract/workers-contract.js";
import type { FileEntry } from "../../../server/contract/workspace.js";

type Listed = Pick<ApplicationState, "script" | "mode">;

/** The others stay in the order in which they were first used. `open`: the editor's file; shared processes serve every file of their mode. */
export function openFirst<A extends Listed>(
  applications: readonly A[],
  open: Pick<FileEntry, "path" | "mode"> | null,
): readonly A[] {
  const isOpen = ({ script, mode }: Listed): boolean =>
    open !== null && (script === open.path || (modeTraits[mode].sharesProcess && open.mode === mode));
  return [...applications.filter(isOpen), ...applications.filter((application) => !isOpen(application))];
}
