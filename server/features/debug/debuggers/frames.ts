// How frames, scopes and files are named for an editor.
import { realpathSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { errorCode } from "../../../base/disk.js";

/** `isLibrary`: it is none of the folder's own code. */
export const frameOf = (
  id: number,
  name: string,
  path: string,
  line: number,
  isLibrary = false,
): DebugProtocol.StackFrame => ({
  id,
  name,
  line,
  column: 1,
  source: { name: basename(path), path },
  ...(isLibrary && { presentationHint: "subtle" }),
});

export const scopeOf = (name: string, variablesReference: number): DebugProtocol.Scope => ({
  name,
  expensive: false,
  variablesReference,
});

/** Null: the file cannot be read, for example because it was removed. */
export function urlOf(path: string): string | null {
  const real = withoutLinks(path);
  return real && pathToFileURL(real).href;
}

/** Without links, if the file is there. */
export const realPath = (path: string): string => withoutLinks(path) ?? path;

function withoutLinks(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}

/** What is no file keeps its name. */
export function pathOf(url: string): string {
  try {
    return url.startsWith("file:") ? fileURLToPath(url) : url;
  } catch (error) {
    if (errorCode(error) === "" && !(error instanceof URIError)) throw error;
    return url; // a script may name its code as it likes: file://host/name, file:///%zz
  }
}
