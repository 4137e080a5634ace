// Compiles a source of the folder to the program that is there, which is kept for the undo; with the address sanitizer,
// if asked for, so that a crash is reported with its line.
import { readFile, writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { unlessMissing } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { inTemporaryFolder } from "../base/temporary-folder.js";
import type { CompilePlan, CompilerMessage } from "../contract/compile-contract.js";
import { compile, isCompiled } from "../samples/compile.js";
import { sampleMessage } from "../samples/messages.js";
import { hashOf } from "../workspace/files/text-file.js";
import type { Undoable, UndoStep } from "../workspace/files/undo-log.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";
import { machineEnvironment } from "../workspace/interpreters/own-environment.js";
import type { Workspace } from "../workspace/workspace.js";
import { appMessage } from "./messages.js";

type SourceFolder = Undoable & Pick<Workspace, "root" | "isTrusted" | "modeOf" | "readRange" | "config">;

export interface ToCompile {
  /** The path of a source, or of a program whose source may be in the folder. */
  readonly path: string;
  readonly sanitize: boolean;
}

const isSource = /\.(?:c|cc|cpp|cxx)$/;
const isCpp = /\.(?:cc|cpp|cxx)$/;
const extensions = [".c", ".cc", ".cpp", ".cxx"];

/** No report of leaks, which would replace the exit code; a failed assertion has a line, too. */
const sanitizerOptions = `#ifdef __cplusplus
extern "C"
#endif
const char *__asan_default_options(void) { return "detect_leaks=0:handle_abort=1"; }
`;
const optionsFile = "sanitizer-options.h";

/** @throws ProblemError */
export async function compilePlan(folder: SourceFolder, { path, sanitize }: ToCompile): Promise<CompilePlan> {
  const source = isSource.test(path) ? path : await sourceOf(folder, path);
  const program = source === path ? await programOf(folder, path) : path;
  const { PATH = "" } = machineEnvironment();
  const names = source === null ? [] : isCpp.test(source) ? ["c++", "g++", "clang++"] : ["cc", "gcc", "clang"];
  const compiler = firstOf(names, PATH);
  const isProgram = await isCompiledProgram(folder, program);
  return {
    source,
    program,
    command:
      source === null || compiler === null ? null : [compiler, ...flagsOf(sanitize), "-o", program, source, "-lm"],
    debugger: isProgram ? debuggerIn(debuggerPath()) : null,
  };
}

/** The path of gdb or lldb; null: neither is installed. */
export const debuggerPath = (): string | null => firstOf(["gdb", "lldb"], machineEnvironment()["PATH"] ?? "");
const debuggerIn = (path: string | null): CompilePlan["debugger"] =>
  path === null ? null : path.endsWith("lldb") ? "lldb" : "gdb";

const flagsOf = (sanitize: boolean): string[] =>
  sanitize
    ? ["-g", "-O0", "-fno-omit-frame-pointer", "-fsanitize=address", "-include", optionsFile]
    : ["-g", "-O2", "-Wall"];

const firstOf = (names: readonly string[], searchPath: string): string | null =>
  names.map((name) => findProgram(name, searchPath)).find((found) => found !== null) ?? null;

/** `c/x.c` and `src/x.c` belong to a program in cgi-bin, too. */
async function sourceOf(folder: SourceFolder, program: string): Promise<string | null> {
  const stem = program.replace(/\.f?cgi$/, "");
  const stems = [stem, ...["c", "src"].map((where) => `${where}/${posix.basename(stem)}`)];
  return firstFile(
    folder,
    stems.flatMap((one) => extensions.map((extension) => one + extension)),
  );
}

async function programOf(folder: SourceFolder, source: string): Promise<string> {
  const stem = source.replace(isSource, "");
  for (const program of [`${stem}.cgi`, stem, `${stem}.fcgi`])
    if (await isCompiledProgram(folder, program)) return program;
  return `cgi-bin/${posix.basename(stem)}`;
}

async function firstFile(folder: SourceFolder, paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if ((await folder.modeOf(path)) !== null) return path;
  return null;
}

async function isCompiledProgram(folder: SourceFolder, path: string): Promise<boolean> {
  return (await folder.modeOf(path)) !== null && isCompiled(await folder.readRange(path, 0, 4));
}

interface Compiled {
  readonly program: string;
  readonly messages: CompilerMessage[];
  /** Null: the source does not compile. */
  readonly undo: { readonly folder: Undoable; readonly step: UndoStep } | null;
}

/** @throws ProblemError */
export async function compileSource(folder: SourceFolder, asked: ToCompile): Promise<Compiled> {
  if (!folder.isTrusted) throw new ProblemError(appMessage("compile-not-trusted", { path: folder.root }));
  const { source, program, command } = await compilePlan(folder, asked);
  if (source === null) throw new ProblemError(sampleMessage("not-c", { path: asked.path }));
  const [compiler] = command ?? [];
  if (compiler === undefined) throw new ProblemError(sampleMessage("no-compiler"));
  const place = join(folder.root, program);
  const before = await unlessMissing(readFile(place), null);
  return inTemporaryFolder("compile", async (own) => {
    await writeFile(join(own, optionsFile), sanitizerOptions);
    const flags = flagsOf(asked.sanitize).map((flag) => (flag === optionsFile ? join(own, flag) : flag));
    const { root, config } = folder;
    const environment = machineEnvironment();
    const { links } = config;
    const { output, isDone } = await compile({ compiler, root, source, program, flags, links, environment });
    const messages = messagesIn(output.replaceAll(`${root}/`, ""), source);
    if (!isDone) return { program, messages, undo: null };
    const leftAs = hashOf(await readFile(place));
    return { program, messages, undo: { folder, step: { kind: "text", path: program, bytes: before, leftAs } } };
  });
}

/** Without a place, as of the linker, the whole output is one message. */
function messagesIn(output: string, source: string): CompilerMessage[] {
  const form = /^([^\s:][^:\n]*):(\d+):(?:\d+:)? (fatal error|error|warning|note): (.*)$/gm;
  const severities: Readonly<Record<string, CompilerMessage["severity"]>> = { warning: "warning", note: "hint" };
  const found = [...output.matchAll(form)].map(([, path = "", line, what = "", text = ""]) => ({
    path,
    line: Number(line),
    severity: severities[what] ?? "error",
    text,
  }));
  const isUnplaced = found.length === 0 && output.trim() !== "";
  return isUnplaced ? [{ path: source, line: 1, severity: "error", text: output.trim().slice(0, 2000) }] : found;
}
