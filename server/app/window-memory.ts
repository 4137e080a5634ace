// What browser windows remember, in one file in the user's data folder. All servers of the user share it. Each change
// reads the file and replaces it, so a server keeps no copy that could be out of date. (Two servers that change it in
// the same few milliseconds are not kept apart: one of the changes can be lost.)
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { userDataFolder } from "../base/user-data.js";
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
  readonly #folder: () => Promise<string>;
  /** Settles with the last change. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(folder: () => Promise<string> = userDataFolder) {
    this.#folder = folder;
  }

  async recall(): Promise<Memory> {
    await this.#changing;
    return read(await this.#file());
  }

  /** @returns the revision before and after. @throws ProblemError if the values have no room */
  async remember(changes: Changes): Promise<{ readonly before: string | null; readonly after: string }> {
    const changed = this.#changing.then(() => this.#change(changes));
    this.#changing = changed.catch(() => undefined); // its caller is told
    return changed;
  }

  async #change(changes: Changes): Promise<{ readonly before: string | null; readonly after: string }> {
    const file = await this.#file();
    const before = await read(file);
    const all = Object.entries({ ...before.entries, ...changes });
    const entries = all.filter((entry): entry is [string, string] => entry[1] !== null);
    const length = entries.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    if (length > maxWindowMemory)
      throw new ProblemError(appMessage("window-memory-full", { maxMiB: maxWindowMemory >> 20 }));
    const after = randomUUID();
    await replace(file, JSON.stringify({ version: 1, revision: after, entries: Object.fromEntries(entries) }));
    return { before: before.revision, after };
  }

  #file = async (): Promise<string> => join(await this.#folder(), "window.json");
}

/** Nothing, if there is no file. One that cannot be read is set aside. */
async function read(file: string): Promise<Memory> {
  const nothing = { revision: null, entries: {} };
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  });
  if (text === null) return nothing;
  const memory = parsed(text);
  if (memory === null) await rename(file, `${file}.unreadable`);
  return memory ?? nothing;
}

function parsed(text: string): Memory | null {
  try {
    const { revision, entries } = stored.parse(JSON.parse(text));
    return { revision, entries };
  } catch {
    return null; // damaged, or from another version of the workbench
  }
}

async function replace(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}
