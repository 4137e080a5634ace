// The folder's list of files, as the server sees it. Whenever the server reports a change, the changes are fetched; one
// fetch at a time, and the newest request wins.
import { create } from "zustand";
import { Emitter } from "../../platform/emitter.js";
import { beforeIdle } from "../../platform/when-idle.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { changedFiles, type Files } from "./changed-files.js";

const none: Files = {
  root: null,
  entries: [],
  byPath: new Map(),
  elsewhere: [],
  truncated: false,
  maxEntries: 0,
  problem: null,
};

/** After each rename and move, with workspace paths. */
export const fileMoves = new Emitter<{ readonly from: string; readonly to: string }>();

export const useFiles = create<Files>()(() => none);

/** Follows the server's state. Once, at the start of the page. */
export function followFiles(): void {
  let listed = "";
  let listedBy: Client | null = null; // a new connection lists again: the old one may have broken in the middle
  let version: string | null = null; // of the list that is shown
  let isListing = false;
  const look = (): void => {
    const { client, state } = useServer.getState();
    if (!client || !state || isListing) return;
    if (!state.workspace) {
      listed = "";
      return;
    }
    const { root, filesRev } = state.workspace;
    const requested = `${state.generation} ${filesRev} ${root}`;
    if (requested === listed && client === listedBy) return;
    const { root: shown } = useFiles.getState();
    // Another folder's files would be taken for this one's.
    if (shown !== null && shown !== root) useFiles.setState(none);
    listed = requested;
    listedBy = client;
    isListing = true;
    const listing = client.files
      .list({ since: shown === root ? version : null })
      .then((change) => {
        version = change.version;
        useFiles.setState((files) => ({ ...changedFiles(files, change), root, problem: null }));
      })
      .catch((error: unknown) => {
        version = null;
        useFiles.setState((files) => ({ ...(files.root === root ? files : none), root, problem: problemOf(error) }));
      })
      .finally(() => {
        isListing = false;
        look(); // something may have changed meanwhile
      });
    beforeIdle(listing);
  };
  useServer.subscribe(look);
  look();
}
