// Whether a request that was sent again has written the same bytes up to the one that is looked for.
import { readStream, readTrace } from "../../model/traces/recorded.js";
import type { RecordedByte } from "./debug-store.js";

/** More is not compared. */
const maxComparedBytes = 1 << 20;

/** The first byte before this one that the request `traceId` has written otherwise; null: none, as far as is known. */
export async function differenceBefore(
  { traceId: before, stream, offset }: RecordedByte,
  traceId: string,
): Promise<number | null> {
  const [old, now] = await Promise.all([readTrace(before), readTrace(traceId)]);
  const length = Math.min(offset, old[stream]?.captured ?? 0, now[stream]?.captured ?? 0, maxComparedBytes);
  const [were, are] = await Promise.all([readStream(before, stream, length), readStream(traceId, stream, length)]);
  const at = were.findIndex((byte, index) => byte !== are[index]);
  return at < 0 ? null : at;
}
