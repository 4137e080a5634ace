// Previews, applies and undoes fixes in a workspace. Files are replaced as a whole, and only if
// they have not changed since the preview.
import { isUtf8 } from "node:buffer";
import { posix } from "node:path";
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import type { FileEncoding } from "../../contract/charsets.js";
import { configFileName } from "../../contract/config.js";
import type { AvailableFix, Change } from "../../contract/fix-contract.js";
import { byteString, fromBytes, toBytes, utf8 } from "../../protocol/byte-string.js";
import type { InterpreterFinder } from "../../routing/handlers.js";
import { parseConfig } from "../../workspace/config/config-file.js";
import type { HtaccessRules } from "../../workspace/config/configuration.js";
import type { FileBytes } from "../../workspace/files/file-contents.js";
import type { EncodedText } from "../../workspace/files/save-lines.js";
import { detectEncoding, isUtf16, markOf } from "../../workspace/files/text-encoding.js";
import { type Undoable, UndoLog, type UndoStep, undoSteps } from "../../workspace/files/undo-log.js";
import type { Fix, Fixed, ToFix } from "./fix.js";
import { fixNamed } from "./fixes.js";
import { fixMessage } from "./messages.js";
import { readScript } from "./read-script.js";
import { type Step, textStep } from "./step.js";

/** What fixes need of the workspace. */
interface FixableFolder extends Undoable {
  /** Absolute. */
  readonly root: string;
  readonly programs: InterpreterFinder;
  /** The configuration's file, if it is another one than the folder's own. */
  readonly configFile: string | null;
  readonly htaccess: HtaccessRules | null;
  /** The file's mode from stat; null if the file does not exist. @throws ProblemError */
  modeOf(path: string): Promise<number | null>;
}
/** The editor's text, and how it would be saved, if that differs from the file; null otherwise. */
export type Unsaved = EncodedText | null;
export interface Expected {
  readonly path: string;
  readonly hash: string | null;
}

export class FixService {
  readonly #undos = new UndoLog();

  /** The fixes that would change something in the script, with the first line that each changes. */
  async availableFixes(
    folder: FixableFolder,
    path: string,
    ids: readonly string[],
    unsaved: Unsaved = null,
  ): Promise<(AvailableFix & { readonly line: number })[]> {
    if (ids.length === 0) return [];
    const { script, isRead } = await this.#fixable(folder, path, unsaved);
    const found = ids.map(async (id) => {
      const fix = fixNamed(id);
      const fixed = fix && (await changeIn(folder, fix, script, isRead));
      if (!fix || !fixed) return [];
      const line = fixed.text === undefined ? 1 : firstDifference(script.text, fixed.text);
      return [{ id: fix.id, title: fix.title, line }];
    });
    return (await Promise.all(found)).flat();
  }

  /** What a fix would change. @throws ProblemError "nothing-to-change" */
  async preview(
    folder: FixableFolder,
    path: string,
    id: string,
    unsaved: Unsaved = null,
    others: readonly string[] = [],
  ): Promise<{ title: string; changes: Change[] }> {
    const { title, steps } = await this.#planAll(folder, path, id, unsaved, others);
    return { title, changes: steps.map(({ change }) => change) };
  }

