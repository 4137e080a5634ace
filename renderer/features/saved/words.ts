// What a run changed, in a word or two.
import type { Ran } from "./saved-store.js";

export interface Change {
  readonly text: string;
  readonly tone: "ok" | "bad" | "warn" | "dim";
}

/** Compared with the run before. */
export function changeOf({ result, before }: Ran): Change {
  if (before === null) return { text: "first run", tone: "dim" };
  if (before.passed !== result.passed)
    return result.passed ? { text: "passes now", tone: "ok" } : { text: "fails now", tone: "bad" };
  if (before.status !== result.status) return { text: `status was ${before.status ?? "none"}`, tone: "warn" };
  if (before.bodyHash !== result.bodyHash) return { text: "another body", tone: "warn" };
  return { text: "same", tone: "dim" };
}

/** Of those that ran: "3 passed, 1 failed, 2 changed". */
export function summaryOf(ran: readonly Ran[]): string {
  const failed = ran.filter(({ result }) => !result.passed).length;
  const changed = ran.filter((one) => one.before !== null && changeOf(one).text !== "same").length;
  const parts = [`${ran.length - failed} passed`, ...(failed > 0 ? [`${failed} failed`] : [])];
  return [...parts, ...(changed > 0 ? [`${changed} changed since the previous run`] : [])].join(", ");
}
