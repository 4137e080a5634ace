// The variables that a kit's scripts need, with their values where these are no secrets.
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import { isSecretName } from "../../protocol/secret-name.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { Workspace } from "../../workspace/workspace.js";
import { deployProblem } from "./messages.js";

/** Paths in the folder become paths below `site`. @throws ProblemError */
export function variablesOf(
  { root, inherited }: Pick<Workspace, "root" | "inherited">,
  routes: readonly ScriptRoute[],
  site: string,
): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  const all = [
    ...[...inherited].filter(([name]) => name !== "PATH"),
    ...routes.flatMap((route) => [...route.variables]),
  ];
  for (const [bytes, valueBytes] of all) {
    const name = toDisplayText(bytes);
    const given = toDisplayText(valueBytes);
    if (!/^[A-Za-z_]\w*$/.test(name) || /\p{Cc}|\ufffd/u.test(given))
      throw new ProblemError(deployProblem("kit-name-refused", { name, target: ".env" }));
    const isInside = given === root || given.startsWith(`${root}/`);
    const value = isSecretName(name) ? null : isInside ? site + given.slice(root.length) : given;
    if (found.has(name) && found.get(name) !== value)
      throw new ProblemError(deployProblem("kit-variable-differs", { name }));
    found.set(name, value);
  }
  return found;
}
