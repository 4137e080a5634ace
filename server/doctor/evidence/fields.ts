// What the rules about header fields share: the fields that a script wrote, each with its bytes in stdout.
import type { ByteString } from "../../contract/bytes-text.js";
import type { TraceFacts } from "../engine/subject.js";
import { rangeIn } from "./output.js";

export interface ScriptField {
  readonly name: ByteString;
  /** Lower case. */
  readonly key: string;
  readonly value: ByteString;
  /** Its line in stdout, line end excluded. */
  readonly range: readonly [number, number];
}

/** Empty for output that is no response. NPH scripts write HTTP and are not asked. */
export function scriptFields({ script, stdout }: Pick<TraceFacts, "script" | "stdout">): readonly ScriptField[] {
  if (!script || !stdout || script.kind === "invalid" || script.kind === "nph") return [];
  if (lastRead?.script !== script) lastRead = { script, fields: readFields(script) };
  return lastRead.fields;
}

/** A dozen rules ask for the same fields, one after the other: only the last ones are kept, not those of every trace. */
let lastRead: { readonly script: object; readonly fields: readonly ScriptField[] } | null = null;

function readFields(script: NonNullable<TraceFacts["script"]>): ScriptField[] {
  const lines: [number, number][] = [];
  for (const { is, from, to } of script.spans) {
    const last = lines.at(-1);
    if (is === "name") lines.push([from, to]);
    else if (last !== undefined && (is === "colon" || is === "space" || is === "value")) last[1] = to;
  }
  return script.headers.map(([name, value], index) => ({
    name,
    key: name.toLowerCase(),
    value,
    range: lines[index] ?? [0, 0],
  }));
}

/** A finding's place for a field. */
export const at = (
  facts: Pick<TraceFacts, "stdout">,
  { range: [from, to] }: Pick<ScriptField, "range">,
): { stream: "stdout"; range: [number, number] } => ({
  stream: "stdout",
  range: rangeIn(facts.stdout ?? { bytes: 0 }, from, to),
});