  /** Plans the same fix for other scripts, too; each file is changed once. */
  async #planAll(
    folder: FixableFolder,
    path: string,
    id: string,
    unsaved: Unsaved,
    others: readonly string[],
  ): Promise<{ title: string; steps: readonly Step[] }> {
    const { title, steps } = await this.#plan(folder, path, id, unsaved);
    const all = new Map(steps.map((step) => [keyOf(step), step]));
    for (const other of others)
      for (const step of (await this.#plan(folder, other, id, null)).steps)
        if (!all.has(keyOf(step))) all.set(keyOf(step), step);
    return { title, steps: [...all.values()] };
  }

  async #plan(
    folder: FixableFolder,
    path: string,
    id: string,
    unsaved: Unsaved,
  ): Promise<{ title: string; steps: readonly Step[] }> {
    const fix = fixNamed(id);
    const { script, isRead, mode } = await this.#fixable(folder, path, unsaved);
    const fixed = fix && (await changeIn(folder, fix, script, isRead));
    if (!fix || !fixed) throw new ProblemError(fixMessage("nothing-to-change", { path, fix: id }));
    const steps: Step[] = [];
    if (fixed.text !== undefined)
      steps.push(textStep(path, script.text, fixed.text, await folder.readBytes(path), encodingOf(script)));
    if (fixed.executable !== undefined) steps.push(modeStep(path, mode, fixed.executable));
    if (fixed.config !== undefined) {
      const config = await folder.readBytes(configFileName);
      steps.push(textStep(configFileName, config && fromBytes(config.bytes), utf8(fixed.config), config));
    }
    if (fixed.beside !== undefined) steps.push(textStep(pathBeside(path, fixed.beside), null, fixed.beside.text, null));
    return { title: fix.title, steps };
  }

  /**
   * `leave`: paths whose text the editor changes itself, after this. Returns the token for `undo`.
   * @throws ProblemError "changed" if a file differs from the preview
   */
  async apply(
    folder: FixableFolder,
    path: string,
    id: string,
    expected: readonly Expected[],
    leave: readonly string[],
    unsaved: Unsaved = null,
    others: readonly string[] = [],
  ): Promise<string> {
    const { steps } = await this.#planAll(folder, path, id, unsaved, others);
    return this.#applySteps(
      folder,
      steps.filter(({ change }) => change.kind === "mode" || !leave.includes(change.path)),
      expected,
    );
  }

  /** What a unified diff would change. @throws ProblemError */
  async previewPatch(folder: FixableFolder, patch: ByteString): Promise<Change[]> {
    return (await stepsOf(folder, patch)).map(({ change }) => change);
  }

  /** Returns the token for `undo`. @throws ProblemError "changed" if a file differs from the preview */
  async applyPatch(folder: FixableFolder, patch: ByteString, expected: readonly Expected[]): Promise<string> {
    return this.#applySteps(folder, await stepsOf(folder, patch), expected);
  }

  async #applySteps(folder: FixableFolder, steps: readonly Step[], expected: readonly Expected[]): Promise<string> {
    for (const { change } of steps) {
      if (change.kind === "text" && !expected.some(({ path: of, hash }) => of === change.path && hash === change.hash))
        throw changedSincePreview(change.path);
    }
    const undos: UndoStep[] = [];
    // The script last: it must not need a file or a setting that cannot be written.
    for (const step of steps.toReversed()) {
      try {
        undos.unshift(await applyStep(folder, step));
      } catch (error) {
        await undoSteps(folder, undos);
        throw error;
      }
    }
    return this.#undos.keep(folder, undos);
  }

  /** Another change that `undo` undoes. */
  keep({ folder, step }: { readonly folder: Undoable; readonly step: UndoStep }): { path: string; token: string } {
    return { path: step.path, token: this.#undos.keep(folder, [step]) };
  }

  /** All of the fix, or nothing. @throws ProblemError */
  async undo(token: string): Promise<string[]> {
    const undo = this.#undos.get(token);
    if (!undo) throw new ProblemError(fixMessage("fix-not-kept"));
    const changed = await undoSteps(undo.folder, undo.steps);
    if (changed !== null) throw new ProblemError(fixMessage("changed-since-fix", { path: changed }));
    this.#undos.forget(token);
    return undo.steps.map(({ path }) => path);
  }

  /** The script as input of a fix. @throws ProblemError */
  async toFix(folder: FixableFolder, path: string, unsaved: Unsaved): Promise<ToFix> {
    const file = await folder.readBytes(path);
    if (file === null) throw scriptMissing(path);
    return scriptOf(folder, path, unsaved, file);
  }

  /** The script as input of a fix. The text of a script that is not read is empty, and no fix changes it. */
  async #fixable(
    folder: FixableFolder,
    path: string,
    unsaved: Unsaved,
  ): Promise<{ readonly script: ToFix; readonly isRead: boolean; readonly mode: number }> {
    const file = await readScript(folder, path);
    if (file === null) throw scriptMissing(path);
    const { bytes, mode } = file;
    const onDisk = { bytes: bytes ?? new Uint8Array(), mode };
    const script = await scriptOf(folder, path, bytes === null ? null : unsaved, onDisk);
    return { script: { ...script, executable: (mode & executeBits) !== 0 }, isRead: bytes !== null, mode };
  }
}

/** With a library that few need. @throws ProblemError */
async function stepsOf(folder: FixableFolder, patch: ByteString): Promise<Step[]> {
  const { patchSteps } = await import("./patch-steps.js");
  return patchSteps(folder, patch);
}

