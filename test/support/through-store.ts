// A trace as it is read from the store: packed into the ring, taken out by the other end, and unpacked.
import { TraceCompactor } from "../../server/trace/compact/index.js";
import { factsOf } from "../../server/trace/store/compact-record.js";
import { newRing, RingReader, type RingRecord, recordKind, recordsOf } from "../../server/trace/store/shared-ring.js";
import { RingSink } from "../../server/trace/store/trace-store.js";
import { unpackTrace } from "../../server/trace/store/unpacked-trace.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";

const ring = newRing();
const reader = new RingReader(ring);

/** Null: it is so large that the store would leave out its bytes. */
export function throughStore(trace: TraceRecord): TraceRecord | null {
  new RingSink(ring).ended(trace, new TraceCompactor().compact(trace));
  const found = new Map<number, RingRecord>();
  for (let batch = reader.take(); batch; batch = reader.take())
    for (const record of recordsOf(batch)) found.set(record.kind, record);
  const [stored, context] = [found.get(recordKind.trace), found.get(recordKind.context)];
  if (!stored || !context) throw new Error(`trace ${trace.id} did not come through the ring`);
  const { shortened, tooLarge } = reader.missed();
  if (shortened + tooLarge > 0) return null;
  return unpackTrace({
    seq: trace.seq,
    pinned: trace.pinned,
    facts: factsOf(stored),
    findings: null,
    context: JSON.parse(context.json.toString()),
    body: stored.body,
    sent: context.body,
  });
}
