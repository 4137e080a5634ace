// The doctor's check of every script in the folder, without running them: a few at a time, in the order of their paths.
import { useEffect, useState } from "react";
import type { Marker } from "../../../server/contract/repair-contract.js";
import { useFiles } from "../../model/folder/file-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { unsavedOf } from "./apply-fix.js";

export interface CheckedScript {
  readonly path: string;
  /** By line. */
  readonly markers: readonly Marker[];
  /** Why a part was not checked, or why the script could not be read; a sentence. */
  readonly unchecked: string | null;
}

export interface FolderCheck {
  /** Of these scripts all are checked. */
  readonly total: number;
  readonly done: number;
  /** Those with something to say, in the order of their paths. */
  readonly scripts: readonly CheckedScript[];
}

/** A syntax check starts an interpreter: more at once would only wait for each other. */
const atOnce = 2;

const scriptPaths = (): string[] =>
  useFiles
    .getState()
    .entries.filter(({ kind, mode }) => kind === "file" && mode !== null)
    .map(({ path }) => path)
    .sort();

/** Begins when it is mounted, and again with another `attempt`; ends with the component. */
export function useFolderCheck(attempt: number): FolderCheck {
  const client = useClient();
  const [check, setCheck] = useState<FolderCheck>({ total: 0, done: 0, scripts: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the reason to check again
  useEffect(() => {
    if (client === null) return;
    const stop = new AbortController();
    const paths = scriptPaths();
    const found = new Map<string, CheckedScript>();
    let [next, done] = [0, 0];
    setCheck({ total: paths.length, done: 0, scripts: [] });
    const checkNext = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        const path = paths[next++];
        if (path === undefined) return;
        const checked = await client.doctor.check({ path, unsaved: unsavedOf(path) }, { signal: stop.signal }).then(
          ({ markers, unchecked }) => ({ path, markers: markers.toSorted((a, b) => a.line - b.line), unchecked }),
          (error: unknown) => ({ path, markers: [], unchecked: problemText(problemOf(error)) }),
        );
        if (stop.signal.aborted) return;
        done += 1;
        if (checked.markers.length > 0 || checked.unchecked !== null) found.set(path, checked);
        const scripts = paths.flatMap((one) => found.get(one) ?? []);
        setCheck({ total: paths.length, done, scripts });
      }
    };
    for (let n = 0; n < atOnce; n++) void checkNext(); // keeps its own failures
    return () => stop.abort();
  }, [client, attempt]);
  return check;
}
