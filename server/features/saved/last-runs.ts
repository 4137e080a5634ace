// What came of the requests that the window ran last, kept for the next start: in the user's data folder, since it is
// no part of the workspace. Results have no secrets; see `secrets.ts`.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { errorCode } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { type Log, noteOf } from "../../base/log.js";
import { replacePrivateFile } from "../../base/user-data.js";
import { type SavedFile, type SavedResult, type SavedRun, savedRun } from "../../contract/saved-contract.js";
import { storePath } from "../../store/store-path.js";
import { savedMessage } from "./messages.js";

const stored = z.object({ version: z.literal(1), runs: z.array(savedRun) });
/** The ones that ran longest ago are left out. */
const maxRuns = 2000;

/** Beside the traces, and forgotten with them. */
const fileOf = (root: string): string => `${storePath(root)}.runs.json`;
const keyOf = ({ nth, result }: { nth: number; result: Pick<SavedResult, "file" | "name"> }): string =>
  JSON.stringify([result.file, result.name, nth]);

/** A result, and its request's number among those of the file with the same name. */
export type Ran = Pick<SavedRun, "nth" | "result">;

/** No copy is kept in memory while it can be written: several windows, and several servers, have one file. */
export class LastRuns {
  readonly #log: Pick<Log, "write">;
  /** By folder: what could not be written. */
  readonly #unwritten = new Map<string, readonly SavedRun[]>();
  /** Settles with the last write. */
  #writing: Promise<void> = Promise.resolve();

  constructor(log: Pick<Log, "write">) {
    this.#log = log;
  }

  /** Of the requests that are in these files. `root`: the workspace's folder, absolute and without links. */
  async of(root: string, files: readonly SavedFile[]): Promise<SavedRun[]> {
    await this.#writing;
    const listed = new Set(
      files.flatMap(({ path, requests }) =>
        requests.map(({ name, nth }) => keyOf({ nth, result: { file: path, name } })),
      ),
    );
    return (await this.#read(root)).filter((run) => listed.has(keyOf(run)));
  }

  /** Resolves when they are on disk, or the log says why not. */
  add(root: string, ran: readonly Ran[]): Promise<void> {
    const writing = this.#writing.then(() => this.#write(root, ran)).catch((error: unknown) => this.#tell(error));
    this.#writing = writing;
    return writing;
  }

  async #write(root: string, ran: readonly Ran[]): Promise<void> {
    if (ran.length === 0) return;
    const runs = new Map((await this.#read(root)).map((run) => [keyOf(run), run]));
    for (const { nth, result } of ran) {
      const key = keyOf({ nth, result });
      const before = runs.get(key)?.result ?? null;
      runs.delete(key); // to the end
      runs.set(key, { nth, result, before });
    }
    const kept = [...runs.values()].slice(-maxRuns);
    this.#unwritten.set(root, kept);
    await replacePrivateFile(fileOf(root), `${JSON.stringify({ version: 1, runs: kept })}\n`);
    this.#unwritten.delete(root);
  }

  async #read(root: string): Promise<readonly SavedRun[]> {
    const unwritten = this.#unwritten.get(root);
    if (unwritten) return unwritten;
    try {
      return stored.parse(JSON.parse(await readFile(fileOf(root), "utf8"))).runs;
    } catch (error) {
      if (errorCode(error) !== "ENOENT") this.#tell(error);
      return [];
    }
  }

  #tell(error: unknown): void {
    const systemText = errorText(error);
    this.#log.write(noteOf("warning", "workbench", savedMessage("runs-not-kept", { systemText })));
  }
}
