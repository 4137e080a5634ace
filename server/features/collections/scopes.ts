// Variables of folders and of single requests. A `.http` file has one value for each name: where theirs differ, or an
// environment has the name, each request gets its own value in the place of the name.
import { isSecretName } from "../../protocol/secret-name.js";
import { type CollectedEnvironment, type CollectedRequest, type Collection, namesIn, withTexts } from "./collection.js";
import { capturedIn } from "./sign-in-secrets.js";

type Values = ReadonlyMap<string, string>;

export interface ScopedRequest {
  readonly request: CollectedRequest;
  /** Of its own and of its folders; of several with one name the nearest. */
  readonly values: Values;
}

/** Variables in the values of variables; and the characters of all values put in: some double with each one. */
const maxDepth = 20;
const maxCharacters = 4 << 20;

/** `shared`: of the collection itself. `environments`: their values come after those of a folder or a request. */
export function withScopes(
  shared: Values,
  scoped: readonly ScopedRequest[],
  environments: readonly CollectedEnvironment[],
): Pick<Collection, "variables" | "environments" | "requests"> {
  const ofScopes = [...new Set(scoped.map(({ values }) => values))].flatMap((values) => [...values]);
  const all = [...shared, ...ofScopes];
  const first = new Map<string, string>();
  for (const [name, value] of all) if (!first.has(name)) first.set(name, value);
  const ofEnvironments = new Set(
    environments.flatMap(({ values, secrets }) => [...values, ...secrets]).map(([name]) => name),
  );
  const differing = new Set([
    ...all.flatMap(([name, value]) => (first.get(name) === value ? [] : [name])),
    ...ofScopes.flatMap(([name]) => (ofEnvironments.has(name) ? [name] : [])),
  ]);
  // What is made of one of them differs, too.
  let before = -1;
  for (let depth = 0; depth < maxDepth && before < differing.size; depth++) {
    before = differing.size;
    for (const [name, value] of ofScopes) if (namesIn(value).some((one) => differing.has(one))) differing.add(name);
  }
  // A captured value comes first: what is filled in would come before it.
  for (const { request } of scoped) for (const name of capturedIn(request)) differing.delete(name);
  let left = maxCharacters;
  const fill = (text: string, values: Values, open: readonly string[] = []): string =>
    text.replace(/\{\{([^{}\n]*)\}\}/g, (whole: string, inside: string) => {
      const name = inside.trim();
      const value = open.includes(name) || open.length === maxDepth ? undefined : values.get(name);
      if (value === undefined || value.length > left) return whole; // it is not sent then, and fails
      left -= value.length + 1;
      return fill(value, values, [...open, name]);
    });
  return {
    environments,
    variables: [...first].filter(([name]) => shared.has(name) || !differing.has(name)),
    requests: scoped.map(({ request, values }) => {
      const differs = [...values].filter(([name]) => differing.has(name));
      const ownSecrets = differs.filter(isSecret);
      const own = new Map(differs.filter((pair) => !isSecret(pair)));
      const inQuotes = new Map([...own].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]));
      return {
        ...withTexts(request, (text) => fill(text, own)),
        ownSecrets,
        assertions: request.assertions.map((one) => fill(one, inQuotes)), // texts are written as in JSON
      };
    }),
  };
}

/** One that is made of other variables is none. */
const isSecret = ([name, value]: readonly [string, string]): boolean =>
  value !== "" && !value.includes("{{") && isSecretName(name);
