// Runs the requests of several `.http` files, one after the other, into one report.
import { appMessage } from "../../app/messages.js";
import { ProblemError } from "../../base/problem.js";
import type { TestReport } from "../../contract/command-output.js";
import type { SavedResult } from "../../contract/saved-contract.js";
import type { RequestFile } from "./request-files.js";
import { runRequest } from "./run-requests.js";

interface Told {
  /** Before the requests of a file. */
  readonly onFile?: (path: string) => void;
  readonly onResult?: (result: SavedResult) => void;
}

/** @throws the signal's reason, or ProblemError while nothing is served, or once another folder is */
export async function runFiles(
  workbench: Parameters<typeof runRequest>[0],
  files: readonly RequestFile[],
  options: Parameters<typeof runRequest>[3],
  { onFile, onResult }: Told = {},
): Promise<TestReport> {
  const startedMs = performance.now();
  const workspace = workbench.folder.workspace();
  const requests: TestReport["requests"] = [];
  for (const file of files) {
    onFile?.(file.path);
    for (const request of file.parsed.requests) {
      if (workbench.folder.current !== workspace)
        throw new ProblemError(appMessage("folder-left", { root: workspace.root }));
      const result = await runRequest(workbench, file, request, options);
      options.signal.throwIfAborted();
      requests.push(result);
      onResult?.(result);
    }
  }
  const failed = requests.filter(({ passed }) => !passed).length;
  return {
    folder: workspace.root,
    environment: options.environment.name,
    tookMs: Math.round((performance.now() - startedMs) * 10) / 10,
    passed: requests.length - failed,
    failed,
    requests,
  };
}
