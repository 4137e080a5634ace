// What the gateway did between the script's headers and the wire, in one list, each
// with the value that went out and the reason.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { droppedValues } from "../../model/traces/dropped-values.js";

export interface Change {
  readonly is: "added" | "changed" | "dropped";
  readonly name: string;
  /** What went to the client; for a dropped header the script's value. Null when it is unknown. */
  readonly value: BytesText | null;
  readonly why: string;
}

export function changesOf(response: NonNullable<TraceView["response"]>, script: TraceView["script"]): Change[] {
  const sent = (name: BytesText): BytesText | null => {
    const wanted = readable(name).toLowerCase();
    return response.headers.find(([candidate]) => readable(candidate).toLowerCase() === wanted)?.[1] ?? null;
  };
  const dropped = droppedValues(response, script);
  const list = (is: Change["is"], value: (name: BytesText, index: number) => BytesText | null): Change[] =>
    response[is].map(([name, why], index) => ({ is, name: readable(name), value: value(name, index), why }));
  return [
    ...list("added", sent),
    ...list("changed", sent),
    ...list("dropped", (_name, index) => dropped[index] ?? null),
  ];
}
