// Which files quick open offers for what was typed, the best first: the name before the path, whole stretches before
// scattered letters, files used lately before others. "name:12" asks for a line as well.

import { comparable } from "../../format/file-path.js";

interface QuickOpenQuery {
  readonly text: string;
  /** Counted from 1; null when none was typed. */
  readonly line: number | null;
}

export function parseQuery(typed: string): QuickOpenQuery {
  const [, text = "", line] = /^(.*?)(?::(\d*))?$/s.exec(typed.trim()) ?? [];
  return { text: text.trim(), line: line === undefined || line === "" ? null : Math.max(1, Number(line)) };
}

/** At most `limit` paths. `recent`: used lately, the latest first. */
export function quickOpenMatches(
  paths: readonly string[],
  text: string,
  recent: readonly string[],
  limit = 50,
): readonly string[] {
  const age = new Map(recent.map((path, index) => [path, index]));
  const ageOf = (path: string): number => age.get(path) ?? recent.length;
  const wanted = comparable(text).replace(/\s+/g, "");
  return paths
    .flatMap((path) => {
      const rank = rankOf(comparable(path), wanted);
      return rank === null ? [] : [{ path, rank }];
    })
    .sort(
      (a, b) =>
        a.rank - b.rank || ageOf(a.path) - ageOf(b.path) || a.path.length - b.path.length || (a.path < b.path ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ path }) => path);
}

/** The lower the better; null when it does not match. Both as `comparable` has them. */
function rankOf(path: string, wanted: string): number | null {
  if (wanted === "") return 0;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === wanted || path === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(wanted)) return 2;
  if (path.includes(wanted)) return 3;
  if (hasInOrder(name, wanted)) return 4;
  return hasInOrder(path, wanted) ? 5 : null;
}

function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
