// The tools that run scripts, and the one that checks them without running any.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import { workspacePath } from "../../contract/workspace.js";
import { checkBefore, checkFolder } from "../checks/check-folder.js";
import { environmentOf, isRequestFile, mistakesOf, requestFile, requestFiles } from "../saved/request-files.js";
import { runFiles } from "../saved/run-files.js";
import { sentRequest } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";
import { type AssistantParts, answer, type Tool, tool } from "./tool.js";
import { answerAbout, findingsOf, partsOf, withSlices } from "./trace-views.js";

export const runTools = ({ workbench, traces }: AssistantParts): readonly Tool[] => [
  tool(
    "send_request",
    false,
    "Sends a request to the folder's server, which runs the script behind the target, and answers with its trace: status, findings, the beginning of the body and of stderr.",
    sentRequest,
    async (request, signal) => {
      const trace = await traces.ofRequest(request, signal);
      const data = { ...partsOf(trace, ["stderr"]), body: withSlices(trace.response?.body ?? null) };
      return answerAbout(trace, data, { findings: findingsOf(trace) });
    },
  ),
  tool(
    "check_scripts",
    true,
    "Checks every script of the folder, or one, without running it: permissions, first line, line endings, syntax.",
    z.object({ path: workspacePath.optional().describe("In the folder.") }),
    async ({ path }, signal) => {
      const whole = path === undefined ? await checkFolder(workbench, signal) : null;
      const scripts = whole?.checked ?? [
        await checkBefore(path ?? "", () => workbench.scripts.diagnose(path ?? "", null)),
      ];
      const findings = scripts.flatMap(({ before }) => before).length;
      const isWhole = whole === null || (whole.maxEntries === null && !whole.isElsewhereCut);
      return answer(`${scripts.length} files, ${findings} findings.`, { isWhole, data: { scripts } });
    },
  ),
  tool(
    "run_saved_requests",
    false,
    "Sends the requests of the folder's .http files, or of one, and checks what they assert.",
    z.object({ file: workspacePath.optional(), environment: z.string().max(1000).optional() }),
    async ({ file, environment: name = null }, signal) => {
      const workspace = workbench.folder.workspace();
      const one = file !== undefined && isRequestFile(file) ? await requestFile(workspace, file) : null;
      const files = file === undefined ? await requestFiles(workspace) : one && [one];
      if (files === null) throw new ProblemError(assistantMessage("no-request-file", { path: file ?? "" }));
      const mistakes = files.flatMap((each) =>
        mistakesOf(each).map(({ line, why }) => `${each.path}:${line}: ${why.text}`),
      );
      if (mistakes.length > 0) throw new ProblemError(assistantMessage("requests-mistaken", { mistakes }));
      const environment = await environmentOf(workspace, name);
      const options = { environment, captured: new Map<string, string>(), signal, from: "assistant" as const };
      const { passed, failed, requests } = await runFiles(workbench, files, options);
      const data = { requests: await Promise.all(requests.map((result) => traces.result(result))) };
      return answer(`${passed} passed, ${failed} failed.`, { passed, failed, data });
    },
  ),
];
