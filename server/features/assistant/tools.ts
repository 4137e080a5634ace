// The tools: those that change nothing, and those that run scripts, in a trusted folder alone.
import type { CallToolResult, StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import type { AvailableFix } from "../../contract/fix-contract.js";
import { maxQueryLength } from "../../contract/limits.js";
import { trace as traceShape } from "../../contract/trace.js";
import { workspacePath } from "../../contract/workspace.js";
import { fromTraceJson } from "../../trace/formats/read-trace-json.js";
import { checkBefore, checkFolder } from "../checks/check-folder.js";
import { compareTraces } from "../exchange/compare-responses.js";
import { environmentOf, filesToRun } from "../saved/request-files.js";
import { runFiles } from "../saved/run-files.js";
import { answer, answerAbout, dataRule, findingsOf, range, summaryOf, withSlices } from "./answers.js";
import { type MaskedTraces, sentRequest } from "./masked-traces.js";
import { assistantMessage } from "./messages.js";

export interface AssistantParts {
  readonly workbench: Workbench;
  /** The folder that the assistant came for. */
  readonly root: string;
  readonly traces: MaskedTraces;
  /** Aborts when the client has gone. */
  readonly signal: AbortSignal;
}

export interface Tool {
  readonly title?: string;
  readonly description: string;
  readonly inputSchema: StandardSchemaWithJSON;
  /** @throws ProblemError, or the signal's reason when it aborts */
  readonly run: (args: unknown, signal: AbortSignal) => Promise<CallToolResult>;
}

const tool = <I extends z.ZodObject>(
  description: string,
  inputSchema: I,
  run: (args: z.infer<I>, signal: AbortSignal) => Promise<CallToolResult>,
): Tool => ({
  description: `${description} ${dataRule}`,
  inputSchema,
  run: (args, signal) => run(inputSchema.parse(args), signal),
});

const id = z.string().max(64).describe("Of a trace.");
const parts = z.array(traceShape.keyof()).default(["request", "response", "stderr", "process"]);

export function toolsOf({ workbench, traces }: AssistantParts) {
  const { scripts, folder } = workbench;
  const explained = async (trace: string) => {
    const shown = await traces.get(trace);
    const { path, fixes } = await scripts.fixesOf(trace);
    const preview = async (fix: AvailableFix) => {
      const changed = fix.path ?? path;
      if (changed === null) return [];
      return [{ id: fix.id, data: await scripts.fixes.preview(folder.workspace(), changed, fix.id, null) }];
    };
    const findings = await Promise.all(
      findingsOf(shown).map(async (finding, nth) => ({
        ...finding,
        fixes: (await Promise.all((fixes[nth] ?? []).map(preview))).flat(),
      })),
    );
    return answerAbout(shown, { stderr: withSlices(shown.stderr) }, { findings });
  };
  const reading = {
    list_traces: tool(
      "Finds recorded requests, newest first. The query has words and conditions, all of which must hold: status:500, method:POST, path:/a, is:failed, is:error, finding:RULE, header:NAME, took:>100ms, after:1h; - negates one, OR joins two. It compares no values that may hold secrets.",
      z.object({ query: z.string().max(maxQueryLength).default(""), limit: z.int().min(1).max(100).default(20) }),
      async ({ query, limit }, signal) => {
        const { found, more, damaged } = await traces.find(query, limit, signal);
        const text = `${found.length} traces${more ? ", and more" : ""}${damaged ? `; ${damaged} damaged` : ""}.`;
        return answer(text, { traces: found.map(summaryOf), more, damaged });
      },
    ),
    get_trace: tool(
      "Reads parts of one recorded request: what the client sent, what the script got and wrote, what went back. Secrets are masked. Streams are cut to the range, by default to their beginning.",
      z.object({ id, parts, range }),
      async ({ id: trace, parts: asked, range: cut }) => {
        const shown = await traces.get(trace);
        return answerAbout(shown, Object.fromEntries(asked.map((name) => [name, withSlices(shown[name], cut)])));
      },
    ),
    last_failure: tool(
      "Explains the newest request that failed, or whose script made an error: as explain does.",
      z.object({}),
      async (_, signal) => {
        const [last] = (await traces.find("is:failed OR is:error", 1, signal)).found;
        if (!last) throw new ProblemError(assistantMessage("no-failure"));
        return explained(last.id);
      },
    ),
    explain: tool(
      "Says why a request went as it did: each finding with the bytes that prove it, the line of the script, and fixes with what they would change.",
      z.object({ id }),
      ({ id: trace }) => explained(trace),
    ),
    compare_traces: tool(
      "Compares the responses of two recorded requests: status, headers, and the first byte that differs.",
      z.object({ a: id, b: id }),
      async ({ a, b }) => {
        const was = await traces.get(a);
        const { alike, differences } = compareTraces(fromTraceJson(was), fromTraceJson(await traces.get(b)));
        const text = alike ? "The responses are alike, but for their secrets." : `${differences.length} differences.`;
        return answer(text, { alike, data: { differences } });
      },
    ),
    check_scripts: tool(
      "Checks every script of the folder, or one, without running it: permissions, first line, line endings, syntax.",
      z.object({ path: workspacePath.optional().describe("In the folder.") }),
      async ({ path }, signal) => {
        const one = async (file: string) => [await checkBefore(file, () => scripts.diagnose(file, null))];
        const { checked, maxEntries, isElsewhereCut } =
          path === undefined
            ? await checkFolder(workbench, signal)
            : { checked: await one(path), maxEntries: null, isElsewhereCut: false };
        const findings = checked.flatMap(({ before }) => before).length;
        const isWhole = maxEntries === null && !isElsewhereCut;
        return answer(`${checked.length} files, ${findings} findings.`, { isWhole, data: { scripts: checked } });
      },
    ),
  };
  const running = {
    send_request: tool(
      "Sends a request to the folder's server, which runs the script behind the target, and answers with its trace: status, findings, the beginning of the body and of stderr.",
      sentRequest,
      async (request, signal) => {
        const trace = await traces.ofRequest(request, signal);
        const data = { stderr: withSlices(trace.stderr), body: withSlices(trace.response?.body ?? null) };
        return answerAbout(trace, data, { findings: findingsOf(trace) });
      },
    ),
    run_saved_requests: tool(
      "Sends the requests of the folder's .http files, or of one, and checks what they assert.",
      z.object({ file: workspacePath.optional(), environment: z.string().max(1000).optional() }),
      async ({ file = null, environment: name = null }, signal) => {
        const workspace = workbench.folder.workspace();
        const files = await filesToRun(workspace, file);
        const environment = await environmentOf(workspace, name);
        const options = { environment, captured: new Map<string, string>(), signal, from: "assistant" as const };
        const { passed, failed, requests } = await runFiles(workbench, files, options);
        const data = { requests: await Promise.all(requests.map((result) => traces.result(result))) };
        return answer(`${passed} passed, ${failed} failed.`, { passed, failed, data });
      },
    ),
  };
  return { reading, running };
}
