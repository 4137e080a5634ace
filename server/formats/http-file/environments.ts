// The environments of requests: sets of variables with a name, as in http-client.env.json of JetBrains. Values of
// http-client.private.env.json come over them, and are secret.
import type { Message } from "../../contract/message.js";
import { keptText, parseKeepingNumbers } from "../../protocol/kept-numbers.js";
import { environmentMessage } from "./messages.js";

export const environmentFile = "http-client.env.json";
export const privateEnvironmentFile = "http-client.private.env.json";
/** Its values are in every environment. */
const shared = "$shared";

export type Values = ReadonlyMap<string, string>;
export type Environments = ReadonlyMap<string, Values>;
type ReadEnvironments = { readonly environments: Environments } | { readonly mistake: Message };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Values that are objects configure other tools (certificates, sign-in), and are left out. `path`: for the mistake. */
export function readEnvironments(path: string, text: string): ReadEnvironments {
  let json: unknown;
  try {
    json = parseKeepingNumbers(text.replace(/^\ufeff/, ""));
  } catch (error) {
    // Its message quotes the file, and so may quote a secret.
    const [, line, column] = /\(line (\d+) column (\d+)\)/.exec(error instanceof Error ? error.message : "") ?? [];
    const reason = line === undefined ? "the syntax" : `the syntax, in line ${line}, column ${column}`;
    return { mistake: environmentMessage("environment-syntax", { path, reason }) };
  }
  if (!isRecord(json)) return { mistake: environmentMessage("environment-shape", { path }) };
  const environments = new Map<string, Map<string, string>>();
  for (const [name, variables] of Object.entries(json)) {
    if (!isRecord(variables)) return { mistake: environmentMessage("environment-shape", { path }) };
    const values = new Map<string, string>();
    for (const [key, value] of Object.entries(variables)) {
      const number = keptText(value);
      if (number !== null) values.set(key, number);
      if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
        values.set(key, String(value));
    }
    environments.set(name, values);
  }
  return { environments };
}

/** Those that can be chosen, in the order of the files. */
export const environmentNames = (...all: readonly Environments[]): readonly string[] =>
  [...new Set(all.flatMap((environments) => [...environments.keys()]))].filter((name) => name !== shared);

/** The values of one; `name` null: those that are in every one. */
export const valuesOf = (environments: Environments, name: string | null): Values =>
  new Map([...(environments.get(shared) ?? []), ...(name === null ? [] : (environments.get(name) ?? []))]);
