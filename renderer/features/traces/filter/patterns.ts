// Regular expressions in the filter. RE2, which tests them in linear time, is large: it is loaded with the first one.
import type { Patterns } from "../../../../server/formats/query/query-pattern.js";

let patterns: Patterns | null = null;

export async function loadPatterns(): Promise<void> {
  ({ patterns } = await import("../../../../server/formats/query/query-pattern.js"));
}

export const arePatternsLoaded = (): boolean => patterns !== null;

export const lazyPatterns: Patterns = {
  patternTest: (source, flags) => loaded().patternTest(source, flags),
  whyInvalid: (source, flags) => loaded().whyInvalid(source, flags),
};

function loaded(): Patterns {
  if (patterns === null) throw new Error("A filter has a regular expression before RE2 is loaded.");
  return patterns;
}
