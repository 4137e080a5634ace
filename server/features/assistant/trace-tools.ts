// The tools that read recorded requests. They change nothing.
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import type { AvailableFix } from "../../contract/fix-contract.js";
import { maxQueryLength } from "../../contract/limits.js";
import { fromTraceJson } from "../../trace/formats/read-trace-json.js";
import { compareTraces } from "../exchange/compare-responses.js";
import { answer } from "./answer.js";
import { type AssistantParts, readOnly, type ToolList } from "./assistant-parts.js";
import { findTraces } from "./find-traces.js";
import { assistantMessage } from "./messages.js";
import { findingsOf, findingsText, partNames, partsOf, range, sliceOf, summaryOf, summaryText } from "./trace-views.js";

const usualLimit = 20;
const maxLimit = 100;
const id = z.string().max(64).describe("Of a trace.");

export function addTraceTools({ add }: ToolList, parts: AssistantParts): void {
  const { workbench, traces } = parts;
  const explained = async (trace: string) => {
    const shown = await traces.get(trace);
    const { path, fixes } = await workbench.scripts.fixesOf(trace);
    const preview = async (fix: AvailableFix) => {
      const changed = fix.path ?? path;
      return changed === null ? [] : [{ id: fix.id, data: await workbench.scripts.previewFix(changed, fix.id, null) }];
    };
    const findings = await Promise.all(
      findingsOf(shown).map(async (finding, nth) => ({
        ...finding,
        fixes: (await Promise.all((fixes[nth] ?? []).map(preview))).flat(),
      })),
    );
    const summary = summaryOf(shown);
    const data = { ...summary.data, stderr: shown.stderr && sliceOf(shown.stderr, null) };
    return answer({ ...summary, data, findings }, summaryText(summary), findingsText(findings));
  };
  add(
    "list_traces",
    "Finds recorded requests, newest first. The query has words and conditions, all of which must hold: status:500, method:POST, path:/a, is:failed, is:error, finding:RULE, header:NAME, took:>100ms, after:1h; - negates one, OR joins two. It compares no values that may hold secrets.",
    readOnly,
    z.object({
      query: z.string().max(maxQueryLength).default(""),
      limit: z.int().min(1).max(maxLimit).default(usualLimit),
    }),
    async ({ query, limit }, signal) => {
      const all = await findTraces(parts, query, limit, signal);
      const found = all.slice(0, limit).map(summaryOf);
      const lines = found.map(({ id: trace, data }) => `${trace} ${data.method} ${data.target}`);
      const more = all.length > limit;
      const text = [`${found.length} traces${more ? ", and more" : ""}.`, ...found.map(summaryText)].join("\n");
      return answer({ traces: found, more }, text, lines.join("\n"));
    },
  );
  add(
    "get_trace",
    "Reads parts of one recorded request: what the client sent, what the script got and wrote, what went back. Secrets are masked. Streams are cut to the range, by default to their beginning.",
    readOnly,
    z.object({
      id,
      parts: z.array(z.enum(partNames)).default(["request", "response", "stderr", "process"]),
      range: range.optional(),
    }),
    async ({ id: trace, parts, range: asked }) => {
      const shown = await traces.get(trace);
      const summary = summaryOf(shown);
      const data = { ...summary.data, ...partsOf(shown, parts, asked ?? null) };
      return answer({ ...summary, data }, summaryText(summary), JSON.stringify(data));
    },
  );
  add(
    "last_failure",
    "Explains the newest request that failed, or whose script made an error: as explain does.",
    readOnly,
    z.object({}),
    async (_, signal) => {
      const [last] = await findTraces(parts, "is:failed OR is:error", 1, signal);
      if (!last) throw new ProblemError(assistantMessage("no-failure"));
      return explained(last.id);
    },
  );
  add(
    "explain",
    "Says why a request went as it did: each finding with the bytes that prove it, the line of the script, and fixes with what they would change.",
    readOnly,
    z.object({ id }),
    ({ id: trace }) => explained(trace),
  );
  add(
    "compare_traces",
    "Compares the responses of two recorded requests: status, headers, and the first byte that differs.",
    readOnly,
    z.object({ a: id, b: id }),
    async ({ a, b }) => {
      const { alike, differences } = compareTraces(
        fromTraceJson(await traces.get(a)),
        fromTraceJson(await traces.get(b)),
      );
      const text = alike ? "The responses are alike, but for their secrets." : `${differences.length} differences.`;
      return answer({ alike, data: { differences } }, text, differences.map((each) => each.message.text).join("\n"));
    },
  );
}
