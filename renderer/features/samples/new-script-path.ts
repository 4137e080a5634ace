// Where a new script goes, and what a C source becomes.
import type { Language } from "../../../server/contract/samples-contract.js";

/** What a C source in the folder is compiled to. */
export const programOf = (source: string): string =>
  `cgi-bin/${source.slice(source.lastIndexOf("/") + 1).replace(/\.c$/, "")}`;

/** A free path for a script in this language: cgi-bin/hello.py, or hello-2.py. That of C's program is free, too. */
export function freePath(
  { id, template }: Pick<Language, "id" | "template">,
  isTaken: (path: string) => boolean,
): string {
  const isC = id === "c";
  const folder = isC ? "c" : "cgi-bin";
  for (let number = 1; ; number++) {
    const path = `${folder}/hello${number === 1 ? "" : `-${number}`}${template.extension}`;
    if (!isTaken(path) && !(isC && isTaken(programOf(path)))) return path;
  }
}
