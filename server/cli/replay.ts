// `cgi-workbench replay`: sends a stored request again, to the script as it is today, as it was
// then, or to both, and compares the responses.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { jsonLine, terminalText } from "../base/terminal-text.js";
import type { ReplayReport, VersionsReport } from "../contract/command-output.js";
import { wordsOf } from "../contract/message.js";
import { compareTraces } from "../features/exchange/compare-responses.js";
import { responseMessage } from "../features/exchange/messages.js";
import { replayEarlier } from "../features/exchange/replay-version.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { configOption, parsed } from "./config-option.js";
import { inFolder } from "./in-folder.js";
import { storeOptions, storingOf } from "./store-options.js";
import { storedFolder, storedTrace } from "./stored.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError } from "./usage/usage.js";

export async function replay(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    ...configOption,
    ...storeOptions,
    version: { type: "string" },
    json: { type: "boolean" },
  });
  const [folder, id] = positionals;
  if (folder === undefined || id === undefined || positionals.length > 2)
    throw new UsageError("replay takes DIR ID; see cgi-workbench replay --help");
  const version = versionOf(values.version ?? "now");
  const recorded = await storedTrace(folder, id);
  const dir = await storedFolder(folder);
  return inFolder({ dir, config: values.config, store: storingOf(values) }, async (workbench, signal) => {
    try {
      if (version === "both") {
        const report = await compareVersions(workbench, recorded, signal);
        process.stdout.write(values.json ? jsonLine(report) : `${terminalText(bothText(report))}\n`);
        return report.between.alike && !ranNeither(report) ? 0 : 1;
      }
      const report = compareTraces(recorded, await run(workbench, recorded, version, signal));
      process.stdout.write(values.json ? jsonLine(report) : `${terminalText(textOf(report))}\n`);
      return report.alike ? 0 : 1;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      tellProblems([error.problem]); // no wrong use, also where it is the script's version that was not found
      return 1;
    }
  });
}

const versions = ["now", "then", "both"] as const;
type Version = (typeof versions)[number];

function versionOf(text: string): Version {
  const version = versions.find((known) => known === text);
  if (version === undefined) throw new UsageError(`--version takes now, then or both, not “${text}”`);
  return version;
}

async function run(
  workbench: Workbench,
  recorded: TraceRecord,
  version: Exclude<Version, "both">,
  signal: AbortSignal,
): Promise<TraceRecord> {
  const { done } =
    version === "now"
      ? await workbench.sender.replay(recorded, signal)
      : await replayEarlier(workbench, recorded, signal);
  const repeated = await done;
  signal.throwIfAborted();
  return repeated;
}

async function compareVersions(
  workbench: Workbench,
  recorded: TraceRecord,
  signal: AbortSignal,
): Promise<VersionsReport> {
  const earlier = await run(workbench, recorded, "then", signal);
  const today = await run(workbench, recorded, "now", signal);
  return {
    hashes: { earlier: earlier.route.scriptHash, today: today.route.scriptHash },
    earlier: compareTraces(recorded, earlier),
    today: compareTraces(recorded, today),
    between: compareTraces(earlier, today),
  };
}

const ranNeither = ({ hashes }: VersionsReport): boolean => hashes.earlier === null && hashes.today === null;

export function bothText(report: VersionsReport): string {
  const { hashes, earlier, today, between } = report;
  const named = (hash: string | null): string => (hash === null ? "no script" : `version ${hash.slice(0, 12)}`);
  const code = ranNeither(report) ? "no-version-ran" : "same-version";
  const same = hashes.earlier === hashes.today ? `${wordsOf(responseMessage(code).text)}\n` : "";
  const apart = between.alike
    ? sameText("The same response.", between)
    : between.differences.map(({ message }) => message.text).join("\n");
  return `${same}Then, ${named(hashes.earlier)}:
${indented(textOf(earlier))}
Now, ${named(hashes.today)}:
${indented(textOf(today))}
Now beside then:
${indented(apart)}`;
}

/** `same`: the sentence where all was compared. */
const sameText = (same: string, { uncompared }: ReplayReport): string =>
  uncompared === 0
    ? same
    : `No difference was found. ${wordsOf(responseMessage("not-compared", { bytes: uncompared }).text)}`;

const indented = (text: string): string => text.replace(/^/gm, "  ");

function textOf(report: ReplayReport): string {
  const { recorded, repeated, alike, differences } = report;
  const status = repeated.status === null ? `no response (${repeated.outcome})` : `status ${repeated.status}`;
  if (alike) return sameText(`The same response as ${recorded.id}: ${status}.`, report);
  return differences.map(({ message }) => message.text).join("\n");
}
