// Output that waited in a buffer: all of it arrived as the script exited, or in whole blocks, seconds apart.

import type { TraceFacts } from "../../../base/facts.js";
import { silentInAll } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";

/** Shorter runs are not worth a hint, ms. */
const longMs = 2000;
/** Chunks closer together than this were written together, ms. */
const togetherMs = 100;
/**
 * A script that uses the processor for more than this share of its time has no
 * output yet; one that waits may have some.
 */
const busyShare = 0.2;
/** The buffer size of C and Perl. Python and Ruby flush at other places, so their blocks look like intended writes. */
const bufferBytes = 4096;

export const rule: InlineRule = {
  severity: "hint",
  title: "The output arrived late: it waited in a buffer",
  summary:
    "The script ran for more than two seconds, and its output arrived only when it exited, or 4 or 8 KiB at a time.",
  explanation:
    "Programs collect their output in a buffer of 4 or 8 KiB, and write it when the buffer is full or the program exits. In a terminal each line appears at once; in a server it does not. For a page that grows, or for server-sent events, the script must flush after each part: `print(…, flush=True)` or `python3 -u`, `$| = 1` in Perl, `fflush` in C. Servers buffer too: nginx does unless the response has the header `X-Accel-Buffering: no`.",
  logged: silentInAll("200 OK, late"),
  fixes: ["flush-output"],
  check: (facts) => {
    const { timing, stdout, outcome, script } = facts;
    const { spawnedAt, firstByteAt, lastByteAt, exitAt } = timing;
    if (
      outcome !== "ok" ||
      spawnedAt === null ||
      firstByteAt === null ||
      lastByteAt === null ||
      exitAt === null ||
      !stdout
    )
      return null;
    if (exitAt - spawnedAt < longMs) return null;
    const isStream =
      script?.headers.some(
        ([name, value]) => name.toLowerCase() === "content-type" && value.startsWith("text/event-stream"),
      ) === true;
    if (!isStream && isBusy(facts, exitAt - spawnedAt)) return null;
    const severity = isStream ? "warning" : "hint";
    if (firstByteAt - spawnedAt >= longMs && lastByteAt - firstByteAt <= togetherMs && stdout.bytes >= 40)
      return {
        severity,
        detail: `Nothing arrived for ${seconds(firstByteAt - spawnedAt)}, then ${stdout.bytes} bytes within ${Math.max(1, Math.round(lastByteAt - firstByteAt))} ms. If the script printed something earlier, it must flush its output.`,
        stream: "stdout",
        evidence: [
          {
            kind: "quote",
            of: "timing",
            text: `first byte after ${Math.round(firstByteAt - spawnedAt)} ms, end after ${Math.round(exitAt - spawnedAt)} ms`,
          },
        ],
      };
    const block = blockBytes(stdout.chunks);
    if (block === null) return null;
    return {
      title: `The output arrived in blocks of ${block / 1024} KiB`,
      severity,
      detail: `The script's output waited until ${block} bytes had collected, and the browser waited with it. To show each part at once, the script must flush its output.`,
      stream: "stdout",
      evidence: [
        {
          kind: "quote",
          of: "timing",
          text: `${Math.ceil(stdout.bytes / block)} blocks within ${seconds(lastByteAt - spawnedAt)}`,
        },
      ],
    };
  },
};

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function isBusy({ process }: TraceFacts, tookMs: number): boolean {
  return (
    process !== null &&
    process.userMs !== null &&
    process.systemMs !== null &&
    process.userMs + process.systemMs > busyShare * tookMs
  );
}

/**
 * The block size, if every pause in the output follows a whole number of blocks; null otherwise, or without a pause.
 */
function blockBytes(chunks: NonNullable<TraceFacts["stdout"]>["chunks"]): number | null {
  let block: number | null = null;
  for (const [index, { at, offset }] of chunks.entries()) {
    const before = chunks[index - 1];
    if (before === undefined || at - before.at <= togetherMs) continue;
    if (offset % bufferBytes !== 0) return null;
    if (offset % (2 * bufferBytes) !== 0) block = bufferBytes;
    block ??= 2 * bufferBytes;
  }
  return block;
}
