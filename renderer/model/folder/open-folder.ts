// Opening and closing a folder. The desktop app asks with the system's dialog; in a browser, which cannot see the disk,
// our own dialog lists the folders that the server sees.
import { toProblem } from "../../../server/contract/problem.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { openDialog } from "../../platform/dialogs.js";
import { notify, orNotify } from "../../platform/notices.js";
import { withProgress } from "../../platform/progress.js";
import { bridge } from "../../rpc/bridge.js";
import { windowMessage } from "../../rpc/messages.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { noConnection, useServer } from "../../rpc/store.js";

const cancelled = toProblem(windowMessage("cancelled"));

/** Opens a folder. Returns the problem, or null. */
export async function openFolder(path: string): Promise<Problem | null> {
  const { client } = useServer.getState();
  if (!client) return noConnection;
  return withProgress(`Opening ${path}`, async (signal) => {
    try {
      await client.workspace.open({ path }, { signal });
      return null;
    } catch (error) {
      return signal.aborted ? cancelled : problemOf(error);
    }
  });
}

/** Asks which folder and opens it. */
export async function chooseAndOpenFolder(): Promise<void> {
  if (!bridge) {
    openDialog("folder");
    return;
  }
  const path = await bridge.chooseFolder();
  if (path !== null) await openFolderOrSay(path);
}

/** Opens a folder from a place that has no room for a problem of its own. */
export async function openFolderOrSay(path: string): Promise<void> {
  const problem = await openFolder(path);
  if (problem) notify("bad", problemText(problem));
}

export const closeFolder = (): Promise<void> =>
  orNotify("The folder could not be closed", async () => useServer.getState().client?.workspace.close());
