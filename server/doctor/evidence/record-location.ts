// Where in a conversation over FastCGI it went wrong: behind the last record that came whole, and with which bytes.
import type { Evidence } from "../../contract/trace.js";
import { recordTypeName } from "../../protocol/fastcgi/record-types.js";
import type { TraceFacts } from "../engine/subject.js";

const headerBytes = 8;

/** Empty when the application sent nothing. */
export function recordPlace({ fastcgi }: Pick<TraceFacts, "fastcgi">): Evidence[] {
  if (fastcgi === null || fastcgi.received.bytes === 0) return [];
  const { received, records } = fastcgi;
  const endOf = ({ offset, contentLength, paddingLength }: (typeof records)[number]): number =>
    offset + headerBytes + contentLength + paddingLength;
  const whole = records.filter((record) => record.direction === "received" && endOf(record) <= received.bytes);
  const last = whole.at(-1);
  const from = last === undefined ? 0 : endOf(last);
  const next = [...received.read(from, headerBytes)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const before =
    last === undefined
      ? "no whole record"
      : `record ${whole.length}, ${recordTypeName(last.type)} at 0x${last.offset.toString(16)}, is the last whole one`;
  const after = next === "" ? `nothing from 0x${from.toString(16)} on` : `${next} at 0x${from.toString(16)}`;
  return [{ kind: "quote", of: "what the application sent", text: `${before}; then ${after}` }];
}
