// The Content-Length that a script declared, beside the length of its body.
import type { TraceFacts } from "../base/facts.js";
import { type ScriptField, scriptFields } from "./header-fields.js";
import { blankLine } from "./output.js";

interface DeclaredLength {
  readonly declared: number;
  /** Bytes after the blank line. */
  readonly actual: number;
  /** `declared` is the number of characters of a UTF-8 body. */
  readonly isInCharacters: boolean;
  readonly field: ScriptField;
}

/** null without a valid Content-Length, and for a response without a body (HEAD, 204, 304). */
export function declaredLength(facts: TraceFacts): DeclaredLength | null {
  const { script, stdout, request } = facts;
  if (
    script === null ||
    script.kind === "local-redirect" ||
    script.status === 204 ||
    script.status === 304 ||
    request.method === "HEAD"
  )
    return null;
  const field = scriptFields(facts).findLast(({ key }) => key === "content-length");
  const end = blankLine(facts);
  if (!field || !stdout || end === null || !/^\d{1,15}$/.test(field.value)) return null;
  const declared = Number(field.value);
  const actual = stdout.bytes - end.to;
  return {
    declared,
    actual,
    isInCharacters:
      declared < actual && stdout.captured === stdout.bytes && characters(stdout.read(end.to, actual)) === declared,
    field,
  };
}

/** Counts every byte that does not continue a UTF-8 sequence. */
function characters(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count++;
  return count;
}
