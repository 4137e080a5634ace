// One request with many values: its rows, as they come.
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import { maxShownVariations } from "../contract/limits.js";
import { asSentence, type Message, wordsOf } from "../contract/message.js";
import type { VariedRow } from "../contract/variations-contract.js";
import { variationsProblem } from "../features/variations/messages.js";
import { runVariations } from "../features/variations/run-variations.js";
import { type Variations, variationsOf } from "../features/variations/variations.js";
import { asItComes } from "./as-it-comes.js";
import { never, os } from "./implementer.js";
import { filledIn } from "./requests-domain.js";

/** Rows are drawn a few times a second. */
const batchMs = 100;

type Parts = Pick<Workbench, "folder" | "server" | "sender" | "doctor">;

export const variationsDomain = (parts: Parts) => ({
  run: os.variations.run.handler(async ({ input: { request, plan, isAllowed }, signal = never }) => {
    const variations = variationsOf("method" in request ? await filledIn(parts.folder, request) : request, plan);
    return running(parts, variations, isAllowed, signal);
  }),
});

async function* running(parts: Parts, variations: Variations, isAllowed: boolean, signal: AbortSignal) {
  const { count } = variations;
  if (count > maxShownVariations)
    throw new ProblemError(variationsProblem("variation-count", { count, most: maxShownVariations }));
  const unsafe = variations.unsafe();
  yield { kind: "begun" as const, count, unsafe };
  if (unsafe > 0 && !isAllowed) return;
  const leaving = new AbortController();
  const options = { from: "composer" as const, signal: AbortSignal.any([signal, leaving.signal]) };
  try {
    const batches = asItComes<VariedRow, void>(async (report) => {
      for await (const row of runVariations(parts, variations, options)) report(short(row));
    }, batchMs);
    for await (const rows of batches) yield { kind: "rows" as const, rows: [...rows] };
  } finally {
    leaving.abort();
  }
}

const shortText = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);

const shortMessage = ({ code, data, text }: Message): Message => {
  const entries = Object.entries(data ?? {});
  const cut = entries.map(([name, value]) => [name, typeof value === "string" ? shortText(value) : value] as const);
  return { code, text: asSentence(shortText(wordsOf(text))), data: data && Object.fromEntries(cut) };
};

/** A window keeps all rows: none may be large. */
const short = ({ nth, values, trace, findings, differences, broken }: VariedRow): VariedRow => ({
  nth,
  values: values.map(shortText),
  trace: trace && { ...trace, method: shortText(trace.method), target: shortText(trace.target) },
  findings: findings.slice(0, 5).map(shortText),
  differences: differences.slice(0, 10).map(({ part, message }) => ({ part, message: shortMessage(message) })),
  broken: broken.map(({ expectation, message }) => ({ expectation, message: shortMessage(message) })),
});
