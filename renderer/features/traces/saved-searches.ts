// The searches that were saved for the open folder.
import { create } from "zustand";
import type { SavedSearch } from "../../../server/contract/trace-marks.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

export const useSavedSearches = create<{
  readonly searches: readonly SavedSearch[];
  /** Why they cannot be read; null: they can. */
  readonly failure: string | null;
}>()(() => ({ searches: [], failure: null }));

/** Another window may have changed them: they are read whenever they are shown. */
export async function readSearches(): Promise<void> {
  try {
    useSavedSearches.setState({ searches: await connected().traces.searches(), failure: null });
  } catch (error) {
    useSavedSearches.setState({ failure: problemText(problemOf(error)) });
  }
}

export async function saveSearch(name: string, query: string): Promise<void> {
  useSavedSearches.setState({ searches: await connected().traces.setSearch({ name, query }), failure: null });
}

export const removeSearch = (name: string): Promise<void> => saveSearch(name, "");
