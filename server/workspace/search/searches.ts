// The searches that are under way. A page that closes leaves one behind, which costs nothing and is forgotten in time.
import { randomUUID } from "node:crypto";
import { ProblemError } from "../../base/problem.js";
import type { SearchBatch, Wanted } from "../../contract/search-contract.js";
import { FolderSearch, type Searchable } from "./folder-search.js";
import { searchProblem } from "./messages.js";

/** Of all windows. */
const maxSearches = 8;

export class Searches {
  readonly #underWay = new Map<string, FolderSearch>();

  /** @throws ProblemError "bad-pattern" */
  begin(folder: Searchable, wanted: Wanted): string {
    const id = randomUUID();
    this.#underWay.set(id, new FolderSearch(folder, wanted));
    for (const oldest of this.#underWay.keys()) {
      if (this.#underWay.size <= maxSearches) break;
      this.#underWay.delete(oldest);
    }
    return id;
  }

  /** An aborted search is over. @throws ProblemError "not-found", or the signal's reason */
  async next(id: string, signal: AbortSignal): Promise<SearchBatch> {
    const search = this.#underWay.get(id);
    if (!search) throw new ProblemError(searchProblem("search-not-kept"));
    try {
      const batch = await search.next(signal);
      if (batch.progress.end !== null) this.#underWay.delete(id);
      return batch;
    } catch (error) {
      this.#underWay.delete(id);
      throw error;
    }
  }
}
