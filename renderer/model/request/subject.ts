// Which file the composer's request is for, and which files belong to it.
import type { FileEntry } from "../../../server/contract/workspace.js";
import { parentOf } from "../../format/file-path.js";

type Listed = Pick<FileEntry, "path" | "executable">;

/** Programs and pages that people ask for by their names, whatever their permissions are. */
const requested = /\.(cgi|fcgi|php|x?html?)$/i;

/**
 * Whether a file belongs to the current script (a module, a template, a stylesheet) rather than being a script.
 * Scripts are executable; where the current script is not, because a handler runs it, its neighbours in the same
 * folder are taken for scripts too.
 */
export function isPartOf(file: Listed, script: Listed | null): boolean {
  if (script === null || file.executable || requested.test(file.path)) return false;
  return script.executable || requested.test(script.path) || parentOf(file.path) !== parentOf(script.path);
}

/** What the request on the screen is for. An application at an address is a path of no file ("/app"). */
export function subjectIn(
  { byPath }: { readonly byPath: ReadonlyMap<string, Listed> },
  subject: string | null,
): Listed | null {
  if (subject === null) return null;
  return subject.startsWith("/") ? { path: subject, executable: true } : (byPath.get(subject) ?? null);
}
