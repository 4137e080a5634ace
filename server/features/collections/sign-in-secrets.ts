// Passwords, tokens and keys that sign requests in become variables, and so do the secrets of a folder or a request: a
// `.http` file may be under version control, and results hide the values of variables alone.
import { parseCapture } from "../../formats/http-file/conditions.js";
import { type Environments, environmentNames, valuesOf } from "../../formats/http-file/environments.js";
import {
  type CollectedRequest,
  type Collection,
  namesIn,
  type Pair,
  type SignInSecret,
  withTexts,
} from "./collection.js";
import { withVariables } from "./sign-in.js";

/** `there`: what the files of the folder have. The values of the variables are in every environment. */
export function withSecretsApart(collection: Collection, there: readonly Environments[]): Collection {
  const { variables, environments, requests } = collection;
  const pairsOf = (isOfAll: boolean): Pair[] =>
    environments
      .filter(({ name }) => (name === null) === isOfAll)
      .flatMap(({ values, secrets }) => [...values, ...secrets]);
  const known = new Map<string, Set<string>>();
  for (const [name, value] of [...there.flatMap((all) => [...valuesOf(all, null)]), ...variables, ...pairsOf(true)])
    known.set(name, (known.get(name) ?? new Set()).add(value));
  const ofSome = environmentNames(...there).flatMap((name) =>
    there.flatMap((all) => [...(all.get(name)?.keys() ?? [])]),
  );
  /** Some requests would get another value, or none. */
  const varying = new Set([...ofSome, ...pairsOf(false).map(([name]) => name), ...requests.flatMap(capturedIn)]);
  const used = new Set(requests.flatMap(usedIn));
  const numbers = new Map<string, number>();
  /** With this value and no other in every environment, or unused. */
  const newName = (word: string, value: string): string => {
    for (let nth = (numbers.get(word) ?? 0) + 1; ; nth++) {
      const name = nth === 1 ? word : `${word}_${nth}`;
      const values = known.get(name);
      if (varying.has(name) || (values ? values.size > 1 || !values.has(value) : used.has(name))) continue;
      numbers.set(word, nth);
      return name;
    }
  };
  const names = new Map<string, string>();
  const secrets: Pair[] = [];
  const nameOf = ({ word, value }: Pick<SignInSecret, "word" | "value">): string => {
    const key = `${word} ${value}`;
    const name = names.get(key) ?? newName(word, value);
    if (!names.has(key)) secrets.push([name, value]);
    names.set(key, name);
    return name;
  };
  const apart = requests.map(({ secret, ownSecrets = [], ...request }) => {
    const variable = secret && `{{${nameOf(secret)}}}`;
    const own = ownSecrets.filter(([word]) => usedIn(request).includes(word));
    // First: the variable that signs in may have one of these names.
    const named = renamed(request, new Map(own.map(([word, value]) => [word, nameOf({ word, value })])));
    return secret && variable ? withVariable(named, secret, variable) : named;
  });
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

function renamed(request: CollectedRequest, names: ReadonlyMap<string, string>): CollectedRequest {
  if (names.size === 0) return request;
  const rename = (text: string): string => withVariables(text, (name) => names.get(name) ?? name);
  return { ...withTexts(request, rename), assertions: request.assertions.map(rename) };
}

/** The names of its captures. */
export function capturedIn({ captures }: CollectedRequest): string[] {
  return captures.map(parseCapture).flatMap((one) => ("value" in one ? [one.value.variable] : []));
}

const usedIn = ({ url, headers, body, assertions }: CollectedRequest): string[] =>
  [url, ...headers.map(([, text]) => text), body ?? "", ...assertions].flatMap(namesIn);
