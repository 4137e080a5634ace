// The doctor for the open folder's scripts, for the window and the command line: static checks, findings of a trace,
// and the fixes of both.

import { join, posix, relative } from "node:path";
import { toDisplayText } from "../base/decode-text.js";
import { readBounded } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import type { Frame } from "../contract/compile-contract.js";
import { htaccessName } from "../contract/config.js";
import type { AvailableFix, Marker, TraceFixes } from "../contract/fix-contract.js";
import type { Message, Sentence } from "../contract/message.js";
import type { Answer } from "../contract/recorded-answers.js";
import type { Finding } from "../contract/trace.js";
import { workspacePath } from "../contract/workspace.js";
import type { Doctor } from "../doctor/engine/doctor.js";
import { writtenLine } from "../doctor/evidence/written-line.js";
import { FixService, type Unsaved } from "../doctor/fixes/fix-service.js";
import { readScript } from "../doctor/fixes/read-script.js";
import { onLine } from "../doctor/static-checks/markers.js";
import { type Checked, StaticChecker } from "../doctor/static-checks/static-checker.js";
import { byteString, fromBytes } from "../protocol/byte-string.js";
import type { Starter } from "../spawn/start.js";
import type { TraceLog } from "../trace/trace-log.js";
import { fileProblem } from "../workspace/files/file-problem.js";
import { fileMessage } from "../workspace/files/messages.js";
import { maxTextBytes } from "../workspace/files/text-file.js";
import type { Workspace } from "../workspace/workspace.js";
import { compileSource, debuggerPath, type ToCompile } from "./compile-source.js";
import { crashFrames } from "./crash-frames.js";
import type { FolderSession } from "./folder-session.js";
import { appMessage } from "./messages.js";
import { recordAnswer } from "./record-answer.js";

interface ScriptDoctorParts {
  readonly starter: Starter;
  readonly folder: Pick<FolderSession, "workspace" | "rulesOff">;
  readonly traces: Pick<TraceLog, "find">;
  readonly doctor: Pick<Doctor, "examined" | "checkSource">;
}

type FixesWithLines = Awaited<ReturnType<FixService["availableFixes"]>>;

export class ScriptDoctor {
  readonly fixes = new FixService();
  readonly #parts: ScriptDoctorParts;
  readonly #checker: StaticChecker;

  constructor(parts: ScriptDoctorParts) {
    this.#parts = parts;
    this.#checker = new StaticChecker(parts.starter, parts.doctor);
  }

  /** Checks a script without running it, by the rules that are switched on. @throws ProblemError */
  async diagnose(path: string, unsaved: Unsaved): Promise<Checked> {
    const folder = this.#parts.folder.workspace();
    const { diagnostics, unchecked } = await this.#checker.check(folder, await this.fixes.toFix(folder, path, unsaved));
    const { rulesOff } = this.#parts.folder;
    return { diagnostics: diagnostics.filter(({ rule }) => !rulesOff.has(rule)), unchecked };
  }

