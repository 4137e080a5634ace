// What the values of `mode:` and `status:` in a filter mean, the same for the window's rows and for the store.
import { isMode, type Mode, modeNames, modeTraits } from "../../contract/modes.js";
import type { Outcome } from "../../contract/trace.js";
import { outcomeNames } from "../../contract/trace-order.js";

/** How a request was run: `file` for a static file; null: nothing ran. */
export type Ran = Mode | "file" | null;
const everyRan: readonly Ran[] = [...modeNames, "file", null];

export const ranOf = ({ kind, mode }: { readonly kind: string; readonly mode: Mode | null }): Ran =>
  kind === "static" ? "file" : mode;

/** As a list has it. */
export const ranName = (ran: Ran): string => (ran === null ? "–" : ran === "file" ? ran : modeTraits[ran].label);

/** `word`: a mode, else the beginning of one or of its name. */
export function ranBegun(word: string): readonly Ran[] {
  const begun = word.toLowerCase();
  if (isMode(begun)) return [begun];
  return everyRan.filter((ran) => begins(begun, ran ?? "") || begins(begun, ranName(ran)));
}

export const ranMatching = (matches: (name: string) => boolean): readonly Ran[] =>
  everyRan.filter((ran) => matches(ranName(ran)));

/** The outcomes whose id or name begins so. */
export const outcomesBegun = (word: string): readonly (Outcome | "running")[] =>
  everyOutcome.filter((outcome) => begins(word, outcome) || begins(word, outcomeText(outcome)));

type Ended = keyof typeof outcomeNames;
const isEnded = (text: string): text is Ended => Object.hasOwn(outcomeNames, text);
const everyOutcome = [...Object.keys(outcomeNames).filter(isEnded), "running"] as const;
const outcomeText = (outcome: Ended | "running"): string => (outcome === "running" ? outcome : outcomeNames[outcome]);

const begins = (word: string, text: string): boolean => word !== "" && text.toLowerCase().startsWith(word);
