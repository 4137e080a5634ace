// The environment's variables by where they come from, what a person looks for first on top.
import type { Variable, VariableSource } from "../../../server/contract/trace.js";

const groupNames = ["Request", "Headers", "Server", "Connection", "Inherited"] as const;
export type GroupName = (typeof groupNames)[number];

export interface Group {
  readonly name: GroupName;
  readonly variables: readonly Variable[];
}

/** Those that are open before anybody opens one. */
export const firstOpen: ReadonlySet<GroupName> = new Set(["Request", "Headers"]);

/** Without the empty ones. */
export function groupsOf(variables: readonly Variable[]): Group[] {
  return groupNames
    .map((name) => ({ name, variables: variables.filter(({ source }) => groupOf(source) === name) }))
    .filter((group) => group.variables.length > 0);
}

/** What a person set for the request belongs to it, what the configuration set to the server. */
export function groupOf(source: VariableSource): GroupName {
  if (source.startsWith("header:")) return "Headers";
  if (source === "request-line" || source === "composer" || source === "held") return "Request";
  if (source === "connection") return "Connection";
  return source === "inherited" ? "Inherited" : "Server";
}
