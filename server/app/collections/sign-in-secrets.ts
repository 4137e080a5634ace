// Passwords, tokens and keys that sign requests in become variables: a `.http` file may be under version control, and
// results hide the values of variables alone.
import type { CollectedRequest, Collection, SignInSecret } from "./collection.js";

type Pair = readonly [name: string, value: string];

/** `there`: the values of all environments of the folder. Those of the variables are in every environment. */
export function withSecretsApart(collection: Collection, there: readonly Pair[]): Collection {
  const { variables, environments, requests } = collection;
  const known = new Map<string, Set<string>>();
  for (const [name, value] of [
    ...there,
    ...variables,
    ...environments.flatMap((one) => [...one.values, ...one.secrets]),
  ])
    known.set(name, (known.get(name) ?? new Set()).add(value));
  const used = new Set(requests.flatMap(namesIn));
  const numbers = new Map<string, number>();
  /** With this value and no other, or unused. */
  const newName = (word: string, value: string): string => {
    for (let nth = (numbers.get(word) ?? 0) + 1; ; nth++) {
      const name = nth === 1 ? word : `${word}_${nth}`;
      const values = known.get(name);
      if (values ? values.size > 1 || !values.has(value) : used.has(name)) continue;
      numbers.set(word, nth);
      return name;
    }
  };
  const names = new Map<string, string>();
  const secrets: Pair[] = [];
  const nameOf = ({ word, value }: SignInSecret): string => {
    const key = `${word} ${value}`;
    const name = names.get(key) ?? newName(word, value);
    if (!names.has(key)) secrets.push([name, value]);
    names.set(key, name);
    return name;
  };
  const apart = requests.map(({ secret, ...request }) =>
    secret ? withVariable(request, secret, `{{${nameOf(secret)}}}`) : request,
  );
  if (secrets.length === 0) return collection;
  return { ...collection, requests: apart, environments: [...environments, { name: null, values: [], secrets }] };
}

function withVariable(request: CollectedRequest, { header, value }: SignInSecret, variable: string): CollectedRequest {
  const replaced = (text: string): string =>
    text.endsWith(value) ? text.slice(0, text.length - value.length) + variable : text;
  if (header === null) {
    const [address = "", ...fragment] = request.url.split("#");
    return { ...request, url: [replaced(address), ...fragment].join("#") };
  }
  const isIt = (name: string): boolean => name.toLowerCase() === header.toLowerCase();
  return { ...request, headers: request.headers.map(([name, text]) => [name, isIt(name) ? replaced(text) : text]) };
}

const namesIn = ({ url, headers, body }: CollectedRequest): string[] =>
  [url, ...headers.map(([, text]) => text), body ?? ""].flatMap((text) =>
    [...text.matchAll(/\{\{([^{}\n]*)\}\}/g)].map(([, name = ""]) => name.trim()),
  );
