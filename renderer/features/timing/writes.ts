// When a stream's bytes passed, as ticks on the time axis: thousands of writes are drawn as a few hundred marks at most.
import type { Chunk } from "../../../server/contract/trace.js";

/** One mark: `writes` writes of `bytes` bytes all in all, the first at `at` ms. */
export interface WriteTick {
  readonly at: number;
  readonly writes: number;
  readonly bytes: number;
}

/** Writes that fall into the same `slots`-th part of the axis become one tick. */
export function writeTicks(chunks: readonly Chunk[], endMs: number, slots = 240): WriteTick[] {
  const ticks: { slot: number; at: number; writes: number; bytes: number }[] = [];
  for (const chunk of chunks) {
    const slot = Math.min(slots, Math.floor((chunk.at / endMs) * slots));
    const last = ticks[ticks.length - 1];
    if (last?.slot === slot) {
      last.writes++;
      last.bytes += chunk.length;
    } else ticks.push({ slot, at: chunk.at, writes: 1, bytes: chunk.length });
  }
  return ticks.map(({ at, writes, bytes }) => ({ at, writes, bytes }));
}
