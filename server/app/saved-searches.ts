// The searches that the user kept for a folder: in the user's data folder, beside the stored
// traces, whether those are stored or not.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { errorCode } from "../base/disk.js";
import { errorText } from "../base/error-text.js";
import { ProblemError } from "../base/problem.js";
import { SerialQueue } from "../base/serial-queue.js";
import { replacePrivateFile } from "../base/user-data.js";
import { maxSavedSearches } from "../contract/limits.js";
import { type SavedSearch, savedSearch } from "../contract/trace-marks.js";
import { storeMessage } from "../store/messages.js";
import { storePath } from "../store/store-path.js";

const fileOf = (root: string): string => storePath(root).replace(/\.db$/, ".searches.json");

export class SavedSearches {
  readonly #changes = new SerialQueue();

  /** The saved searches, sorted by name. @throws ProblemError */
  async of(root: string): Promise<SavedSearch[]> {
    try {
      return z.array(savedSearch).parse(JSON.parse(await readFile(fileOf(root), "utf8")));
    } catch (error) {
      if (errorCode(error) === "ENOENT") return [];
      throw new ProblemError(storeMessage("searches-unreadable", { systemText: errorText(error) }), { cause: error });
    }
  }

  /** One of the same name is replaced; an empty query removes it. @throws ProblemError */
  set(root: string, { name, query }: { readonly name: string; readonly query: string }): Promise<SavedSearch[]> {
    return this.#changes.run(async () => {
      const others = (await this.of(root)).filter((other) => other.name !== name);
      const all = query === "" ? others : [...others, { name, query }];
      if (all.length > maxSavedSearches)
        throw new ProblemError(storeMessage("too-many-searches", { most: maxSavedSearches }));
      all.sort((a, b) => (a.name < b.name ? -1 : 1));
      await write(root, all);
      return all;
    });
  }
}

async function write(root: string, searches: readonly SavedSearch[]): Promise<void> {
  try {
    await replacePrivateFile(fileOf(root), `${JSON.stringify(searches, null, 2)}\n`);
  } catch (error) {
    throw new ProblemError(storeMessage("searches-not-saved", { systemText: errorText(error) }), { cause: error });
  }
}