async function scriptOf(folder: FixableFolder, path: string, unsaved: Unsaved, file: FileBytes): Promise<ToFix> {
  const config = folder.configFile === null ? await folder.readBytes(configFileName) : null;
  return {
    path,
    text: unsaved === null ? fromBytes(file.bytes) : await bytesOf(path, unsaved, file.bytes),
    encoding: unsaved?.encoding,
    executable: (file.mode & 0o111) !== 0,
    root: folder.root,
    config: folder.configFile !== null ? null : config === null ? "" : configText(config.bytes),
    rules: folder.htaccess?.config,
    programs: folder.programs,
  };
}

/** Root may run a file that anybody may; the owner asks the owner's bit alone. */
const executeBits = process.geteuid?.() === 0 ? 0o111 : 0o100;

const scriptMissing = (path: string): ProblemError => new ProblemError(fixMessage("script-missing", { path }));

/** Null: it cannot be changed without losing something, or it has a mistake. */
function configText(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes).toString("utf8");
  return isUtf8(bytes) && parseConfig(text).ok ? text : null;
}

async function applyStep(folder: FixableFolder, { change, bytes }: Step): Promise<UndoStep> {
  const { path } = change;
  if (change.kind === "mode") {
    await folder.changes.setExecutable(path, (change.after & 0o111) !== 0);
    return { kind: "mode", path, executable: (change.before & 0o111) !== 0 };
  }
  const before = await folder.readBytes(path);
  const saved = await folder.writeBytes(path, toBytes(bytes), change.hash);
  if (saved.kind === "conflict") throw changedSincePreview(path);
  return { kind: "text", path, bytes: before?.bytes ?? null, leftAs: saved.hash };
}

const changedSincePreview = (path: string): ProblemError =>
  new ProblemError(fixMessage("changed-since-preview", { path }));

const keyOf = ({ change: { kind, path } }: Step): string => `${kind} ${path}`;

const encodingOf = ({ text, encoding }: ToFix): FileEncoding => encoding ?? detectEncoding(toBytes(text)) ?? "utf-8";

/**
 * The change in the folder. A file that begins with the line of the new one is there because of an earlier fix, and may
 * have changes of the user: it stays. Null if another file has the name, or if there is nothing to change.
 */
async function changeIn(folder: FixableFolder, fix: Fix, script: ToFix, isRead: boolean): Promise<Fixed | null> {
  const fixed = fix.change(script);
  // Fixes of the text look for ASCII bytes: UTF-16 has others in between.
  const isAscii = isRead && (!isUtf16(encodingOf(script)) || fix.id === "convert-to-utf-8");
  if (fixed?.text !== undefined && !isAscii) return null;
  if (fixed?.beside === undefined) return fixed;
  const { beside, ...others } = fixed;
  const onDisk = await folder.readBytes(pathBeside(script.path, beside));
  if (onDisk === null) return fixed;
  return fromBytes(onDisk.bytes).startsWith(beside.text.slice(0, beside.text.indexOf("\n") + 1)) ? others : null;
}

const pathBeside = (path: string, { name }: { readonly name: string }): string => posix.join(posix.dirname(path), name);

/** What a save would write; UTF-8 where it would be refused, for example if the encoding does not have a character. */
async function bytesOf(path: string, unsaved: EncodedText, onDisk: Uint8Array): Promise<ByteString> {
  const { encodedFile } = await import("../../workspace/files/save-lines.js");
  try {
    return fromBytes(encodedFile(path, unsaved, onDisk));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { text, bom, encoding = "utf-8" } = unsaved;
    return byteString((bom ? fromBytes(markOf(encoding)) : "") + utf8(text));
  }
}

function modeStep(path: string, mode: number, executable: boolean): Step {
  const change: Change = {
    kind: "mode",
    path,
    before: mode & 0o777,
    after: (executable ? executableMode(mode) : mode) & (executable ? 0o777 : 0o666),
  };
  return { change, bytes: byteString("") };
}

/** The mode that the workspace's `setExecutable` sets. */
const executableMode = (mode: number): number => (mode & 0o7777) | 0o100 | ((mode & 0o444) >> 2);

/** The 1-based line of the first difference. */
function firstDifference(before: string, after: string): number {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return before.slice(0, at).split("\n").length;
}
