// The tools that run scripts, in a trusted folder alone, and the one that checks them without running any.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import { mode } from "../../contract/trace.js";
import { workspacePath } from "../../contract/workspace.js";
import { utf8 } from "../../protocol/byte-string.js";
import { checkBefore, checkFolder } from "../checks/check-folder.js";
import { environmentOf, isRequestFile, mistakesOf, requestFile, requestFiles } from "../saved/request-files.js";
import { runFiles } from "../saved/run-files.js";
import { answer } from "./answer.js";
import { type AssistantParts, readOnly, runsScripts, type ToolList, trustedFolder } from "./assistant-parts.js";
import { assistantMessage } from "./messages.js";
import { findingsOf, findingsText, sliceOf, summaryOf, summaryText } from "./trace-views.js";

const token = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
/** What none of these has would be another part of the request. */
const target = z
  .string()
  .max(8192)
  .regex(/^\/[^\0-\x20\x7f]*$/);
const fieldValue = z.string().regex(/^[^\r\n\0]*$/);

export function addRunTools({ add }: ToolList, { workbench, traces }: AssistantParts): void {
  add(
    "send_request",
    "Sends a request to the folder's server, which runs the script behind the target, and answers with its trace: status, findings, the beginning of the body and of stderr.",
    runsScripts,
    z.object({
      target: target.describe('Path and query, "/cgi-bin/a.py?b=1".'),
      method: token.optional().describe("By default GET, with a body POST."),
      headers: z.record(token, fieldValue).default({}),
      body: z.string().optional(),
      mode: mode.optional().describe("In place of the configured one."),
    }),
    async ({ method, headers, body, mode: asked = null, ...to }, signal) => {
      trustedFolder(workbench);
      const request = {
        method: utf8(method ?? (body === undefined ? "GET" : "POST")),
        target: utf8(to.target),
        headers: Object.entries(headers).map(([name, value]) => [utf8(name), utf8(value)] as const),
        body: body === undefined ? null : { bytes: Buffer.from(body) },
      };
      const sent = await workbench.sender.deliver(request, { from: "assistant", mode: asked }, { signal });
      signal.throwIfAborted();
      const trace = await traces.get(sent.id);
      const summary = summaryOf(trace);
      const findings = findingsOf(trace);
      const slices = {
        body: trace.response && sliceOf(trace.response.body, null),
        stderr: trace.stderr && sliceOf(trace.stderr, null),
      };
      const data = { ...summary.data, ...slices };
      const shown = `${findingsText(findings)}\n${JSON.stringify(slices)}`;
      return answer({ ...summary, findings, data }, summaryText(summary), shown);
    },
  );
  add(
    "check_scripts",
    "Checks every script of the folder, or one, without running it: permissions, first line, line endings, syntax.",
    readOnly,
    z.object({ path: workspacePath.optional().describe("In the folder.") }),
    async ({ path }, signal) => {
      const { checked: scripts, ...cut } =
        path === undefined
          ? await checkFolder(workbench, signal)
          : { checked: [await checkBefore(path, () => workbench.scripts.diagnose(path, null))], maxEntries: null };
      const found = scripts.flatMap(({ path: file, before }) => before.map((finding) => ({ file, ...finding })));
      const lines = found.map(({ file, line, title }) => `${file}${line === null ? "" : `:${line}`}: ${title}`);
      return answer(
        { isWhole: cut.maxEntries === null && !("isElsewhereCut" in cut && cut.isElsewhereCut), data: { scripts } },
        `${scripts.length} files, ${found.length} findings.`,
        lines.join("\n"),
      );
    },
  );
  add(
    "run_saved_requests",
    "Sends the requests of the folder's .http files, or of one, and checks what they assert.",
    runsScripts,
    z.object({ file: workspacePath.optional(), environment: z.string().max(1000).optional() }),
    async ({ file, environment = null }, signal) => {
      const workspace = trustedFolder(workbench);
      const one = file !== undefined && isRequestFile(file) ? await requestFile(workspace, file) : null;
      const files = file === undefined ? await requestFiles(workspace) : one && [one];
      if (files === null) throw new ProblemError(assistantMessage("no-request-file", { path: file ?? "" }));
      const mistakes = files.flatMap((each) =>
        mistakesOf(each).map(({ line, why }) => `${each.path}:${line}: ${why.text}`),
      );
      if (mistakes.length > 0) throw new ProblemError(assistantMessage("requests-mistaken", { mistakes }));
      const captured = new Map<string, string>();
      const options = { environment: await environmentOf(workspace, environment), captured, signal };
      const report = await runFiles(workbench, files, { ...options, from: "assistant" });
      const requests = await Promise.all(report.requests.map((result) => traces.result(result)));
      const lines = requests.map(({ name, passed, status }) => `${passed ? "passed" : "FAILED"} ${name}: ${status}`);
      const { passed, failed } = report;
      return answer({ passed, failed, data: { requests } }, `${passed} passed, ${failed} failed.`, lines.join("\n"));
    },
  );
}
