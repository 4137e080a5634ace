// Converts files to UTF-8: a preview first, then only what was previewed, and one undo for all of it.
import { ProblemError } from "../../base/problem.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { Conversion, LeftOut } from "../../contract/encodings-contract.js";
import type { Message } from "../../contract/message.js";
import type { Saved } from "../../contract/workspace.js";
import type { TextToSave } from "../files/file-contents.js";
import { eachFile, undoAll } from "../files/many-files.js";
import { hashOf } from "../files/text-file.js";
import { type Undoable, UndoLog, type UndoStep } from "../files/undo-log.js";
import { type Planned, planConversion } from "./convert-file.js";
import { conversionMessage, conversionProblem } from "./messages.js";

/** What a conversion needs of the workspace. */
interface Convertible extends Undoable {
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
    const left = await eachFile(
      files,
      async (file) => {
        const { planned } = await planOf(folder, file);
        if (planned.kind === "leave") return planned.why;
        changes.push(planned.change);
        return null;
      },
      failed,
    );
    return { files: changes, left };
  }

  /** Files that differ from the preview stay as they are. `token` null: no file was converted. */
  async convert(
    folder: Convertible,
    previewed: readonly Pick<Conversion, "path" | "hash" | "from">[],
  ): Promise<{ token: string | null; converted: string[]; left: LeftOut[] }> {
    const steps: UndoStep[] = [];
    const left = await eachFile(
      previewed,
      async ({ path, hash, from }) => {
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
          isLineForLine: true,
          expectedHash: change.hash,
        });
        if (saved.kind === "conflict") return conversionMessage("changed");
        steps.push({ kind: "text", path, bytes, leftAs: saved.hash });
        return null;
      },
      failed,
    );
    const token = steps.length === 0 ? null : this.#undos.keep(folder, steps);
    return { token, converted: steps.map(({ path }) => path), left };
  }

  /**
   * Files that have changed since stay as they are. `token` undoes those that failed; null: none did.
   * @throws ProblemError "not-found"
   */
  async undo(token: string): Promise<{ restored: string[]; left: LeftOut[]; token: string | null }> {
    const undone = await undoAll(this.#undos, token, conversionMessage("changed-since"), failed);
    if (undone === null) throw new ProblemError(conversionProblem("conversion-not-kept"));
    return undone;
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

const failed = (problem: string): Message => conversionMessage("failed", { problem });
