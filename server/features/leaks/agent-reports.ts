// What the agent reported after each request (`--detect`), made into leaks: each change
// once, with its line if any report has it.
import { z } from "zod";
import { type Leak, leakKinds } from "../../contract/command-output.js";
import type { ModeTraits } from "../../contract/modes.js";
import { leakOf } from "./messages.js";

const change = z.object({
  kind: z.enum(leakKinds),
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  /** Whether the script's line made it itself, or a library that it called; null with the line. */
  by: z.enum(["script", "library"]).nullable(),
  /** By its name an affair of the library's own, such as a cache. */
  isBookkeeping: z.boolean(),
});
type Change = z.infer<typeof change>;

export const agentReport = z.object({
  pid: z.number().int(),
  kept: z.array(change),
  putBack: z.array(change),
  /** Live blocks of memory, and resident memory. */
  blocks: z.number().int().nullable(),
  residentBytes: z.number().int().nullable(),
});
export type AgentReport = z.infer<typeof agentReport>;

/** What the agent writes when the script has changed what it needs for a report: its error. */
export const spoiledReport = z.object({ spoiled: z.string().transform((text) => text.slice(0, 200)) });

/** In the order of the requests. `displayPath`: the path in the folder; `responder`: what the agent ran. */
export function leaksOf(
  reports: readonly AgentReport[],
  displayPath: (file: string) => string,
  responder: ModeTraits["responder"] = "script",
): Pick<{ leaks: Leak[]; putBack: Leak[] }, "leaks" | "putBack"> {
  const seen = new Set<number>();
  const kept = new Seen();
  const putBack = new Seen();
  for (const report of reports) {
    const isFirst = !seen.has(report.pid);
    seen.add(report.pid);
    for (const each of report.kept) kept.add(each, isFirst);
    for (const each of report.putBack) putBack.add(each, isFirst);
  }
  const shown = ({ by, isBookkeeping, ...rest }: Change, isPutBack: boolean): Leak =>
    leakOf({ ...rest, file: rest.file === null ? null : displayPath(rest.file) }, isPutBack, responder);
  return {
    leaks: kept.all().map((each) => shown(each, false)),
    putBack: putBack
      .all()
      .filter((each) => !kept.has(each))
      .map((each) => shown(each, true)),
  };
}

/** Attributes have one entry, whatever happened to them. */
const keyOf = ({ kind, name }: Change): string =>
  `${kind === "growth" || kind === "content" ? "attribute" : kind}\0${name}`;

/** The best of each change: with a line, and growth rather than a first appearance. */
class Seen {
  readonly #best = new Map<string, Change>();
  /** Changes of attributes that a library made once: it has begun to work, which is no leak. */
  readonly #certain = new Set<string>();

  add(change: Change, isFirstOfProcess: boolean): void {
    const key = keyOf(change);
    const best = this.#best.get(key);
    if (best === undefined || rankOf(change) > rankOf(best)) this.#best.set(key, change);
    const isLibrarys = key.startsWith("attribute") && change.by !== "script";
    if (!isLibrarys || !(isFirstOfProcess || change.isBookkeeping)) this.#certain.add(key);
  }

  has(change: Change): boolean {
    return this.#certain.has(keyOf(change));
  }

  all(): Change[] {
    return [...this.#best.values()].filter((change) => this.has(change));
  }
}

const rankOf = ({ line, kind }: Change): number => (line === null ? 0 : 2) + (kind === "growth" ? 1 : 0);

/** Each repetition must need more than this; less is the interpreter's own coming and going. */
const leastBlocks = 100;
const leastBytes = 256 << 10;

/** `ends`: the reports at the ends of repetitions, the first of them warm. Null: memory does not grow with each. */
export function memoryLeak(ends: readonly AgentReport[], responder: ModeTraits["responder"] = "script"): Leak | null {
  const first = ends[0];
  const last = ends.at(-1);
  if (first === undefined || last === undefined || ends.length < 3 || ends.some(({ pid }) => pid !== first.pid))
    return null;
  const grows = (figureOf: (report: AgentReport) => number, least: number): boolean =>
    ends.every((report, index) => {
      const before = ends[index - 1];
      return before === undefined || figureOf(report) - figureOf(before) >= least;
    });
  const none = { kind: "memory", file: null, line: null } as const;
  if (grows(({ residentBytes }) => residentBytes ?? 0, leastBytes)) {
    const before = mebibytes(first.residentBytes ?? 0);
    const after = mebibytes(last.residentBytes ?? 0);
    return leakOf({ ...none, name: "resident", before, after }, false, responder);
  }
  if (!grows(({ blocks }) => blocks ?? 0, leastBlocks)) return null;
  const before = `${first.blocks} blocks`;
  const after = `${last.blocks} blocks`;
  return leakOf({ ...none, name: "blocks", before, after }, false, responder);
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
