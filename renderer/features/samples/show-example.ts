// Opening an example: its script in the editor, one of its requests in the composer, and sent.
import type { Sample, SampleRequest } from "../../../server/contract/samples-contract.js";
import { useFiles } from "../../model/folder/file-store.js";
import { openFolder } from "../../model/folder/open-folder.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { loadIntoComposer } from "../../model/request/load.js";
import { runToEnd } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { WindowProblem } from "../../rpc/problem.js";

/** How long the list of files may take after a folder was opened, ms. */
const patienceMs = 10_000;

/** Shows the script and the request, and sends that when `isSent`. */
export async function showExample(sample: Sample, request: SampleRequest | undefined, isSent: boolean): Promise<void> {
  await listed(sample.file);
  useSelection.getState().open(sample.file);
  if (!request) return;
  const { method, target, headers, body } = request;
  loadIntoComposer({ method, target, headers, body: body === "" ? null : new TextEncoder().encode(body) });
  if (isSent) await runToEnd("request.send");
}

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
