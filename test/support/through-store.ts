// A trace as it is read from the store: encoded, passed through the ring, and decoded.
import { newRing, RingReader } from "../../server/store/shared-ring.js";
import { RingSink } from "../../server/store/trace-store.js";
import { decodeTrace } from "../../server/trace/codec/decode-trace.js";
import { recordKind, recordsOf, type StoredRecord } from "../../server/trace/codec/record.js";
import { decodeContext } from "../../server/trace/codec/shared-contexts.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import { encoded } from "./stored-traces.js";

const ring = newRing();
const reader = new RingReader(ring);

/** Null: it is so large that the store would leave out its bytes. */
export function throughStore(trace: TraceRecord): TraceRecord | null {
  new RingSink(ring).ended(trace, encoded(trace));
  const found = new Map<number, StoredRecord>();
  for (let batch = reader.take(); batch; batch = reader.take())
    for (const record of recordsOf(batch)) found.set(record.kind, record);
  const [stored, context] = [found.get(recordKind.trace), found.get(recordKind.context)];
  if (!stored || !context) throw new Error(`trace ${trace.id} did not come through the ring`);
  const { shortened, tooLarge } = reader.missed();
  if (shortened + tooLarge > 0) return null;
  return decodeTrace(stored, decodeContext(context), { seq: trace.seq, pinned: trace.pinned, findings: null });
}
