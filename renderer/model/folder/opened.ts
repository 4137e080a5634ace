// Waiting until a folder, and a file in it, is there to be shown.
import { WindowProblem } from "../../rpc/problem.js";
import { useFiles } from "./file-store.js";
import { openFolder } from "./open-folder.js";
import { useWorkspace } from "./workspace-store.js";

/** How long the list of files may take after a folder was opened, ms. */
const patienceMs = 10_000;

/** Opens a folder and waits until the window shows it. @throws WindowProblem */
export async function openAndWait(root: string): Promise<void> {
  const problem = await openFolder(root);
  if (problem) throw new WindowProblem(problem);
  await until(() => useWorkspace.getState().workspace?.root === root, useWorkspace.subscribe, `${root} did not open.`);
}

/** Resolves when the file is in the list of the open folder. */
export function listed(path: string): Promise<void> {
  return until(
    () => useFiles.getState().root === useWorkspace.getState().workspace?.root && useFiles.getState().byPath.has(path),
    useFiles.subscribe,
    `${path} is not in the folder.`,
  );
}

function until(isSo: () => boolean, subscribe: (listener: () => void) => () => void, otherwise: string): Promise<void> {
  if (isSo()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop();
      reject(new Error(otherwise));
    }, patienceMs);
    const stop = subscribe(() => {
      if (!isSo()) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}
