// What is asked of the stopped script for a view, and asked again when something that it depends on changes.
import { type DependencyList, useEffect, useState } from "react";
import { problemOf, problemText } from "../../rpc/problem.js";

/**
 * What `ask` resolves with, or what `failed` makes of the reason that it does not. The answer before stays until then;
 * null asks nothing.
 */
export function useAnswer<T>(
  ask: () => Promise<T> | null,
  failed: (why: string) => T,
  first: T,
  dependencies: DependencyList,
): T {
  const [found, setFound] = useState(first);
  useEffect(() => {
    let isGone = false;
    ask()?.then(
      (answer) => isGone || setFound(answer),
      (error: unknown) => isGone || setFound(failed(problemText(problemOf(error)))),
    );
    return () => {
      isGone = true;
    };
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says when to ask again
  }, dependencies);
  return found;
}
