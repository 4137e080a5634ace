// `cgi-workbench leaks`: what a script leaves behind for its next request in a mode that keeps processes,
// and whether its outputs are CGI's there.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { inTemporaryFolder } from "../base/temporary-folder.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { RequestBody } from "../client/send-request.js";
import { wordsOf } from "../contract/message.js";
import { callsApplication, isRunByAgent, type Mode, modeNames, modeTraits } from "../contract/modes.js";
import { scriptAt } from "../features/bench/run-bench.js";
import { plainGet, runLeaks } from "../features/leaks/run-leaks.js";
import { utf8 } from "../protocol/byte-string.js";
import { unfitMode } from "../routing/mode-compatibility.js";
import { configOption, nameAmong, parsed } from "./config-option.js";
import { inFolder, targetNamed } from "./in-folder.js";
import { leaksText } from "./leaks-report.js";
import { cliMessage } from "./messages.js";
import { bodyOf, headersOf, requestOptions } from "./request-options.js";
import { UsageError } from "./usage/usage.js";

export async function leaks(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, options);
  const [dir, ...targets] = positionals;
  if (dir === undefined || targets.length === 0)
    throw new UsageError("leaks takes DIR TARGET...; see cgi-workbench leaks --help");
  targets.forEach(targetNamed);
  const asked = values.mode === undefined ? null : nameAmong(examinedModes, values.mode, "--mode takes one of");
  const body = await repeatable(await bodyOf(values.data, values["data-binary"]));
  const request = {
    method: values.request === undefined ? (body ? utf8("POST") : plainGet.method) : utf8(values.request),
    headers: headersOf(values.header, values.data !== undefined),
    body,
  };

  const kept = values.keep ? ({ modules: "keep", globals: "keep" } as const) : {};
  return inTemporaryFolder("leaks", async (scratch) => {
    const reportFile = join(scratch, "reports");
    const agentOverrides = { detect: reportFile, ...kept };
    await writeFile(reportFile, "");
    const place = { dir, config: values.config, needsConfiguration: true, agentOverrides };
    return inFolder(place, async (workbench, signal) => {
      const mode = asked ?? usualMode(workbench, targets[0] ?? "/");
      for (const target of targets) checkTarget(workbench, target, mode);
      const report = await runLeaks(workbench, {
        targets,
        request,
        mode,
        reportFile,
        signal,
        onPass: (now, run) => process.stderr.write(`${modeTraits[now].label}${run === null ? "" : `, ${run}`}\n`),
      });
      if (values.json) process.stdout.write(jsonLine(report));
      else writeWords(process.stdout, leaksText(report));
      return report.alike && report.leaks.length === 0 ? 0 : 1;
    });
  });
}

const options = {
  ...configOption,
  ...requestOptions,
  mode: { type: "string" },
  keep: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** In which an agent can report what requests leave behind. */
const examinedModes = modeNames.filter(isRunByAgent);

/** That of an application; a script is on its way to the fastest mode. @throws ProblemError if it leads to no script */
function usualMode(workbench: Workbench, target: string): Mode {
  const { mode } = scriptAt(workbench, target);
  return callsApplication(mode) ? mode : "persistent";
}

/** @throws ProblemError if it leads to no script, or to one that cannot run in the mode */
function checkTarget(workbench: Workbench, target: string, mode: Mode): void {
  const route = scriptAt(workbench, target);
  const why = unfitMode(mode, route) ?? (callsApplication(mode) ? null : unfitMode("cgi", route));
  if (why !== null) throw new ProblemError(cliMessage("mode-unfit", { why: wordsOf(why.text) }));
}

/** A body that each request can send; a stream could be read only once. */
async function repeatable(body: RequestBody | null): Promise<RequestBody | null> {
  return body !== null && "stream" in body ? { bytes: await buffer(body.stream) } : body;
}
