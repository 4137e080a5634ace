// What must be true of several requests that were sent at once.
import type { TraceJson } from "../../contract/trace.js";
import type { Step } from "../format/schema.js";
import { bytesIn, counted, pidOf } from "./facts.js";
import { isAmount, type Mismatch } from "./text-facts.js";

/** Null: all is as it must be. "not-judged": too few ran at one moment, which says nothing about the script. */
export type Across = Mismatch | "not-judged" | null;

const asIs = (text: string): string => text;

export function judgeAcross(traces: readonly TraceJson[], wanted: NonNullable<Step["across"]>): Across {
  const { processes, bodies, overlap } = wanted;
  if (overlap !== undefined && !isAmount(mostAtOnce(traces), overlap, asIs)) return "not-judged";
  const ran = new Set(traces.map(pidOf)).size;
  if (processes !== undefined && !isAmount(ran, processes, asIs)) return counted("processes", ran, processes);
  const different = new Set(traces.map(({ response }) => Buffer.from(bytesIn(response?.body)).toString("base64"))).size;
  const of = bodies === "distinct" ? traces.length : 1;
  return bodies === undefined || different === of ? null : counted("bodies", different, of);
}

/** How many of their processes ran at one moment. */
function mostAtOnce(traces: readonly TraceJson[]): number {
  const ran = traces.map(({ startedAt, timing }) => {
    const at = Date.parse(startedAt);
    return { from: at + (timing.spawnedAt ?? 0), to: at + (timing.exitAt ?? 0) };
  });
  return Math.max(0, ...ran.map(({ from }) => ran.filter((one) => one.from <= from && from < one.to).length));
}
