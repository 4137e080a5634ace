// A place of a request that varies, and the request with a value in it.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1, utf8 } from "../../protocol/byte-string.js";
import { percentDecode, percentEncode } from "../../protocol/percent.js";
import type { HeaderPair } from "../../protocol/request.js";
import type { VariedValue } from "./varied-value.js";

const named = ["query", "field", "cookie", "header", "bytes"] as const;
const bare = ["path", "method", "body", "request"] as const;
export interface Place {
  readonly kind: (typeof named)[number] | (typeof bare)[number];
  readonly name: ByteString;
}

/** Null: there is no such place. */
export function placeOf(text: string): Place | null {
  const [kind, name] = text.split(/\.(.*)/s, 2);
  const isBare = bare.find((one) => one === text);
  const isNamed = named.find((one) => one === kind);
  if (isNamed === "bytes" && !/^\d{1,9}-\d{1,9}$/.test(name ?? "")) return null;
  if (isBare) return { kind: isBare, name: utf8("") };
  return isNamed && name ? { kind: isNamed, name: utf8(name) } : null;
}

export interface VariedRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  readonly headers: readonly HeaderPair[];
  readonly body: ByteString;
}

/** A value may be left out, or be there several times. */
export function withValue(request: VariedRequest, { kind, name }: Place, value: VariedValue): VariedRequest {
  const { target, headers, body } = request;
  const [first = latin1("")] = value.bytes;
  switch (kind) {
    case "query": {
      const [path = "", query = ""] = target.split(/\?(.*)/s, 2);
      return { ...request, target: latin1(`${path}?${withField(query, name, value)}`) };
    }
    case "field":
      return { ...request, body: latin1(withField(body, name, value)) };
    case "cookie": {
      const cookies = headers.flatMap(([own, text]) => (isNamed(own, "cookie") ? text.split(/; */) : []));
      const changed = replaced(cookies, (pair) => pair.startsWith(`${name}=`), pairsOf(name, value.bytes));
      return { ...request, headers: withHeader(headers, "Cookie", [changed.join("; ")]) };
    }
    case "header":
      return { ...request, headers: withHeader(headers, name, value.bytes) };
    case "path": {
      const [path = "", ...query] = target.split(/(?=\?)/);
      return { ...request, target: latin1(`${path}/${written(first, value)}${query.join("")}`) };
    }
    case "method":
      return { ...request, method: first };
    case "body":
      return { ...request, body: first };
    case "bytes":
    case "request":
      return request;
  }
}

/** The bytes of a raw request with values at places of the kind `bytes`, which are counted in those bytes. */
export function withBytes(bytes: ByteString, places: readonly Place[], values: readonly VariedValue[]): ByteString {
  const parts = places.flatMap(({ kind, name }, index) => {
    const [from = 0, to = 0] = name.split("-").map(Number);
    return kind === "bytes" ? [{ from, to, by: values[index]?.bytes.join("") ?? "" }] : [];
  });
  parts.sort((a, b) => b.from - a.from);
  return latin1(parts.reduce((text, { from, to, by }) => text.slice(0, from) + by + text.slice(to), `${bytes}`));
}

const isNamed = (own: string, name: string): boolean => own.toLowerCase() === name.toLowerCase();
const pairsOf = (name: string, values: readonly string[]): string[] => values.map((value) => `${name}=${value}`);

/** What matches the test goes, and `by` comes in the place of the first; at the end if nothing matches. */
function replaced<T>(all: readonly T[], test: (one: T) => boolean, by: readonly T[]): T[] {
  const at = all.findIndex(test);
  const rest = all.filter((one) => !test(one));
  const place = at < 0 ? rest.length : at;
  return [...rest.slice(0, place), ...by, ...rest.slice(place)];
}

function withHeader(headers: readonly HeaderPair[], name: string, values: readonly string[]): HeaderPair[] {
  const fields = values.map((value): HeaderPair => [latin1(name), latin1(value)]);
  return replaced(headers, ([own]) => isNamed(own, name), fields);
}

function withField(query: string, name: ByteString, value: VariedValue): string {
  const pairs = query === "" ? [] : query.split("&");
  const isOne = (pair: string): boolean => {
    const [own = ""] = pair.split("=", 1);
    return percentDecode(latin1(own.replaceAll("+", " "))).value === name;
  };
  const texts = value.bytes.map((bytes) => written(bytes, value));
  const own = value.isList && !name.endsWith("[]") ? latin1(`${name}[]`) : name;
  return replaced(pairs, isOne, pairsOf(encoded(own), texts)).join("&");
}

const encoded = (bytes: ByteString): string => bytes.replace(/[^\w.~-]/g, percentEncode);
const written = (bytes: ByteString, { isSpelled }: VariedValue): string => (isSpelled ? bytes : encoded(bytes));
