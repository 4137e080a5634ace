// When a stream's bytes passed, as ticks on the time axis: writes that fall into the same pixel are one mark, so that
// thousands of them are a few hundred marks at most.
import { maxChunks } from "../../../server/contract/limits.js";
import type { Chunk, StreamInfo } from "../../../server/contract/trace.js";

/** Whether writes of the stream were counted together, because there were more of them than are kept one by one. */
export const isMerged = (stream: StreamInfo | null): boolean => (stream?.chunks.length ?? 0) >= maxChunks;

/**
 * One mark: `writes` writes of `bytes` bytes all in all, the first at `at` ms and at
 * `offset` of the stream, the last at `until` ms.
 */
export interface WriteTick {
  readonly at: number;
  readonly until: number;
  readonly offset: number;
  readonly writes: number;
  readonly bytes: number;
}

/** The axis has so many parts; writes that fall into the same one become one tick. */
const slots = 480;

export function writeTicks(chunks: readonly Chunk[], endMs: number): WriteTick[] {
  const ticks: { slot: number; at: number; until: number; offset: number; writes: number; bytes: number }[] = [];
  for (const chunk of chunks) {
    const slot = Math.min(slots, Math.floor((chunk.at / endMs) * slots));
    const last = ticks[ticks.length - 1];
    if (last?.slot === slot) {
      last.writes++;
      last.bytes += chunk.length;
      last.until = chunk.at;
    } else ticks.push({ slot, at: chunk.at, until: chunk.at, offset: chunk.offset, writes: 1, bytes: chunk.length });
  }
  return ticks.map(({ slot: _slot, ...tick }) => tick);
}

/** Index of the tick nearest to a moment; −1 without any. */
export function nearestTick(ticks: readonly Pick<WriteTick, "at">[], at: number): number {
  let nearest = -1;
  for (let index = 0; index < ticks.length; index++)
    if (nearest === -1 || Math.abs((ticks[index]?.at ?? 0) - at) < Math.abs((ticks[nearest]?.at ?? 0) - at))
      nearest = index;
  return nearest;
}
