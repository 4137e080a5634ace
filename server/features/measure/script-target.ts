// The target that is asked for: whether it leads to the script, and the same request to another file.
import { isDeepStrictEqual } from "node:util";
import type { Workbench } from "../../app/workbench.js";
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { MeasureAsked } from "../../contract/measure-contract.js";
import { byteString } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";
import { encodePath } from "../../routing/url-path.js";
import { scriptAt } from "../bench/run-bench.js";
import { measureProblem } from "./messages.js";

/** @throws ProblemError if the target leads to another script, or to none */
export function scriptOf(workbench: Workbench, { path, target }: Pick<MeasureAsked, "path" | "target">): ScriptRoute {
  const route = scriptAt(workbench, target);
  if (workbench.folder.workspace().relative(toDisplayText(route.file)) !== path)
    throw new ProblemError(measureProblem("other-script", { path, target }));
  return route;
}

/** Path info and query: what follows the script in the target, which may name it by its folder or by a route. */
export function tailOf(target: string, { pathInfo }: Pick<ScriptRoute, "pathInfo">): string {
  const query = target.indexOf("?");
  return encodePath(pathInfo) + (query < 0 ? "" : target.slice(query));
}

/**
 * A route may set variables, or require a sign-in, for the target alone: then a request to the other file is not the
 * same one. @throws ProblemError
 */
export function refuseOtherSettings(workbench: Workbench, target: string, other: string): void {
  const { routing } = workbench.folder.workspace();
  const [ofTarget, ofOther] = [target, other].map((each) => {
    const { scriptName, pathInfo, variables } = scriptAt(workbench, each);
    return { variables, guards: routing.guards({ path: byteString(scriptName + pathInfo) }) };
  });
  if (!isDeepStrictEqual(ofTarget, ofOther)) throw new ProblemError(measureProblem("other-settings", { target }));
}
