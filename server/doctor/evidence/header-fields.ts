// The header fields that a script wrote, each with its bytes in stdout.
import type { ByteString } from "../../contract/bytes-text.js";
import type { TraceFacts } from "../base/facts.js";
import { rangeIn } from "./output.js";

export interface ScriptField {
  readonly name: ByteString;
  /** Lower case. */
  readonly key: string;
  readonly value: ByteString;
  /** Its line in stdout, without the line ending. */
  readonly range: readonly [number, number];
}

/** Empty for output that is not a response, and for NPH scripts, which write HTTP. */
export function scriptFields({ script, stdout }: Pick<TraceFacts, "script" | "stdout">): readonly ScriptField[] {
  if (!script || !stdout || script.kind === "invalid" || script.kind === "nph") return [];
  let fields = readBefore.get(script.headers);
  if (!fields) {
    fields = readFields(script);
    readBefore.set(script.headers, fields);
  }
  return fields;
}

/**
 * A dozen rules need the same fields one after the other, and the next trace often has the same head. Weak: they are
 * not kept longer than their traces.
 */
const readBefore = new WeakMap<object, readonly ScriptField[]>();

function readFields(script: NonNullable<TraceFacts["script"]>): ScriptField[] {
  const lines = fieldRanges(script);
  return script.headers.map(([name, value], index) => ({
    name,
    key: name.toLowerCase(),
    value,
    range: lines[index] ?? [0, 0],
  }));
}

/** The ranges of the script's headers in stdout, without their line endings. */
function fieldRanges({ spans }: NonNullable<TraceFacts["script"]>): [number, number][] {
  const lines: [number, number][] = [];
  for (const { is, from, to } of spans) {
    const last = lines.at(-1);
    if (is === "name") lines.push([from, to]);
    else if (last !== undefined && (is === "colon" || is === "space" || is === "value")) last[1] = to;
  }
  return lines;
}

/** The range of header number `index`, also of output that is not a response. */
export const fieldRange = ({ script }: Pick<TraceFacts, "script">, index: number): [number, number] | null =>
  (script && fieldRanges(script)[index]) ?? null;

/** The location of a finding about a field. */
export const fieldLocation = (
  facts: Pick<TraceFacts, "stdout">,
  { range: [from, to] }: Pick<ScriptField, "range">,
): { stream: "stdout"; range: [number, number] } => ({
  stream: "stdout",
  range: rangeIn(facts.stdout ?? { bytes: 0 }, from, to),
});

/** Where a request's head names a field; null: nowhere. */
export function nameInHead(head: ByteString, name: string): [number, number] | null {
  const at = head.indexOf(`\n${name}:`);
  return at < 0 ? null : [at + 1, at + 1 + name.length];
}
