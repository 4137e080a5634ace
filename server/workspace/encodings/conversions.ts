// Converts files to UTF-8: a preview first, then only what was previewed, and one undo for all of it.
import { ProblemError } from "../../base/problem.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { Conversion, LeftOut } from "../../contract/encodings-contract.js";
import type { Message } from "../../contract/message.js";
import type { Saved } from "../../contract/workspace.js";
import { hashOf } from "../files/text-file.js";
import { type Undoable, UndoLog, type UndoStep, undoStep } from "../files/undo-log.js";
import type { TextToSave } from "../workspace.js";
import { type Planned, planConversion } from "./convert-file.js";
import { conversionMessage, conversionProblem } from "./messages.js";

/** What a conversion needs of the workspace. */
export interface Convertible extends Undoable {
  write(path: string, text: TextToSave): Promise<Saved>;
}
/** `encoding`: what the user reads it as; null: it is detected. */
interface FileAs {
  readonly path: string;
  readonly encoding: FileEncoding | null;
}
/** Conversions that can be undone: each keeps the bytes of its files. */
const maxUndos = 5;

export class Conversions {
  readonly #undos = new UndoLog(maxUndos);

  /** What would change; nothing is written. */
  async preview(folder: Convertible, files: readonly FileAs[]): Promise<{ files: Conversion[]; left: LeftOut[] }> {
    const changes: Conversion[] = [];
    const left = await eachFile(files, async (file) => {
      const { planned } = await planOf(folder, file);
      if (planned.kind === "leave") return planned.why;
      changes.push(planned.change);
      return null;
    });
    return { files: changes, left };
  }

  /** Files that differ from the preview stay as they are. `token` null: no file was converted. */
  async convert(
    folder: Convertible,
    previewed: readonly Pick<Conversion, "path" | "hash" | "from">[],
  ): Promise<{ token: string | null; converted: string[]; left: LeftOut[] }> {
    const steps: UndoStep[] = [];
    const left = await eachFile(previewed, async ({ path, hash, from }) => {
      const { planned, bytes } = await planOf(folder, { path, encoding: from });
      if (bytes === null || hashOf(bytes) !== hash) return conversionMessage("changed");
      if (planned.kind === "leave") return planned.why;
      const { text, change } = planned;
      const saved = await folder.write(path, {
        text,
        encoding: "utf-8",
        bom: false,
        readAs: change.from,
        lineEnds: "kept",
        expectedHash: change.hash,
      });
      if (saved.kind === "conflict") return conversionMessage("changed");
      steps.push({ kind: "text", path, bytes, leftAs: saved.hash });
      return null;
    });
    const token = steps.length === 0 ? null : this.#undos.keep(folder, steps);
    return { token, converted: steps.map(({ path }) => path), left };
  }

  /** Files that have changed since stay as they are. @throws ProblemError "not-found" */
  async undo(token: string): Promise<{ restored: string[]; left: LeftOut[] }> {
    const undo = this.#undos.get(token);
    if (!undo) throw new ProblemError(conversionProblem("conversion-not-kept"));
    const restored: string[] = [];
    const left: LeftOut[] = [];
    this.#undos.forget(token);
    for (const step of undo.steps) {
      const why = await problemOr(async () => {
        if (!(await undoStep(undo.folder, step))) return conversionMessage("changed-since");
        restored.push(step.path);
        return null;
      });
      if (why !== null) left.push({ path: step.path, why });
    }
    return { restored, left };
  }
}

async function planOf(
  folder: Convertible,
  { path, encoding }: FileAs,
): Promise<{ readonly planned: Planned; readonly bytes: Uint8Array | null }> {
  const file = await folder.readBytes(path);
  if (file === null) return { planned: { kind: "leave", why: conversionMessage("gone") }, bytes: null };
  return { planned: planConversion(path, file.bytes, encoding), bytes: file.bytes };
}

/** One file after the other; those with a reason are left out. */
async function eachFile<F extends { readonly path: string }>(
  files: readonly F[],
  work: (file: F) => Promise<Message | null>,
): Promise<LeftOut[]> {
  const left: LeftOut[] = [];
  for (const file of files) {
    const why = await problemOr(() => work(file));
    if (why !== null) left.push({ path: file.path, why });
  }
  return left;
}

/** A file that cannot be read or written does not keep the others from being converted. */
async function problemOr(work: () => Promise<Message | null>): Promise<Message | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return conversionMessage("failed", { problem: error.problem.message });
    throw error;
  }
}
