// Variables of folders and of single requests. A `.http` file has one value for each name: where theirs differ, each
// request gets its own value in the place of the name.
import type { CollectedRequest, Collection } from "./collection.js";

type Values = ReadonlyMap<string, string>;

export interface ScopedRequest {
  readonly request: CollectedRequest;
  /** Of its own and of its folders; of several with one name the nearest. */
  readonly values: Values;
}

/** Variables in the values of variables; and the characters of all values put in: some double with each one. */
const [maxDepth, maxCharacters] = [20, 4 << 20];

/** `shared`: of the collection itself. */
export function withScopes(
  shared: Values,
  scoped: readonly ScopedRequest[],
): Pick<Collection, "variables" | "requests"> {
  const all = [...new Set([shared, ...scoped.map(({ values }) => values)])].flatMap((values) => [...values]);
  const first = new Map<string, string>();
  for (const [name, value] of all) if (!first.has(name)) first.set(name, value);
  const differing = new Set(all.flatMap(([name, value]) => (first.get(name) === value ? [] : [name])));
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
    variables: [...first].filter(([name]) => shared.has(name) || !differing.has(name)),
    requests: scoped.map(({ request, values }) => {
      const own = new Map([...values].filter(([name]) => differing.has(name)));
      const inQuotes = new Map([...own].map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]));
      return {
        ...request,
        url: fill(request.url, own),
        headers: request.headers.map(([name, value]) => [name, fill(value, own)]),
        body: request.body === null ? null : fill(request.body, own),
        assertions: request.assertions.map((one) => fill(one, inQuotes)), // texts are written as in JSON
      };
    }),
  };
}
