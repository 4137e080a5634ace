// What browser windows remember, in one file in the user's data folder. All servers of the user share it. Each change
// reads the file and replaces it, so a server keeps no copy that could be out of date. (Two servers that change it in
// the same few milliseconds are not kept apart: one of the changes can be lost.)
import { randomUUID } from "node:crypto";
import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode, unlessMissing } from "../base/disk.js";
import { jsonOf } from "../base/json-of.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";
import { maxWindowMemory } from "../contract/limits.js";
import { appMessage } from "./messages.js";

const stored = z.object({
  version: z.literal(1),
  revision: z.string(),
  entries: z.record(z.string(), z.string()),
});

interface Memory {
  readonly revision: string | null;
  readonly entries: Readonly<Record<string, string>>;
}
type Changes = Readonly<Record<string, string | null>>;

export class WindowMemory {
  readonly #file: string;
  readonly #changes = new SerialQueue();

  constructor(file: string = join(userDataPath(), "window.json")) {
    this.#file = file;
  }

  /** @throws ProblemError if the file cannot be read */
  async recall(): Promise<Memory> {
    await this.#changes.idle();
    return this.#read();
  }

  /** @returns the revision before and after. @throws ProblemError if the values have no room, or cannot be written */
  async remember(changes: Changes): Promise<{ readonly before: string | null; readonly after: string }> {
    return this.#changes.run(() => this.#change(changes));
  }

  async #change(changes: Changes): Promise<{ readonly before: string | null; readonly after: string }> {
    const before = await this.#read();
    const all = Object.entries({ ...before.entries, ...changes });
    const entries = all.filter((entry): entry is [string, string] => entry[1] !== null);
    const length = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    if (length > maxWindowMemory)
      throw new ProblemError(appMessage("window-memory-full", { maxMiB: maxWindowMemory >> 20 }));
    const after = randomUUID();
    const text = JSON.stringify({ version: 1, revision: after, entries: Object.fromEntries(entries) });
    await replacePrivateFile(this.#file, text).catch((error: unknown) => this.#fail("written", error));
    return { before: before.revision, after };
  }

  #read = (): Promise<Memory> => read(this.#file).catch((error: unknown) => this.#fail("read", error));

  #fail(what: "read" | "written", error: unknown): never {
    const data = { what, path: this.#file, errno: errorCode(error) };
    throw new ProblemError(appMessage("window-memory-file", data), { cause: error });
  }
}

/** Nothing, if there is no file. One that cannot be read is set aside. */
async function read(file: string): Promise<Memory> {
  const nothing = { revision: null, entries: {} };
  const text = await unlessMissing(readFile(file, "utf8"), null);
  if (text === null) return nothing;
  const { data: memory } = stored.safeParse(jsonOf(text));
  if (!memory) await rename(file, `${file}.unreadable`); // damaged, or from another version of the workbench
  return memory ? { revision: memory.revision, entries: memory.entries } : nothing;
}
