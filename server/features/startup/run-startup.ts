// Where a cold start goes: requests as CGI, a process of the interpreter that does nothing, and one request in which
// the interpreter reports what it imports. The workbench that sends them keeps its traces for itself.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Workbench } from "../../app/workbench.js";
import { toDisplayText } from "../../base/decode-text.js";
import { diskPath } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { quantile } from "../../base/quantile.js";
import { inTemporaryFolder } from "../../base/temporary-folder.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { StartupReport } from "../../contract/command-output.js";
import { type ExaminedLanguage, examinedLanguage } from "../../contract/measurable.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { scriptInterpreter } from "../../routing/script-interpreter.js";
import type { Starter } from "../../spawn/start.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { reportsImports } from "./import-times.js";
import { startupProblem } from "./messages.js";
import { perlHook, perlHookName } from "./perl-hook.js";
import { reportOf } from "./startup-report.js";

type Environment = NonNullable<TraceRecord["env"]>;
type Variables = Readonly<Record<string, ByteString>>;

/**
 * The interpreter's own means, and how it runs an empty program. `folder`: holds the
 * hook; `env`: what the script has without.
 */
const means = {
  python: { variables: (): Variables => ({ PYTHONPROFILEIMPORTTIME: byteString("1") }), nothing: ["-c", ""] },
  perl: {
    variables: (folder: string, env: Environment): Variables => {
      const own = (name: string): readonly string[] => {
        const value = env.find((each) => each.name === name)?.value ?? "";
        return value === "" ? [] : [value];
      };
      return {
        PERL5LIB: byteString([utf8(folder), ...own("PERL5LIB")].join(delimiter)),
        PERL5OPT: byteString([...own("PERL5OPT"), `-M${perlHookName}`].join(" ")),
      };
    },
    nothing: ["-e", ""],
  },
} as const satisfies Readonly<Record<ExaminedLanguage, unknown>>;

export const examinedLanguageOf = (route: ScriptRoute): ExaminedLanguage | null =>
  examinedLanguage(scriptInterpreter(route)?.language ?? null);

/** Cold starts that are measured, of the script and of its interpreter. */
const repetitions = 3;

/** The workbench serves a folder. @throws ProblemError, or the signal's reason */
export async function runStartup(
  workbench: Workbench,
  route: ScriptRoute,
  target: string,
  signal: AbortSignal,
): Promise<StartupReport> {
  const language = examinedLanguageOf(route);
  const path = workbench.folder.workspace().relative(toDisplayText(route.file)) ?? target;
  if (language === null) throw new ProblemError(startupProblem("no-startup-times", { path }));
  const send = (variables: Variables) => sent(workbench, target, variables, signal);
  const starts: number[] = [];
  const exitCodes = new Set<number | null>();
  let env: Environment = [];
  const empty: number[] = [];
  for (let nth = 0; nth < repetitions; nth++) {
    const trace = await send({});
    const took = processMs(trace);
    if (took === null) throw new ProblemError(startupProblem("startup-fails", { path }));
    starts.push(took);
    exitCodes.add(trace.process?.exitCode ?? null);
    env = trace.env ?? [];
    empty.push(await emptyStartMs(workbench.starter, route, language, env));
  }
  const stderr = await inTemporaryFolder("startup", async (folder) => {
    await writeFile(join(folder, `${perlHookName}.pm`), perlHook);
    const { id, process } = await send(means[language].variables(folder, env));
    const text = Buffer.from(workbench.traces.read(id, "stderr", 0, maxStderr) ?? []).toString("utf8");
    const exitCode = process?.exitCode ?? null;
    if (!exitCodes.has(exitCode)) throw new ProblemError(startupProblem("startup-differs", { path, exitCode }));
    if (!reportsImports(text)) throw new ProblemError(startupProblem("imports-not-reported", { path }));
    return text;
  });
  const totalMs = median(starts);
  const interpreterMs = median(empty);
  const source = await readFile(diskPath(route.file), "utf8");
  const isOwn = (name: string): boolean => lies(folderOf(route), name, language);
  const { preload } = route.workers.agent;
  const configured = { preloaded: [...(preload ?? [])], isOff: preload?.length === 0 };
  return reportOf({ target, language, totalMs, interpreterMs, ...configured, stderr, source, isOwn });
}

const maxStderr = 1 << 20;
const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

/** From the moment at which the process could start to its end; null: it did not end by itself. */
function processMs({ timing, process }: TraceRecord): number | null {
  const { admittedAt, exitAt } = timing;
  return process?.exitCode == null || exitAt === null ? null : exitAt - (admittedAt ?? 0);
}

async function sent(
  workbench: Workbench,
  target: string,
  variables: Variables,
  signal: AbortSignal,
): Promise<TraceRecord> {
  const request = { method: byteString("GET"), target: utf8(target), headers: [], body: null };
  const set = new Map(Object.entries(variables).map(([name, value]) => [utf8(name), value] as const));
  const trace = await workbench.sender.deliver(request, { from: "cli", mode: "cgi", variables: set }, { signal });
  signal.throwIfAborted();
  return trace;
}

/** Started as the script is, with its environment. */
async function emptyStartMs(
  starter: Starter,
  route: ScriptRoute,
  language: ExaminedLanguage,
  env: Environment,
): Promise<number> {
  const [file = byteString(""), ...args] = scriptInterpreter(route)?.command ?? [];
  const argv = [file, ...args, ...means[language].nothing.map(utf8)];
  const cwd = folderOf(route);
  const begun = performance.now();
  const ignored = {
    stdout: () => true,
    stderr: () => true,
    stdoutEnd: () => {},
    stderrEnd: () => {},
    stdinDrain: () => {},
  };
  const variables = env.map(({ name, value }) => byteString(`${name}=${value}`));
  return new Promise((resolve, reject) => {
    const handlers = { ...ignored, exit: (_: unknown, at: number) => resolve(at - begun) };
    starter.start({ file, argv, env: variables, cwd, stdin: "null" }, handlers).catch(reject);
  });
}

const folderOf = ({ file }: ScriptRoute): ByteString => byteString(file.slice(0, file.lastIndexOf("/")) || "/");

/** A module's file lies beside the script. */
function lies(folder: ByteString, name: string, language: ExaminedLanguage): boolean {
  const path = utf8(name.replaceAll(language === "python" ? "." : "::", "/"));
  const endings = language === "python" ? [".py", "/__init__.py"] : [".pm"];
  return endings.some((ending) => existsSync(diskPath(byteString(`${folder}/${path}${ending}`))));
}
