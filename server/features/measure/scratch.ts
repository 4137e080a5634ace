// A workbench of its own for a measurement, on the folder that is open: the measured requests are recorded as others
// are, but they are in no list, displace no trace, and reach no store.
import { Workbench, type WorkbenchOptions } from "../../app/workbench.js";

export interface ScratchFolder {
  readonly root: string;
  /** The configuration in place of the folder's own; null: that one. */
  readonly configFile: string | null;
}

/** The folder is trusted. Scripts that still run when `work` is over are ended. */
export async function withScratch<T>(
  { root, configFile }: ScratchFolder,
  options: Pick<WorkbenchOptions, "agentOverrides" | "startLoad">,
  work: (workbench: Workbench) => Promise<T>,
): Promise<T> {
  const workbench = await Workbench.create(options);
  try {
    await workbench.folder.open(root, { configFile, port: 0, run: { host: null } });
    return await work(workbench);
  } finally {
    await workbench.dispose();
  }
}
