// Changes that the workbench made to files, and their undo: each file gets back what it had, only if it is as the
// workbench left it.
import { randomUUID } from "node:crypto";
import type { Saved } from "../../contract/workspace.js";
import type { FileBytes } from "./file-contents.js";
import { hashOf } from "./text-file.js";

/** What an undo needs of the workspace. */
export interface Undoable {
  /** Null if the file does not exist. @throws ProblemError if it cannot be read or is too large */
  readBytes(path: string): Promise<FileBytes | null>;
  writeBytes(path: string, bytes: Uint8Array, expectedHash: string | null): Promise<Saved>;
  readonly changes: {
    setExecutable(path: string, executable: boolean): Promise<void>;
    remove(path: string, forGood: boolean): Promise<string | null>;
  };
}

/** `bytes` null: the file did not exist. `leftAs`: the hash of what was written. */
export type UndoStep = { readonly path: string } & (
  | { readonly kind: "mode"; readonly executable: boolean }
  | { readonly kind: "text"; readonly bytes: Uint8Array | null; readonly leftAs: string }
);

interface Kept {
  readonly folder: Undoable;
  readonly steps: readonly UndoStep[];
}

/** How many changes can be undone. */
const maxUndos = 50;

export class UndoLog {
  readonly #kept = new Map<string, Kept>();
  readonly #max: number;

  constructor(max = maxUndos) {
    this.#max = max;
  }

  /** The token for `get` and `take`. The oldest change is forgotten when there are too many. */
  keep(folder: Undoable, steps: readonly UndoStep[], token: string = randomUUID()): string {
    this.#kept.set(token, { folder, steps });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#max) break;
      this.#kept.delete(oldest);
    }
    return token;
  }

  get(token: string): Kept | undefined {
    return this.#kept.get(token);
  }

  /** As `get`, and forgets it. */
  take(token: string): Kept | undefined {
    const kept = this.#kept.get(token);
    this.#kept.delete(token);
    return kept;
  }

  forget(token: string): void {
    this.#kept.delete(token);
  }
}

/** The path of a file that has changed since, and then no step is taken; null: all were. @throws ProblemError */
export async function undoSteps(folder: Undoable, steps: readonly UndoStep[]): Promise<string | null> {
  for (const step of steps) if (!(await isAsLeft(folder, step))) return step.path;
  for (const step of steps) if (!(await undoStep(folder, step))) return step.path; // in between
  return null;
}

async function isAsLeft(folder: Undoable, step: UndoStep): Promise<boolean> {
  if (step.kind === "mode") return true;
  const now = await folder.readBytes(step.path);
  return now !== null && hashOf(now.bytes) === step.leftAs;
}

/** False: the file has changed since, and stays as it is. @throws ProblemError */
export async function undoStep(folder: Undoable, step: UndoStep): Promise<boolean> {
  if (step.kind === "mode") {
    await folder.changes.setExecutable(step.path, step.executable);
    return true;
  }
  if (!(await isAsLeft(folder, step))) return false;
  if (step.bytes !== null) return (await folder.writeBytes(step.path, step.bytes, step.leftAs)).kind === "saved";
  await folder.changes.remove(step.path, true);
  return true;
}
