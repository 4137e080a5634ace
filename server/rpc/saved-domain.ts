// Requests that are kept in the folder's `.http` files.

import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { requestOf } from "../client/send-composed.js";
import type { OneRequest, RequestToSave } from "../contract/saved-contract.js";
import { LastRuns, type Ran } from "../features/saved/last-runs.js";
import { savedMessage } from "../features/saved/messages.js";
import {
  type Environment,
  environmentOf,
  filesToRun,
  listEnvironments,
  listSaved,
  type RequestFile,
  titled,
} from "../features/saved/request-files.js";
import { type KeptRequest, saveRequest } from "../features/saved/save-request.js";
import { offsetOfLine, requestAt } from "../formats/http-file/http-file.js";
import { fromBytes, utf8 } from "../protocol/byte-string.js";
import { missingBody } from "../trace/formats/export-trace.js";
import type { Workspace } from "../workspace/workspace.js";
import { never, os } from "./implementer.js";
import { callMessage } from "./messages.js";

type SavedParts = Pick<Workbench, "folder" | "server" | "sender" | "doctor" | "traces" | "log">;

export const savedDomain = (parts: SavedParts) => {
  const { folder } = parts;
  const captured = new WeakMap<Workspace, Map<string | null, Map<string, string>>>();
  /**
   * A login can be sent by hand, and then the request that needs its token, in the same environment. All requests of a
   * file, or of the folder, begin without any value, as in a run of the command line.
   */
  const capturedFor = (workspace: Workspace, environment: string | null, isOne: boolean): Map<string, string> => {
    const all = captured.get(workspace) ?? new Map<string | null, Map<string, string>>();
    const values = (isOne ? all.get(environment) : null) ?? new Map<string, string>();
    captured.set(workspace, all.set(environment, values));
    return values;
  };
  const runs = new LastRuns(parts.log);
  return {
    environments: os.saved.environments.handler(() => listEnvironments(folder.workspace())),
    list: os.saved.list.handler(() => listSaved(folder.workspace(), runs)),
    run: os.saved.run.handler(async ({ input: { file, only, text, environment }, signal = never }) => {
      const workspace = folder.workspace();
      const files = await filesToRun(workspace, file, text);
      parts.server.servingAddress(); // none is sent while nothing is served
      const environmentToUse = await environmentOf(workspace, environment);
      const requests = files.flatMap((each) =>
        requestsIn(each, only, environmentToUse).map((one) => ({ each, ...one })),
      );
      const options = {
        environment: environmentToUse,
        captured: capturedFor(workspace, environment, only !== null),
        from: "composer",
        signal,
      } as const;
      const { runRequest } = await import("../features/saved/run-requests.js"); // with a library of regular expressions
      return (async function* () {
        const ran: Ran[] = [];
        try {
          for (const { each, request, nth } of requests) {
            const result = await runRequest(parts, each, request, options);
            ran.push({ nth, result });
            yield { nth, result };
          }
        } finally {
          await runs.add(workspace.root, ran);
        }
      })();
    }),
    save: os.saved.save.handler(async ({ input: { source, ...wanted } }) => ({
      line: await saveRequest(parts, await keptRequest(parts, source), wanted),
    })),
  };
};

/** @throws ProblemError */
function requestsIn(file: RequestFile, only: OneRequest | null, environment: Environment): ReturnType<typeof titled> {
  const all = titled(file, environment.maskFor(file));
  if (only === null) return all;
  const { path, text, parsed } = file;
  const at = "line" in only ? requestAt(parsed, offsetOfLine(text, only.line)) : null;
  const one = all.find(({ request, name, nth }) =>
    "line" in only ? request === at : name === only.name && nth === only.nth,
  );
  if (one) return [one];
  throw new ProblemError(
    "line" in only
      ? savedMessage("no-such-request", { path, line: only.line })
      : savedMessage("no-request-of-that-name", { path, ...only }),
  );
}

/** @throws ProblemError */
async function keptRequest({ folder, traces }: SavedParts, source: RequestToSave["source"]): Promise<KeptRequest> {
  if (source.kind === "composed") {
    const { body: given, environment: name } = source.request;
    const { body, ...request } = requestOf(source.request);
    return {
      ...request,
      body: body ? fromBytes(body.bytes) : utf8(""),
      values: name === null ? null : (await environmentOf(folder.workspace(), name)).values,
      files: (given && "files" in given && given.files) || [],
    };
  }
  const trace = await traces.find(source.id);
  if (!trace) throw new ProblemError(callMessage("trace-not-kept", { trace: source.id }));
  const { method, target, headers, body } = trace.request;
  if (body.captured < body.bytes) throw missingBody(source.id, trace.cause?.code ?? null, body);
  return { method, target, headers, body: fromBytes(body.read(0, body.captured)), values: null, files: [] };
}
