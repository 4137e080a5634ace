// Which file beside a script the bytes of its page come from: a template, a library, a list.
import { readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { unlessRefusedSync } from "../../base/disk.js";
import { wordsOf } from "../../contract/message.js";
import { invalidUtf8 } from "../../protocol/utf8-validity.js";
import type { TraceFacts } from "../base/facts.js";
import { filesIn } from "../base/nearest-path.js";
import type { Occurrence } from "../base/rule.js";
import { writtenLine } from "./written-line.js";

const maxFileBytes = 256 << 10;
const maxAllBytes = 8 << 20;
/** A word of fewer bytes may stand anywhere. */
const leastWord = 4;

/** "\xfc", "\374": the script may print the bytes without holding them. */
const escapedByte = /\\(?:x[89a-f][\da-f]|[23][0-7]{2})/i;

/** Where a finding's bytes of stdout stand, if it is one file in the script's folder, and not the script. */
function bytesSource(
  facts: Pick<TraceFacts, "route" | "stdout">,
  place: Pick<Occurrence, "stream" | "range">,
): { readonly name: string; readonly path: string; readonly line: number } | null {
  const file = facts.route.file === null ? null : toDisplayText(facts.route.file);
  if (file === null) return null;
  const folder = posix.dirname(file);
  const wanted = { stream: place.stream ?? null, range: place.range ?? null };
  const found: { name: string; path: string; line: number }[] = [];
  let left = maxAllBytes;
  for (const name of filesIn(folder)) {
    const path = posix.join(folder, name);
    const bytes = unlessRefusedSync(() => {
      const { size } = statSync(path);
      return size > Math.min(maxFileBytes, left) ? null : readFileSync(path);
    }, null);
    if (bytes === null) return null; // it may hold them, too
    left -= bytes.length;
    if (path === file && escapedByte.test(bytes.toString("latin1"))) return null;
    const line = bytes.includes(0) ? null : writtenLine(bytes, facts.stdout, wanted, leastWord);
    if (line === null) continue;
    if (path === file || found.length > 0 || invalidUtf8(bytes, 1).length === 0) return null;
    found.push({ name, path, line });
  }
  return found[0] ?? null;
}

/** For a finding about bytes that the script does not hold: the file that does is the one to convert. */
export function fromOtherFile(facts: Pick<TraceFacts, "route" | "stdout">, occurrence: Occurrence): Occurrence {
  const source = bytesSource(facts, occurrence);
  if (source === null) return occurrence;
  const { name, path, line } = source;
  return {
    ...occurrence,
    detail: `${wordsOf(occurrence.detail)} The same bytes stand in \`${name}\`, line ${line}, which is not UTF-8.`,
    evidence: [...(occurrence.evidence ?? []), { kind: "file", path, line }],
    fixes: ["convert-to-utf-8"],
  };
}
