// Which applications serve a script, their names, and their order in the Workers tab: the script in the editor is the
// one the user works on, so it comes first.
import { modeTraits } from "../../../server/contract/modes.js";
import type { ApplicationState } from "../../../server/contract/workers-contract.js";
import type { FileEntry } from "../../../server/contract/workspace.js";

type Listed = Pick<ApplicationState, "script" | "mode">;

/** Whether its processes run the file, in whichever mode; shared ones serve every file of their mode. */
const serves = ({ script, mode }: Listed, file: Pick<FileEntry, "path" | "mode">): boolean =>
  script === file.path || (modeTraits[mode].sharesProcess && file.mode === mode);

/** Those that serve the file in its own mode: a script that was tried in other modes has more. */
export const applicationsOf = <A extends Listed>(
  applications: readonly A[],
  file: Pick<FileEntry, "path" | "mode">,
): readonly A[] => applications.filter((one) => one.mode === file.mode && serves(one, file));

/** `search.fcgi`, `search.fcgi at /shop`. */
export function applicationName({ script, at }: Pick<ApplicationState, "script" | "at">): string {
  const name = script.slice(script.lastIndexOf("/") + 1);
  return at === null ? name : `${name} at ${at}`;
}

/** The others stay in the order in which they were first used. `open`: the editor's file. */
export function openFirst<A extends Listed>(
  applications: readonly A[],
  open: Pick<FileEntry, "path" | "mode"> | null,
): readonly A[] {
  const isOpen = (application: Listed): boolean => open !== null && serves(application, open);
  return [...applications.filter(isOpen), ...applications.filter((application) => !isOpen(application))];
}
