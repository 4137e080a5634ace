// Every field of a response with where it came from: written by the script, or put in,
// altered or left out by the gateway, and why.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import type { Sentence } from "../../../server/contract/message.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { droppedValues } from "../../model/traces/dropped-values.js";

/** "source": as its author wrote it: the script, the file server, or the gateway's own page. */
export type FieldFate = "source" | "added" | "changed" | "dropped";

export interface FieldLine {
  readonly fate: FieldFate;
  readonly name: BytesText;
  /** On the wire; for a dropped field the script's value, null when it is unknown. */
  readonly value: BytesText | null;
  /** What the script wrote, where that is something else than `value`. */
  readonly was: BytesText | null;
  readonly why: Sentence | null;
}

type Pairs = readonly (readonly [BytesText, BytesText])[];
type Reasons = NonNullable<TraceView["response"]>["added"];

/** In the order of the wire; what was dropped comes last. */
export function fieldLines(response: NonNullable<TraceView["response"]>, script: TraceView["script"]): FieldLine[] {
  const written: Pairs = script?.headers ?? [];
  const sent = response.headers.map(([name, value]): FieldLine => {
    const added = reasonFor(response.added, name);
    if (added !== null) return { fate: "added", name, value, was: null, why: added };
    const why = reasonFor(response.changed, name);
    return {
      fate: why === null ? "source" : "changed",
      name,
      value,
      was: why === null ? null : firstValue(written, name),
      why,
    };
  });
  const values = droppedValues(response, script);
  const dropped = response.dropped.map(
    ([name, why], index): FieldLine => ({ fate: "dropped", name, value: values[index] ?? null, was: null, why }),
  );
  return [...sent, ...dropped];
}

/** What was done to the status, if anything: it is changed under the name of the CGI field. */
export const statusReason = ({ changed }: NonNullable<TraceView["response"]>): Sentence | null =>
  reasonFor(changed, "Status");

const key = (name: BytesText): string => readable(name).toLowerCase();
const reasonFor = (reasons: Reasons, name: BytesText): Sentence | null =>
  reasons.find(([candidate]) => key(candidate) === key(name))?.[1] ?? null;
const firstValue = (pairs: Pairs, name: BytesText): BytesText | null =>
  pairs.find(([candidate]) => key(candidate) === key(name))?.[1] ?? null;
