// Configured environment variables as bytes. Values that begin with "./" or "../" (or are "." or ".."), and relative
// values of names that end in _ROOT, as in "GIT_PROJECT_ROOT": "repos", are paths in the workspace and become absolute.
import { posix } from "node:path";
import type { ByteString } from "../contract/bytes-text.js";
import { utf8 } from "../protocol/byte-string.js";

export type Variables = ReadonlyMap<ByteString, ByteString>;

/** Name → value; a later source overrides an earlier one. */
export function configuredVariables(
  root: string,
  ...sources: (Readonly<Record<string, string>> | undefined)[]
): Variables {
  const variables = new Map<ByteString, ByteString>();
  for (const source of sources) {
    for (const [name, value] of Object.entries(source ?? {}))
      variables.set(utf8(name), utf8(isWorkspacePath(name, value) ? posix.resolve(root, value) : value));
  }
  return variables;
}

/** Whether a value is a path in the workspace. */
export function isWorkspacePath(name: string, value: string): boolean {
  if (/^\.\.?(\/|$)/.test(value)) return true;
  const relative = value !== "" && !value.startsWith("/") && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(value);
  return relative && name.endsWith("_ROOT");
}
