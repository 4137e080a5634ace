// What a script said of its page's length, and what the length is.

import type { TraceFacts } from "../engine/subject.js";
import { type ScriptField, scriptFields } from "./fields.js";
import { emptyLine } from "./output.js";

export interface LengthClaim {
  readonly declared: number;
  /** Bytes after the header. */
  readonly actual: number;
  /** What is declared is the number of characters of the page, which is UTF-8. */
  readonly isInCharacters: boolean;
  readonly field: ScriptField;
}

/** null when no length is said, or none that makes sense, or no page is sent (HEAD, 204, 304). */
export function lengthClaim(facts: TraceFacts): LengthClaim | null {
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
  const end = emptyLine(facts);
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

/** Every byte but those that continue a character. */
function characters(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) count++;
  return count;
}
