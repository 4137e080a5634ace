// Requests of another tool on their way into a `.http` file: what such a file can hold, and what has no place in it.
import type { Message } from "../../contract/message.js";
import { percentEncode } from "../../protocol/percent.js";
import { leftOutMessage } from "./messages.js";

export type Pair = readonly [name: string, value: string];

export interface TextFile {
  /** With `/`, in the folder of the collection. */
  readonly path: string;
  readonly text: string;
}

export interface DamagedFile {
  /** The file, and the line behind a colon. */
  readonly place: string;
  readonly note: Message;
}

/** What signs a request in, as it is at the end of a header or of the URL. */
export interface SignInSecret {
  /** A name for its variable. */
  readonly word: string;
  /** Null: in the URL. */
  readonly header: string | null;
  readonly value: string;
}

/** Texts have their variables as `{{name}}`. */
export interface CollectedRequest {
  /** With the names of its folders. */
  readonly name: string;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly Pair[];
  /** Null: it has none. */
  readonly body: string | null;
  /** What stands behind `@assert` and `@capture`. */
  readonly assertions: readonly string[];
  readonly captures: readonly string[];
  /** What was left out. */
  readonly notes: readonly Message[];
  /** Left out: nothing signs it in, or variables do. */
  readonly secret?: SignInSecret;
  /** Secret variables with values of its own, which its texts have as `{{name}}`. */
  readonly ownSecrets?: readonly Pair[];
}

export interface CollectedEnvironment {
  /** Null: its values are in every environment. */
  readonly name: string | null;
  readonly values: readonly Pair[];
  /** Values that belong into the file that is not passed on. */
  readonly secrets: readonly Pair[];
}

export interface Collection {
  readonly name: string;
  /** Of the collection itself. */
  readonly variables: readonly Pair[];
  readonly environments: readonly CollectedEnvironment[];
  readonly requests: readonly CollectedRequest[];
  /** What was left out of the whole. */
  readonly notes?: readonly Message[];
  /** Files of its folder that cannot be read. */
  readonly damaged?: readonly DamagedFile[];
}

/** What a request is sent with, and what of its body was left out. */
export interface SentBody extends Pick<CollectedRequest, "body" | "notes"> {
  /** Its Content-Type; null: it says nothing. */
  readonly type: string | null;
}
export const noBody: SentBody = { body: null, type: null, notes: [] };

/** The request with its texts changed: those that may have variables in them. */
export const withTexts = (request: CollectedRequest, change: (text: string) => string): CollectedRequest => ({
  ...request,
  url: change(request.url),
  headers: request.headers.map(([name, text]) => [name, change(text)]),
  body: request.body === null ? null : change(request.body),
});

const schemeIn = (url: string): string => /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase() ?? "http";

/** Without requests that are sent over WebSocket, gRPC or another protocol. */
export function overHttp(collection: Collection): Collection {
  const isHttp = ({ url }: CollectedRequest): boolean => /^https?$/.test(schemeIn(url));
  const others = collection.requests.filter((one) => !isHttp(one));
  const notes = others.map(({ name, url }) => leftOutMessage("scheme", { name, scheme: schemeIn(url) }));
  const damaged = (collection.damaged ?? []).map(({ note }) => note);
  return { ...collection, requests: collection.requests.filter(isHttp), notes: [...damaged, ...notes] };
}

/** The names of the variables in a text. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(/\{\{([^{}\n]*)\}\}/g)].map(([, inside = ""]) => inside.trim());

/** Applies `encode` to what is between the variables. */
export const betweenVariables = (text: string, encode: (part: string) => string): string =>
  text
    .split(/(\{\{[^{}\n]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encode(part)))
    .join("");

/** A lone half of a character has no UTF-8. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

const formPart = (text: string): string => new URLSearchParams([["", wellFormed(text)]]).toString().slice(1);

/** application/x-www-form-urlencoded. */
export const formText = (pairs: readonly Pair[]): string =>
  pairs.map((pair) => pair.map((text) => betweenVariables(text, formPart)).join("=")).join("&");

/** A URL with more parameters in its query. */
export function withQuery(url: string, pairs: readonly Pair[]): string {
  if (pairs.length === 0) return url;
  const [address = "", ...fragment] = url.split("#");
  const join = address.includes("?") ? (/[?&]$/.test(address) ? "" : "&") : "?";
  return [`${address}${join}${formText(pairs)}`, ...fragment].join("#");
}

/** `/:id` in the path of a URL. */
export function withPathVariables(url: string, pairs: readonly Pair[]): string {
  const [, address = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
  const values = new Map(pairs);
  const path = address.replace(/(?<=\/):([^/:?#]+)/g, (whole, name: string) => {
    const value = values.get(name);
    return value === undefined ? whole : value === "" ? `{{${name}}}` : betweenVariables(value, encodeURIPart);
  });
  return `${path}${rest}`;
}

const encodeURIPart = (text: string): string => encodeURIComponent(wellFormed(text));

const boundary = "----CgiWorkbenchImported";
const multipartType = `multipart/form-data; boundary=${boundary}`;

type Part = readonly [name: string, value: string, type?: string];

/** multipart/form-data of texts alone; nothing if a part has the boundary in it. `files`: the names of other parts. */
export function multipart(given: readonly Part[], files: readonly string[]): SentBody {
  const notes = files.map((name) => leftOutMessage("file-part", { name }));
  if (given.some((part) => part.some((text) => text?.includes(boundary)))) return { ...noBody, notes };
  const quoted = (name: string): string => name.replace(/["\r\n]/g, percentEncode);
  const parts = given.map(([name, value, type]) => {
    const typeLine = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n${typeLine}\r\n${value}\r\n`;
  });
  return { body: `${parts.join("")}--${boundary}--\r\n`, type: multipartType, notes };
}

/** The headers, and of `others` those whose names they do not have. */
export function withMissing(headers: readonly Pair[], others: readonly Pair[]): readonly Pair[] {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return [...headers, ...others.filter(([name]) => !names.has(name.toLowerCase()))];
}

/**
 * A type that the request names stays; but that of a multipart body has to name the
 * boundary that is in the body, which is ours.
 */
export function withType(headers: readonly Pair[], type: string | null): readonly Pair[] {
  const isOther = ([name]: Pair): boolean => name.toLowerCase() !== "content-type";
  if (type === null || (type !== multipartType && !headers.every(isOther))) return headers;
  return [...headers.filter(isOther), ["Content-Type", type]];
}
