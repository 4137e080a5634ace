// The functions of OpenFaaS: one for each script. Its classic watchdog sends every response with the status 200, one
// type, and no other field, so a script whose source has another is refused.
import { ProblemError } from "../../base/problem.js";
import { kitName } from "./kit-name.js";
import { deployProblem } from "./messages.js";
import type { KitScript } from "./sorted-files.js";

export interface KitFunction {
  readonly path: string;
  readonly id: string;
  readonly type: string;
}

/** A field that the watchdog cannot send, in a line that is no comment. */
const refusedField =
  /^(?!\s*(?:#|\/\/)).*?(?:^|["'\s>]|\\n)((?:Status:(?!\s*200\b)|Location:|Set-Cookie:|WWW-Authenticate:)[^"'\\]*)/i;
const typeField = /\bContent-Type:[ \t]*([\w.+-]+\/[\w.+-]+(?:;[ \t]*[\w-]+=[\w-]+)*)/i;

/** @throws ProblemError for a response that the watchdog cannot send */
export async function functionsOf(
  name: string,
  scripts: readonly KitScript[],
  sourceOf: (path: string) => Promise<string>,
): Promise<KitFunction[]> {
  const found = new Map<string, KitFunction>();
  for (const { path } of scripts) {
    const source = await sourceOf(path);
    for (const [index, text] of source.split("\n").entries()) {
      const [, field] = refusedField.exec(text) ?? [];
      if (field !== undefined)
        throw new ProblemError(deployProblem("kit-field-refused", { path, line: index + 1, field: field.trim() }));
    }
    const word = `${name}-${kitName(path.replaceAll("/", "-"))}`.slice(0, 55);
    let id = word;
    for (let number = 2; found.has(id); number++) id = `${word}-${number}`;
    found.set(id, { path, id, type: typeField.exec(source)?.[1] ?? "text/html" });
  }
  return [...found.values()];
}
