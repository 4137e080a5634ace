// A sentence on stderr that says the cause, with its bytes.
import { fromBytes } from "../../protocol/byte-string.js";
import type { Found } from "../engine/rule.js";
import type { TraceFacts } from "../engine/subject.js";
import { lineIn } from "./stderr-tail.js";

const lookedBytes = 64 << 10;

export interface StderrMatch {
  readonly groups: readonly string[];
  /** For the finding: the sentence's bytes, and the script's line when the output names it. */
  readonly place: Pick<Found, "stream" | "range" | "line">;
}

/** The last match within the last 64 KiB. */
export function stderrMatch(
  { stderr, route }: Pick<TraceFacts, "stderr" | "route">,
  pattern: RegExp,
): StderrMatch | null {
  if (!stderr || stderr.captured === 0) return null;
  const from = Math.max(0, stderr.captured - lookedBytes);
  const text = fromBytes(stderr.read(from, lookedBytes));
  const match = [...text.matchAll(new RegExp(pattern, "g"))].at(-1);
  if (match === undefined) return null;
  const line = route.file === null ? null : lineIn(text, route.file);
  return {
    groups: match.slice(1).map((group) => group ?? ""),
    place: { stream: "stderr", range: [from + match.index, from + match.index + match[0].length], line },
  };
}
