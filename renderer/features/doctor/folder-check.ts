// The doctor's check of every script in the folder, without running them, and of the .htaccess files, which the list of
// files leaves out: a few at a time, in the order of their paths.
import { useEffect, useState } from "react";
import type { Marker } from "../../../server/contract/fix-contract.js";
import { type Message, sentencesOf } from "../../../server/contract/message.js";
import { useFiles } from "../../model/folder/file-store.js";
import { problemOf } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { unsavedOf } from "./apply-fix.js";

export interface CheckedScript {
  readonly path: string;
  /** By line. */
  readonly markers: readonly Marker[];
  /** Why a part was not checked, or why the script could not be read. */
  readonly unchecked: Message | null;
}

export interface FolderCheck {
  /** Those to check. */
  readonly total: { readonly scripts: number; readonly htaccess: number };
  /** How many of them all are checked; null: it is not known yet what there is. */
  readonly done: number | null;
  /**
   * Those with something to say, in the order of their paths; those with problems
   * before those that were not checked in full.
   */
  readonly scripts: readonly CheckedScript[];
}

/** A syntax check starts an interpreter: more at once would only wait for each other. */
const concurrency = 2;

const scriptPaths = (): string[] =>
  useFiles
    .getState()
    .entries.filter(({ kind, mode }) => kind === "file" && mode !== null)
    .map(({ path }) => path);

function problemsFirst(a: CheckedScript, b: CheckedScript): number {
  return Number(b.markers.length > 0) - Number(a.markers.length > 0) || (a.path < b.path ? -1 : 1);
}

function whyOf(error: unknown): Message {
  const { code, data = null, message, fix } = problemOf(error);
  const sentences = (fix === null ? [message] : [message, fix]).map((text) => ({ code, data, text }));
  return { code, data, text: sentencesOf(sentences) ?? message };
}

/** Stands for all of them when they cannot be listed. */
const unlisted = ".htaccess";
const unknown: FolderCheck = { total: { scripts: 0, htaccess: 0 }, done: null, scripts: [] };

/** Begins when it is mounted, and again with another `attempt`; ends with the component. */
export function useFolderCheck(attempt: number): FolderCheck {
  const client = useClient();
  const [check, setCheck] = useState<FolderCheck>(unknown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to check again
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    const found = new Map<string, CheckedScript>();
    let next = 0;
    let done = 0;
    let paths: readonly string[] = [];
    let total = unknown.total;
    const begin = async (): Promise<void> => {
      const htaccess = await client.doctor.htaccess(undefined, { signal: stop.signal }).then(
        (listed) => listed.paths,
        (error: unknown) => {
          found.set(unlisted, { path: unlisted, markers: [], unchecked: whyOf(error) });
          return [];
        },
      );
      if (stop.signal.aborted) return;
      const scripts = scriptPaths();
      paths = [...scripts, ...htaccess].sort();
      total = { scripts: scripts.length, htaccess: htaccess.length };
      setCheck({ total, done: 0, scripts: [] });
      for (let n = 0; n < concurrency; n++) void checkNext(); // keeps its own failures
    };
    const checkNext = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const path = paths[next++];
        if (path === undefined) return;
        const checked = await client.doctor.check({ path, unsaved: unsavedOf(path) }, { signal: stop.signal }).then(
          ({ markers, uncheckedWhy: unchecked }) => ({
            path,
            markers: markers.toSorted((a, b) => a.line - b.line),
            unchecked,
          }),
          (error: unknown) => ({ path, markers: [], unchecked: whyOf(error) }),
        );
        if (stop.signal.aborted) return;
        done += 1;
        if (checked.markers.length > 0 || checked.unchecked !== null) found.set(path, checked);
        const scripts = [...found.values()].sort(problemsFirst);
        setCheck({ total, done, scripts });
      }
    };
    setCheck(unknown);
    void begin(); // keeps its own failures
    return () => stop.abort();
  }, [client, attempt]);
  return check;
}
