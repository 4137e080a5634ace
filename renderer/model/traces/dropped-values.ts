// What the script had written in the headers that the gateway dropped. A trace records the names and reasons alone.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable, toByteString } from "../../format/bytes-text.js";

/** One for each entry of `response.dropped`; null where it is unknown. */
export function droppedValues(
  { headers, added, dropped }: Pick<NonNullable<TraceView["response"]>, "headers" | "added" | "dropped">,
  script: TraceView["script"],
): (BytesText | null)[] {
  const left = new Map<string, BytesText[]>();
  for (const [name, value] of script?.headers ?? []) {
    const values = left.get(key(name));
    if (values) values.push(value);
    else left.set(key(name), [value]);
  }
  const own = new Set(added.map(([name]) => key(name)));
  for (const [name, value] of headers) {
    const values = left.get(key(name)) ?? [];
    const at = values.findIndex((written) => toByteString(written) === toByteString(value));
    if (at >= 0 && !own.has(key(name))) values.splice(at, 1);
  }
  return dropped.map(([name]) => left.get(key(name))?.shift() ?? null);
}

const key = (name: BytesText): string => readable(name).toLowerCase();
