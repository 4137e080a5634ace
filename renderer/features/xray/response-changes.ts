// What the gateway did between the script's headers and the wire, in one list, each with the value that went out and the reason.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";

export interface Change {
  readonly is: "added" | "changed" | "dropped";
  readonly name: string;
  /** What went to the client; for a dropped header the script's value. Null when it is unknown. */
  readonly value: BytesText | null;
  readonly why: string;
}

export function changesOf(response: NonNullable<TraceView["response"]>, script: TraceView["script"]): Change[] {
  const find = (headers: readonly (readonly [BytesText, BytesText])[], name: BytesText): BytesText | null => {
    const wanted = readable(name).toLowerCase();
    return headers.find(([candidate]) => readable(candidate).toLowerCase() === wanted)?.[1] ?? null;
  };
  const list = (
    is: Change["is"],
    entries: NonNullable<TraceView["response"]>["added"],
    headers: readonly (readonly [BytesText, BytesText])[],
  ): Change[] => entries.map(([name, why]) => ({ is, name: readable(name), value: find(headers, name), why }));
  return [
    ...list("added", response.added, response.headers),
    ...list("changed", response.changed, response.headers),
    ...list("dropped", response.dropped, script?.headers ?? []),
  ];
}
