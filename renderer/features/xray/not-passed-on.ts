// What a script does not get: request headers, variables of the configuration or the composer, and a query that did not
// become arguments.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";

type Entries = TraceView["notExported"];

export interface NotPassedOn {
  readonly what: "header" | "variable" | "query";
  readonly title: string;
  readonly entries: Entries;
}

/** Codes about a variable's own name or value. */
const variableCodes: ReadonlySet<string> = new Set(["nul-in-value", "bad-variable-name"]);
const whatOf = ([, , code]: Entries[number]): NotPassedOn["what"] =>
  code.startsWith("query-") ? "query" : variableCodes.has(code) ? "variable" : "header";

const titles: Readonly<Record<NotPassedOn["what"], (count: number, names: string) => string>> = {
  header: (count, names) => `${plural(count, "header was", "headers were")} not passed on: ${names}`,
  variable: (count, names) => `${plural(count, "variable was", "variables were")} not set: ${names}`,
  query: (_, names) => `The query did not become arguments (RFC 3875 §4.4): ${names}`,
};

export function notPassedOn(notExported: Entries): readonly NotPassedOn[] {
  return (["header", "variable", "query"] as const).flatMap((what) => {
    const entries = notExported.filter((entry) => whatOf(entry) === what);
    const names = entries.map(([name]) => readable(name)).join(", ");
    return entries.length === 0 ? [] : { what, title: titles[what](entries.length, names), entries };
  });
}
