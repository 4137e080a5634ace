// A request target's query as name and value pairs. Each half of a pair keeps the bytes it was typed with until it is
// edited itself, so that a target that is odd on purpose is sent as it is.
import { encodeAround } from "../../model/request/placeholders.js";

interface QueryPair {
  /** As it stands in the target. */
  readonly rawName: string;
  /** Null: there is no "=". */
  readonly rawValue: string | null;
  /** As they are shown: decoded, or as they stand when they are not UTF-8 or not encoded right. */
  readonly name: string;
  readonly value: string;
}

/** The pairs of the target's query, in order; empty when it has none. */
export function queryPairs(target: string): readonly QueryPair[] {
  const query = splitTarget(target).query;
  if (query === null || query === "") return [];
  return query.split("&").map((raw) => {
    const equals = raw.indexOf("=");
    const rawName = equals < 0 ? raw : raw.slice(0, equals);
    const rawValue = equals < 0 ? null : raw.slice(equals + 1);
    return { rawName, rawValue, name: shown(rawName), value: shown(rawValue ?? "") };
  });
}

/** The target with these pairs for its query. */
export function withQuery(target: string, pairs: readonly QueryPair[]): string {
  const { path } = splitTarget(target);
  const raw = pairs.map(({ rawName, rawValue }) => (rawValue === null ? rawName : `${rawName}=${rawValue}`));
  return pairs.length === 0 ? path : `${path}?${raw.join("&")}`;
}

/** A pair as forms write it. `isFilled`: its placeholders are kept, because the server will have values for them. */
export function queryPair(name: string, value: string, isFilled = false): QueryPair {
  return { rawName: encode(name, isFilled), rawValue: encode(value, isFilled), name, value };
}

/** The pair with another name or value. The half that was not edited keeps its bytes. */
export function editedPair(pair: QueryPair, name: string, value: string, isFilled = false): QueryPair {
  const rawName = name === pair.name ? pair.rawName : editedHalf(pair.rawName, name, isFilled).replaceAll("=", "%3D");
  const rawValue = value === pair.value ? pair.rawValue : editedHalf(pair.rawValue ?? "", value, isFilled);
  // The only pair of a query is gone when it is empty: the row would be, too, while it is edited.
  return { rawName, rawValue: rawName === "" ? (rawValue ?? "") : rawValue, name, value };
}

/** What was shown as it stands goes back so. Only what would end it, and what no target holds, is encoded. */
const editedHalf = (before: string, text: string, isFilled: boolean): string =>
  decode(before) === null ? text.replace(/[^!-~]|[#&]/gu, (character) => encode(character)) : encode(text, isFilled);

function splitTarget(target: string): { readonly path: string; readonly query: string | null } {
  const mark = target.indexOf("?");
  return mark < 0 ? { path: target, query: null } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** Everything but unreserved characters encoded, a space as `+`. */
function encode(text: string, isFilled = false): string {
  const encoded = (part: string): string => encodeURIComponent(part).replaceAll("%20", "+");
  // A target has no blanks, not even in a placeholder that stays because it has no value.
  return isFilled ? encodeAround(text, encoded).replace(/[ \t]/g, "") : encoded(text);
}

/** Null: it is not UTF-8, or has a stray "%". */
function decode(raw: string): string | null {
  try {
    return decodeURIComponent(raw.replaceAll("+", " "));
  } catch {
    return null; // a URIError, which says no more
  }
}

const shown = (raw: string): string => decode(raw) ?? raw;
