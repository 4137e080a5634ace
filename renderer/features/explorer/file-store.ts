// The folder's list of files, as the server sees it. Fetched again whenever the server says that something changed; one fetch at
// a time, and the newest wish wins.
import { create } from "zustand";
import type { ApplicationRoute, FileEntry, Problem } from "../../../server/contract/workspace.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";

export interface Files {
  /** Of the folder that was listed; null before the first list. */
  readonly root: string | null;
  readonly entries: readonly FileEntry[];
  /** By path. */
  readonly byPath: ReadonlyMap<string, FileEntry>;
  /** Paths that lead to applications at an address. */
  readonly elsewhere: readonly ApplicationRoute[];
  /** The folder holds more than the list's bound of `maxEntries`. */
  readonly truncated: boolean;
  readonly maxEntries: number;
  readonly problem: Problem | null;
}

const none: Files = { root: null, entries: [], byPath: new Map(), elsewhere: [], truncated: false, maxEntries: 0, problem: null };

export const useFiles = create<Files>()(() => none);

/** Follows the server's state. Once, at the start of the page. */
export function followFiles(): void {
  let listed = "";
  let listedBy: Client | null = null; // a new connection lists again: the old one may have broken in the middle
  let isListing = false;
  const look = (): void => {
    const { client, state } = useServer.getState();
    if (!client || !state || isListing) return;
    if (!state.workspace) {
      listed = "";
      return;
    }
    const { root, filesRev } = state.workspace;
    const wish = `${state.generation} ${filesRev} ${root}`;
    if (wish === listed && client === listedBy) return;
    const { root: shown } = useFiles.getState();
    if (shown !== null && shown !== root) useFiles.setState(none); // another folder's files would be taken for this one's
    listed = wish;
    listedBy = client;
    isListing = true;
    client.files
      .list()
      .then(({ entries, elsewhere, truncated, maxEntries }) => {
        useFiles.setState({ root, entries, byPath: new Map(entries.map((entry) => [entry.path, entry])), elsewhere, truncated, maxEntries, problem: null });
      })
      .catch((error: unknown) => useFiles.setState((files) => ({ ...(files.root === root ? files : none), root, problem: problemOf(error) })))
      .finally(() => {
        isListing = false;
        look(); // something may have changed meanwhile
      });
  };
  useServer.subscribe(look);
  look();
}
