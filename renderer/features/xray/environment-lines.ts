// The environment as the X-ray shows it: first the variables made from the request, in its order; then those that a
// script may look for and does not find, with the reason (RFC 3875 §4.1); the rest is counted, and shown in the Env
// tab.
import { traitsOf } from "../../../server/contract/modes.js";
import type { TraceView, Variable, VariableSource } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { baseOf } from "../../format/file-path.js";

/** A variable that is not set (or empty), and why. */
interface Absence {
  readonly name: string;
  readonly state: "not set" | "empty";
  readonly why: string;
}
export interface EnvironmentLines {
  readonly shown: readonly Variable[];
  readonly absent: readonly Absence[];
  /** The number of other variables, by source. */
  readonly others: readonly { readonly source: string; readonly count: number }[];
}

/** Facts about the request that explain absent variables. */
interface RequestFacts {
  /** Bytes of body. */
  readonly bodyBytes: number;
  readonly hasQuestionMark: boolean;
}

/**
 * Whose environment it is: a program that got it as one, or a FastCGI application, which
 * got parameters. `name` "": it is not known.
 */
export function environmentOwner({ argv, route, fastcgi }: Pick<TraceView, "argv" | "route" | "fastcgi">): {
  readonly isScript: boolean;
  readonly name: string;
} {
  // An agent runs the script as CGI does; what was started is the agent.
  const script = traitsOf(route.mode)?.usesAgent && route.file !== null ? [route.file] : null;
  const name = (script ?? argv ?? []).map((word) => programName(readable(word))).join(" ");
  return { isScript: fastcgi === null || script !== null, name };
}

/** An argument that is no path stays as it is. */
const programName = (word: string): string => (word.startsWith("/") ? baseOf(word) : word);

/** A source in words: `header Accept-Language` for `header:Accept-Language`. */
export function sourceLabel(source: VariableSource): string {
  if (source.startsWith("header:")) return `header ${source.slice("header:".length)}`;
  return source === "request-line" ? "request line" : source;
}

/** `names` gives a variable's name as text; `fromRequest` is the order in which the request names the variables. */
export function environmentLines(
  env: readonly Variable[],
  names: (variable: Variable) => string,
  fromRequest: readonly string[],
  facts: RequestFacts,
): EnvironmentLines {
  const byName = new Map(env.map((variable) => [names(variable), variable]));
  const isEmpty = (name: string): boolean => byName.get(name)?.value === "";
  const absent: Absence[] = [];
  const miss = (name: string, why: string, emptyWhy = why): void => {
    if (!byName.has(name)) absent.push({ name, state: "not set", why });
    else if (isEmpty(name)) absent.push({ name, state: "empty", why: emptyWhy });
  };
  miss("PATH_INFO", "nothing follows the script’s name in the path");
  miss("QUERY_STRING", facts.hasQuestionMark ? "nothing follows the “?”" : "no “?” in the target");
  miss("CONTENT_LENGTH", facts.bodyBytes === 0 ? "no request body" : "the request does not declare the body’s length");
  if (facts.bodyBytes > 0)
    miss("CONTENT_TYPE", "the request has no Content-Type header", "the Content-Type header is empty");
  const explained = new Set(absent.map((absence) => absence.name));
  const shown = fromRequest.flatMap((name) => (explained.has(name) ? [] : (byName.get(name) ?? [])));
  // The length of a chunked body is in no header, but it belongs to the request all the same.
  const length = byName.get("CONTENT_LENGTH");
  if (length && !explained.has("CONTENT_LENGTH") && !shown.includes(length)) shown.push(length);
  const seen = new Set<Variable>(shown);
  const counts = new Map<string, number>();
  for (const variable of env) {
    if (seen.has(variable) || explained.has(names(variable))) continue;
    const source = variable.source.startsWith("header:") ? "headers" : sourceLabel(variable.source);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return { shown, absent, others: [...counts].map(([source, count]) => ({ source, count })) };
}
