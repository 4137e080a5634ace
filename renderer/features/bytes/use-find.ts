// A search through a stream for a component: runs in slices while bytes arrive, counts the matches and remembers the
// current one.
import { useEffect, useMemo, useReducer, useState } from "react";
import { useByteViewState } from "./byte-view-state.js";
import { Finder } from "./finder.js";
import { hexPattern, textPattern } from "./pattern.js";
import type { StreamLoader } from "./stream-loader.js";

/** Time of a slice, ms: well below a frame. */
const sliceMs = 6;

export interface Find {
  /** Null: nothing is searched for. */
  readonly finder: Finder | null;
  /** Why what was typed cannot be searched for, a sentence. */
  readonly why: string | null;
  /** Index of the current match. */
  readonly current: number | null;
  /** Share of the stream that was searched, 0 to 1; null when the search has ended. */
  readonly progress: number | null;
  /** Goes to the next match or the one before; round the end. */
  goTo(by: 1 | -1): void;
}

/** `from`: where a new search looks first. `onMatch`: a match to be shown. */
export function useFind(
  loader: StreamLoader,
  version: number,
  charset: string,
  from: number,
  onMatch: (from: number) => void,
): Find {
  const { buffer } = loader;
  const { isFinding, wanted, isHex, matchesCase } = useByteViewState();
  const { pattern, why } = useMemo(
    () =>
      isFinding
        ? isHex
          ? hexPattern(wanted)
          : textPattern(wanted, charset, matchesCase)
        : { pattern: null, why: null },
    [isFinding, wanted, isHex, matchesCase, charset],
  );
  const finder = useMemo(() => pattern && new Finder(pattern), [pattern]);
  const [, goOn] = useReducer((count: number) => count + 1, 0);
  const [at, setAt] = useState<{ readonly finder: Finder; readonly index: number } | null>(null);

  const { prefix, length } = buffer;
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

  const current = finder !== null && at?.finder === finder ? at.index : null;
  const show = (index: number): void => {
    if (!finder) return;
    setAt({ finder, index });
    onMatch(finder.start(index));
  };
  const firstIndex = finder && current === null && finder.count > 0 ? finder.indexFrom(from) : null;
  const isDone = finder !== null && !isBehind && (finder.isFull || prefix === length);
  const found = firstIndex === null || !finder ? null : firstIndex < finder.count ? firstIndex : isDone ? 0 : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the first match is known
  useEffect(() => {
    if (found !== null) show(found);
  }, [finder, found]);

  return {
    finder,
    why,
    current,
    progress: finder === null || isDone ? null : finder.searched / Math.max(1, length),
    goTo: (by) => {
      if (!finder || finder.count === 0) return;
      const next = current === null ? 0 : current + by;
      show(next < 0 ? finder.count - 1 : next >= finder.count ? 0 : next);
    },
  };
}
