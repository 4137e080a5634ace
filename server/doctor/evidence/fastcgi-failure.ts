// Why a FastCGI application did not respond, and where the exchange failed: after the last complete record, and at
// which bytes.
import type { Evidence } from "../../contract/trace.js";
import { recordTypeName } from "../../protocol/fastcgi/record-types.js";
import { spacedHex } from "../../protocol/hex.js";
import type { TraceFacts } from "../base/facts.js";

const headerBytes = 8;

/** Empty if the application sent nothing. */
export function recordLocation({ fastcgi }: Pick<TraceFacts, "fastcgi">): Evidence[] {
  if (fastcgi === null || fastcgi.received.bytes === 0) return [];
  const { received, records } = fastcgi;
  const endOf = ({ offset, contentLength, paddingLength }: (typeof records)[number]): number =>
    offset + headerBytes + contentLength + paddingLength;
  const complete = records.filter((record) => record.direction === "received" && endOf(record) <= received.bytes);
  const last = complete.at(-1);
  const from = last === undefined ? 0 : endOf(last);
  const next = spacedHex(received.read(from, headerBytes));
  const before =
    last === undefined
      ? "no complete record"
      : `record ${complete.length}, ${recordTypeName(last.type)} at 0x${last.offset.toString(16)}, is the last complete one`;
  const after = next === "" ? `nothing after 0x${from.toString(16)}` : `${next} at 0x${from.toString(16)}`;
  return [{ kind: "quote", of: "received from the application", text: `${before}; then ${after}` }];
}

/** The failure of the exchange with the application, if it is one of `failures`; else null. */
export function upstreamFailure(
  { outcome, notes: { failure } }: Pick<TraceFacts, "outcome" | "notes">,
  ...failures: readonly string[]
): string | null {
  return outcome === "upstream-error" && failure !== null && failures.includes(failure) ? failure : null;
}
