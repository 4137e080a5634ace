// Output that came late: all of it as the script ended, or in whole buffers, seconds apart.
import type { InlineRule, RuleText } from "../../../engine/rule.js";
import type { TraceFacts } from "../../../engine/subject.js";

/** Shorter runs keep nobody waiting, ms. */
const longMs = 2000;
/** What comes closer together than this was written together, ms. */
const togetherMs = 100;
/** A script that computes for more than this share of its time has nothing to say meanwhile; one that waits might. */
const busyShare = 0.2;
/** The buffers of C and Perl; those of Python and Ruby are written at odd places and cannot be told from what was meant. */
const bufferBytes = 4096;

const text: RuleText = {
  stage: "run",
  severity: "hint",
  title: "The output came late, when a buffer was full or the script ended",
  summary:
    "The script took more than two seconds and its output waited in a buffer: it came as the script ended, or 4 or 8 KB at a time.",
  explanation:
    "Programs collect their output in a buffer, 4 or 8 KB of it, and write it when the buffer is full or the program ends. In a terminal each line appears at once; in a server it does not. For a page that grows, or for server-sent events, the script must flush after each part: print(…, flush=True) or python3 -u, $| = 1 in Perl, fflush in C. Servers may hold output back too: nginx until a header X-Accel-Buffering: no says otherwise.",
  reference: null,
  logged: [
    { server: "Apache", message: null, answers: "200 OK, late" },
    { server: "lighttpd", message: null, answers: "200 OK, late" },
    { server: "nginx", message: null, answers: "200 OK, late" },
  ],
  fixes: ["flush-output"],
};

export const rule: InlineRule = {
  id: "output-held-back",
  text,
  when: "at-once",
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
        detail: `Nothing came for ${seconds(firstByteAt - spawnedAt)}, then ${stdout.bytes} bytes within ${Math.max(1, Math.round(lastByteAt - firstByteAt))} ms. If the script had something to say earlier, it must flush its output.`,
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
      title: `The output came in blocks of ${block / 1024} KB`,
      severity,
      detail: `What the script printed waited until ${block} bytes had come together, and the browser with it. If each part was meant to be seen at once, the script must flush its output.`,
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

/** The size of the blocks, when every pause in the output stands at the end of whole ones; null otherwise, or without a pause. */
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