  /**
   * Checks a file outside of the folder. `runs`: a request for it runs it, whatever its name and mode.
   * @throws ProblemError
   */
  async diagnoseElsewhere(file: string, runs: boolean): Promise<Checked> {
    const { config, inherited, programs } = this.#parts.folder.workspace();
    const read = await readBounded(file, maxTextBytes).catch((error: unknown) => {
      throw fileProblem(error, file);
    });
    if (read.kind === "too-large") {
      const { sizeBytes } = read;
      throw new ProblemError(fileMessage("too-large", { path: file, sizeBytes, maxBytes: maxTextBytes }));
    }
    const { diagnostics, unchecked } = await this.#checker.check(
      { root: posix.dirname(file), config, inherited, runsAll: runs },
      {
        path: posix.basename(file),
        text: fromBytes(read.bytes),
        executable: (read.mode & 0o111) !== 0,
        config: "",
        programs,
      },
    );
    const { rulesOff } = this.#parts.folder;
    const shown = diagnostics.filter(({ rule }) => !rulesOff.has(rule));
    // Fixes stay in the folder.
    return { diagnostics: shown.map((diagnostic) => ({ ...diagnostic, fixes: [] })), unchecked };
  }

  /** The `.htaccess` files of the folder; `check` says what each asks for. */
  async htaccessFiles(): Promise<string[]> {
    const { root } = this.#parts.folder.workspace();
    const { foldersWithHtaccess } = await import("../adopt/htaccess.js");
    return (await foldersWithHtaccess(root)).map((folder) => relative(root, join(folder, htaccessName)));
  }

  /** Checks a script and adds the fixes that would change something. @throws ProblemError */
  async check(path: string, unsaved: Unsaved): Promise<CheckedMarkers> {
    const { diagnostics, unchecked } = await this.diagnose(path, unsaved);
    const folder = this.#parts.folder.workspace();
    const markers = await Promise.all(
      diagnostics.map(async ({ fixes, ...diagnostic }, nth): Promise<Marker> => {
        const isFirst = (id: (typeof fixes)[number]): boolean =>
          !diagnostics.slice(0, nth).some((other) => other.line === diagnostic.line && other.fixes.includes(id));
        const available = await this.fixes.availableFixes(folder, path, fixes.filter(isFirst), unsaved);
        return { ...diagnostic, fixes: available.map(withoutLine) };
      }),
    );
    return { markers, unchecked: unchecked?.text ?? null, uncheckedWhy: unchecked };
  }

  /** Resolves once every rule has run on the trace. @throws ProblemError */
  async fixesOf(traceId: string): Promise<TraceFixes> {
    const kept = await this.#parts.traces.find(traceId);
    if (!kept) throw new ProblemError(appMessage("trace-not-kept", { trace: traceId }));
    const trace = kept.outcome === null ? kept : await this.#parts.doctor.examined(kept);
    const rules = trace.findings.map(({ rule }) => rule);
    const { file, scriptHash } = trace.route;
    const folder = this.#parts.folder.workspace();
    const path = workspacePath.safeParse(file === null ? null : folder.relative(toDisplayText(file))).data ?? null;
    const source = path === null ? null : await readScript(folder, path);
    const script = source === null ? null : path;
    const available = await Promise.all(
      trace.findings.map(async ({ fixes, evidence }): Promise<FixesWithLines> => {
        const other = otherFile(evidence, toDisplayText(file ?? byteString("")));
        const named = workspacePath.safeParse(other === null ? null : folder.relative(other)).data;
        if (named === undefined) return script === null ? [] : this.fixes.availableFixes(folder, script, fixes);
        if (fixes.length === 0 || (await readScript(folder, named)) === null) return [];
        const found = await this.fixes.availableFixes(folder, named, fixes);
        return found.map((fix) => ({ ...fix, path: named }));
      }),
    );
    const fixes = available.map((found) => found.map(withoutLine));
    if (source === null) return { path: null, scriptHash, rules, fixes, markers: [] };
    const bytes = source.bytes ?? new Uint8Array();
    const text = Buffer.from(bytes).toString("utf8");
    const markers = trace.findings.flatMap((finding, index) => {
      const line = finding.line ?? writtenLine(bytes, trace.stdout, finding);
      return markerOf({ ...finding, line }, available[index] ?? [], text);
    });
    return { path, scriptHash, rules, fixes, markers };
  }

  /** The earlier program comes back with `fixes.undo`. @throws ProblemError */
  async compile(folder: Workspace, asked: ToCompile) {
    const { program, messages, undo } = await compileSource(folder, asked);
    return { program, messages, token: undo && this.fixes.keep(undo).token };
  }

  /** Where the program of a trace crashed. @throws ProblemError */
  async frames(traceId: string): Promise<Frame[]> {
    const { root, isTrusted } = this.#parts.folder.workspace();
    if (!isTrusted) throw new ProblemError(appMessage("compile-not-trusted", { path: root }));
    const trace = await this.#parts.traces.find(traceId);
    if (!trace) throw new ProblemError(appMessage("trace-not-kept", { trace: traceId }));
    const path = debuggerPath();
    if (path === null) throw new ProblemError(appMessage("no-debugger"));
    const frames = await crashFrames({ ...trace, path, root });
    if (frames.length === 0) throw new ProblemError(appMessage("no-frames", { tool: posix.basename(path) }));
    return frames;
  }

  /** Returns the transcript's path and the token for `fixes.undo`. @throws ProblemError */
  async recordAnswer(answer: Answer): Promise<{ readonly path: string; readonly token: string }> {
    return this.fixes.keep(await recordAnswer(this.#parts.folder.workspace(), answer));
  }
}

/** What the editor shows of a script before it runs. */
interface CheckedMarkers {
  readonly markers: Marker[];
  /** Why the syntax was not checked, a sentence; null if it was. */
  readonly unchecked: Sentence | null;
  /** The message of `unchecked` with its code and data. */
  readonly uncheckedWhy: Message | null;
}

const withoutLine = ({ id, title, path }: AvailableFix): AvailableFix => ({ id, title, ...(path && { path }) });

/** The file that a finding blames in place of the script. */
function otherFile(evidence: Finding["evidence"], script: string): string | null {
  const named = evidence.flatMap((one) => (one.kind === "file" ? [one.path] : []));
  return named.length === 0 || named.includes(script) ? null : (named.at(-1) ?? null);
}

/** On the line that the finding names or that holds what it is about, else on the first one that a fix would change. */
function markerOf(finding: Finding, found: FixesWithLines, text: string): Marker[] {
  const available = found.filter(({ path }) => path === undefined);
  const line = finding.line ?? available[0]?.line ?? null;
  if (line === null || line > text.split("\n").length) return [];
  const { rule, severity, title, detail } = finding;
  return [{ ...onLine(text, line, { rule, severity, title, detail }), fixes: available.map(withoutLine) }];
}
