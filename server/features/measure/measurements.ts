// The measurements of the open folder: one runs at a time, and the last one of each
// script is kept in the user's data folder.
import { readFile, rename } from "node:fs/promises";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { errorCode, unlessMissing } from "../../base/disk.js";
import { jsonOf } from "../../base/json-of.js";
import { ProblemError } from "../../base/problem.js";
import { replacePrivateFile } from "../../base/user-data.js";
import type { StartupReport } from "../../contract/command-output.js";
import {
  type CompareAsked,
  type Compared,
  type MeasureAsked,
  type Measurement,
  type MeasureProgress,
  measurement,
  type Outdated,
} from "../../contract/measure-contract.js";
import { storePath } from "../../store/store-path.js";
import { markOf } from "../../workspace/files/text-encoding.js";
import { scriptAt } from "../bench/run-bench.js";
import { runStartup } from "../startup/run-startup.js";
import { compare } from "./compare.js";
import { measure } from "./measure.js";
import { measureProblem } from "./messages.js";
import { outdatedIn } from "./outdated.js";
import { withScratch } from "./scratch.js";

interface Parts extends Pick<Workbench, "folder" | "startLoad"> {
  readonly stores: Pick<Workbench["stores"], "version">;
}
type Folder = ReturnType<Parts["folder"]["workspace"]>;

const kept = z.object({ version: z.literal(1), scripts: z.record(z.string(), measurement) });
type Kept = z.infer<typeof kept>["scripts"];

export class Measurements {
  readonly #parts: Parts;
  readonly #ending = new AbortController();
  #running: { readonly over: Promise<unknown>; readonly signal: AbortSignal } | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @throws ProblemError if no folder is open */
  async last(path: string): Promise<{ measurement: Measurement | null; outdated: Outdated | null }> {
    const workspace = this.#parts.folder.workspace();
    const found = (await read(fileOf(workspace.root)))[path] ?? null;
    return { measurement: found, outdated: found && (await outdatedIn(workspace, found)) };
  }

  /** @throws ProblemError, or the signal's reason */
  async run(
    asked: MeasureAsked,
    given: AbortSignal,
    onProgress: (progress: MeasureProgress) => void,
  ): Promise<Measurement> {
    return this.#alone(given, async (folder, signal) => {
      const { startLoad } = this.#parts;
      const made = await measure({ folder, asked, startLoad, signal, onProgress });
      await keep(fileOf(folder.root), made);
      return made;
    });
  }

  /** @throws ProblemError, or the signal's reason */
  async compare(
    asked: CompareAsked,
    given: AbortSignal,
    onProgress: (progress: MeasureProgress) => void,
  ): Promise<Compared> {
    return this.#alone(given, async (folder, signal) => {
      const { startLoad } = this.#parts;
      const version = await versionBytes(asked, this.#parts.stores);
      return compare({ folder, asked, version, startLoad, signal, onProgress });
    });
  }

  /** @throws ProblemError, or the signal's reason */
  async startup(target: string, given: AbortSignal): Promise<StartupReport> {
    return this.#alone(given, (folder, signal) =>
      withScratch(folder, {}, (workbench) => runStartup(workbench, scriptAt(workbench, target), target, signal)),
    );
  }

  /** Aborts what runs, and resolves when it has removed what it needed. Nothing runs afterwards. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await this.#running?.over;
  }

  async #alone<T>(given: AbortSignal, work: (folder: Folder, signal: AbortSignal) => Promise<T>): Promise<T> {
    // One that was cancelled still removes what it needed.
    while (this.#running?.signal.aborted) await this.#running.over;
    const folder = this.#parts.folder.workspace();
    if (!folder.isTrusted) throw new ProblemError(measureProblem("not-trusted", { path: folder.root }));
    if (this.#running !== null) throw new ProblemError(measureProblem("already-measuring"));
    const signal = AbortSignal.any([given, this.#ending.signal]);
    signal.throwIfAborted();
    const running = work(folder, signal);
    const over = running
      .catch(() => {}) // the caller gets the reason
      .then(() => {
        this.#running = null;
      });
    this.#running = { over, signal };
    try {
      return await running;
    } finally {
      await over;
    }
  }
}

/** Null: another script, which is a file. @throws ProblemError */
async function versionBytes({ path, against }: CompareAsked, stores: Parts["stores"]): Promise<Uint8Array | null> {
  if (against.kind === "script") return null;
  if (against.kind === "ran") {
    const bytes = await stores.version(against.hash);
    if (bytes === null) throw new ProblemError(measureProblem("version-not-kept", { path }));
    return bytes;
  }
  const { encodeText } = await import("../../workspace/files/encode-text.js");
  const bytes = encodeText(against.text, against.encoding);
  if (!Buffer.isBuffer(bytes))
    throw new ProblemError(measureProblem("text-not-in-encoding", { encoding: against.encoding }));
  return against.bom ? Buffer.concat([markOf(against.encoding), bytes]) : bytes;
}

/** Beside the stored traces, with which it is deleted: it has values of the scripts' variables. */
const fileOf = (root: string): string => `${storePath(root)}.measurements.json`;

/** Nothing, if there is no file. One that cannot be read is set aside. */
async function read(file: string): Promise<Kept> {
  const text = await unlessMissing(readFile(file, "utf8"), null).catch((error: unknown) => {
    throw notKept(file, error);
  });
  if (text === null) return {};
  const { data } = kept.safeParse(jsonOf(text));
  if (!data) await rename(file, `${file}.unreadable`); // damaged, or from another version of the workbench
  return data?.scripts ?? {};
}

async function keep(file: string, made: Measurement): Promise<void> {
  const scripts = { ...(await read(file)), [made.path]: made };
  await replacePrivateFile(file, JSON.stringify({ version: 1, scripts })).catch((error: unknown) => {
    throw notKept(file, error);
  });
}

const notKept = (path: string, error: unknown): ProblemError =>
  new ProblemError(measureProblem("measurement-not-kept", { path, errno: errorCode(error) }), { cause: error });
