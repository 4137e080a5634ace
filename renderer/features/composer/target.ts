// A request target's query as name and value pairs. Each pair keeps the bytes it was typed with until it is edited
// itself, so that a target that is odd on purpose is sent as it is.

export interface QueryPair {
  /** As it stands in the target. */
  readonly raw: string;
  readonly name: string;
  readonly value: string;
}

/** The pairs of the target's query, in order; empty when it has none. */
export function queryPairs(target: string): readonly QueryPair[] {
  const query = splitTarget(target).query;
  if (query === null || query === "") return [];
  return query.split("&").map((raw) => {
    const equals = raw.indexOf("=");
    return {
      raw,
      name: decode(equals < 0 ? raw : raw.slice(0, equals)),
      value: equals < 0 ? "" : decode(raw.slice(equals + 1)),
    };
  });
}

/** The target with these pairs for its query. */
export function withQuery(target: string, pairs: readonly QueryPair[]): string {
  const { path } = splitTarget(target);
  return pairs.length === 0 ? path : `${path}?${pairs.map(({ raw }) => raw).join("&")}`;
}

/** A pair as forms write it: everything but unreserved characters encoded, a space as `+`. */
export function queryPair(name: string, value: string): QueryPair {
  return { raw: `${encode(name)}=${encode(value)}`, name, value };
}

function splitTarget(target: string): { readonly path: string; readonly query: string | null } {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: null } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

const encode = (text: string): string => encodeURIComponent(text).replaceAll("%20", "+");

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    // Not UTF-8, or a stray "%": shown as it stands.
    return text;
  }
}
