// A search through a stream for a component: runs in slices while bytes arrive, counts the matches and remembers the
// current one.
import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import { problemOf, problemText } from "../../rpc/problem.js";
import type { beginFind, FindBegun } from "./begin-find.js";
import { useByteViewState } from "./byte-view-state.js";
import type { StreamLoader } from "./stream-loader.js";

/** Time of a slice, ms: well below a frame. */
const sliceMs = 6;

export interface Find extends FindBegun {
  /** Index of the current match. */
  readonly current: number | null;
  /** Share of the stream that was searched, 0 to 1; null when the search has ended. */
  readonly progress: number | null;
  /** Goes to the next match or the one before; round the end. */
  goTo(by: 1 | -1): void;
}

/**
 * `from`: where a new search looks first. `onMatch`: a match to be shown; `isAskedFor`: the user went there, and it is
 * not only the first one that was found.
 */
export function useFind(
  loader: StreamLoader,
  version: number,
  charset: string,
  from: number,
  onMatch: (from: number, isAskedFor: boolean) => void,
): Find {
  const { buffer } = loader;
  const { prefix, length } = buffer;
  const { isFinding, wanted, isHex, matchesCase } = useByteViewState();
  const { begin, failure } = useBegin(isFinding);
  const search = useCallback(
    (): FindBegun =>
      isFinding && begin !== null ? begin(wanted, charset, isHex, matchesCase) : { finder: null, why: failure },
    [begin, failure, isFinding, wanted, isHex, matchesCase, charset],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer stream is searched anew, its last match may have been cut
  const { finder, why } = useMemo(search, [search, length]);
  const [, goOn] = useReducer((count: number) => count + 1, 0);
  /** `start`: of the current match, which stays the same one in a longer stream. */
  const [at, setAt] = useState<{ readonly search: () => FindBegun; readonly start: number } | null>(null);

  // What is here was searched: the rest comes, or (with a stream that grows) may come.
  const isBehind = finder !== null && !finder.isFull && finder.searched < (prefix === length ? length : prefix - 4096);
  // biome-ignore lint/correctness/useExhaustiveDependencies: goes on after each slice and each arrival
  useEffect(() => {
    if (!finder || !isBehind) return;
    const frame = requestAnimationFrame(() => {
      finder.extend(buffer.bytes, prefix, prefix === length, sliceMs);
      goOn();
    });
    return () => cancelAnimationFrame(frame);
  }, [finder, isBehind, finder?.searched, version]);

  const wasShown = at?.search === search;
  const current = finder !== null && wasShown ? finder.indexOf(at.start) : null;
  const show = (index: number, isAskedFor: boolean): void => {
    if (!finder) return;
    setAt({ search, start: finder.start(index) });
    onMatch(finder.start(index), isAskedFor);
  };
  const firstIndex = finder && !wasShown && finder.count > 0 ? finder.indexFrom(from) : null;
  const isDone = finder !== null && !isBehind && (finder.isFull || prefix === length);
  const found = firstIndex === null || !finder ? null : firstIndex < finder.count ? firstIndex : isDone ? 0 : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first match is known
  useEffect(() => {
    if (found !== null) show(found, false);
  }, [search, found]);

  return {
    finder,
    why,
    current,
    progress: finder === null || isDone ? null : finder.searched / Math.max(1, length),
    goTo: (by) => {
      if (!finder || finder.count === 0) return;
      const next = current === null ? 0 : current + by;
      show(next < 0 ? finder.count - 1 : next >= finder.count ? 0 : next, true);
    },
  };
}

interface Begin {
  readonly begin: typeof beginFind | null;
  /** Why it could not be loaded. */
  readonly failure: string | null;
}

/** Loaded with the first search. */
function useBegin(isFinding: boolean): Begin {
  const [loaded, setLoaded] = useState<Begin>({ begin: null, failure: null });
  useEffect(() => {
    if (!isFinding || loaded.begin !== null) return;
    import("./begin-find.js").then(
      ({ beginFind: begin }) => setLoaded({ begin, failure: null }),
      (error: unknown) => setLoaded({ begin: null, failure: problemText(problemOf(error)) }),
    );
  }, [isFinding, loaded.begin]);
  return loaded;
}
