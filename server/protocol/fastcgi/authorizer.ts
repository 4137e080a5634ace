// The authorizer role (FastCGI §6.3): what such an application receives, and what its response means for the request.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../byte-string.js";
import type { HeaderPair } from "../request.js";
import type { NameValue } from "./name-values.js";

/** What depends on the resource, which is not decided yet. */
const withheld: ReadonlySet<string> = new Set(["CONTENT_LENGTH", "PATH_INFO", "PATH_TRANSLATED", "SCRIPT_NAME"]);

/** A responder's variables without those an authorizer must not get. */
export function authorizerParams(params: readonly NameValue[]): NameValue[] {
  return params.filter(([name]) => !withheld.has(name));
}

export type Authorization =
  /** The next handler gets these variables beside its own; all else the authorizer said is left out. */
  | { readonly isAllowed: true; readonly variables: ReadonlyMap<ByteString, ByteString> }
  /** The client gets the authorizer's whole response. */
  | { readonly isAllowed: false };

/**
 * `status` and header fields of its response. 200 lets the request in; a
 * `Variable-NAME: value` field is a variable then.
 */
export function authorization(status: number | null, headers: readonly HeaderPair[]): Authorization {
  if (status !== 200) return { isAllowed: false };
  const prefix = /^Variable-(.+)$/i;
  const variables = headers.flatMap(([name, value]): [ByteString, ByteString][] => {
    const [, own] = prefix.exec(name) ?? [];
    return own === undefined ? [] : [[byteString(own), value]];
  });
  return { isAllowed: true, variables: new Map(variables) };
}
