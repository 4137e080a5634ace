// The tools that read recorded requests. They change nothing.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import type { AvailableFix } from "../../contract/fix-contract.js";
import { maxQueryLength } from "../../contract/limits.js";
import { fromTraceJson } from "../../trace/formats/read-trace-json.js";
import { compareTraces } from "../exchange/compare-responses.js";
import { findTraces } from "./find-traces.js";
import { assistantMessage } from "./messages.js";
import { type AssistantParts, answer, type Tool, tool } from "./tool.js";
import { answerAbout, findingsOf, partNames, partsOf, range, summaryOf } from "./trace-views.js";

const id = z.string().max(64).describe("Of a trace.");

export function traceTools(parts: AssistantParts): readonly Tool[] {
  const { scripts } = parts.workbench;
  const get = (trace: string) => parts.traces.get(trace);
  const explained = async (trace: string) => {
    const shown = await get(trace);
    const { path, fixes } = await scripts.fixesOf(trace);
    const preview = async (fix: AvailableFix) => {
      const changed = fix.path ?? path;
      return changed === null ? [] : [{ id: fix.id, data: await scripts.previewFix(changed, fix.id, null) }];
    };
    const findings = await Promise.all(
      findingsOf(shown).map(async (finding, nth) => ({
        ...finding,
        fixes: (await Promise.all((fixes[nth] ?? []).map(preview))).flat(),
      })),
    );
    return answerAbout(shown, partsOf(shown, ["stderr"]), { findings });
  };
  return [
    tool(
      "list_traces",
      true,
      "Finds recorded requests, newest first. The query has words and conditions, all of which must hold: status:500, method:POST, path:/a, is:failed, is:error, finding:RULE, header:NAME, took:>100ms, after:1h; - negates one, OR joins two. It compares no values that may hold secrets.",
      z.object({
        query: z.string().max(maxQueryLength).default(""),
        limit: z.int().min(1).max(100).default(20),
      }),
      async ({ query, limit }, signal) => {
        const { found, more } = await findTraces(parts, query, limit, signal);
        return answer(`${found.length} traces${more ? ", and more" : ""}.`, { traces: found.map(summaryOf), more });
      },
    ),
    tool(
      "get_trace",
      true,
      "Reads parts of one recorded request: what the client sent, what the script got and wrote, what went back. Secrets are masked. Streams are cut to the range, by default to their beginning.",
      z.object({
        id,
        parts: z.array(z.enum(partNames)).default(["request", "response", "stderr", "process"]),
        range,
      }),
      async ({ id: trace, parts: asked, range: cut }) => {
        const shown = await get(trace);
        return answerAbout(shown, partsOf(shown, asked, cut));
      },
    ),
    tool(
      "last_failure",
      true,
      "Explains the newest request that failed, or whose script made an error: as explain does.",
      z.object({}),
      async (_, signal) => {
        const [last] = (await findTraces(parts, "is:failed OR is:error", 1, signal)).found;
        if (!last) throw new ProblemError(assistantMessage("no-failure"));
        return explained(last.id);
      },
    ),
    tool(
      "explain",
      true,
      "Says why a request went as it did: each finding with the bytes that prove it, the line of the script, and fixes with what they would change.",
      z.object({ id }),
      ({ id: trace }) => explained(trace),
    ),
    tool(
      "compare_traces",
      true,
      "Compares the responses of two recorded requests: status, headers, and the first byte that differs.",
      z.object({ a: id, b: id }),
      async ({ a, b }) => {
        const { alike, differences } = compareTraces(fromTraceJson(await get(a)), fromTraceJson(await get(b)));
        const text = alike ? "The responses are alike, but for their secrets." : `${differences.length} differences.`;
        return answer(text, { alike, data: { differences } });
      },
    ),
  ];
}
