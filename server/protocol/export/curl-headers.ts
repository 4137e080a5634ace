// The headers that a cURL command sends, except those that it has for every request.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, utf8 } from "../byte-string.js";
import type { HeaderPair } from "../request.js";
import { toBase64 } from "./base64.js";
import { type GivenOption, last } from "./curl-options.js";

/** cURL would read a file of headers or cookies. An empty -b only lets it keep cookies. */
export const namesFile = ({ is, value }: GivenOption): boolean =>
  value.startsWith("@") ? is === "header" || is === "cookie" : is === "cookie" && value !== "" && !value.includes("=");

/**
 * The headers in the command's order; those that cURL makes of other options come after
 * them, unless they were given or taken away.
 */
export function headersOf(
  given: readonly GivenOption[],
  bodyType: ByteString | null,
  isJson: boolean,
): readonly HeaderPair[] {
  const options = given.filter((option) => !namesFile(option));
  const headers: HeaderPair[] = [];
  const settled = new Set<string>();
  for (const { value } of options.filter(({ is }) => is === "header")) {
    const [, name = "", sign = "", content = ""] = /^([^:;]*)([:;])[ \t]*([\s\S]*)$/.exec(value) ?? [];
    if (name === "" || (sign === ";" && content !== "")) continue; // cURL ignores it too
    settled.add(name.toLowerCase());
    if (sign === ";" || content !== "") headers.push([byteString(name), byteString(content.replace(/[ \t]+$/, ""))]);
  }
  const add = (name: string, value: ByteString | null): void => {
    if (value !== null && value !== "" && !settled.has(name.toLowerCase())) headers.push([byteString(name), value]);
  };
  const user = last(options, "user");
  if (user !== null)
    add("Authorization", byteString(`Basic ${toBase64(byteString(user.includes(":") ? user : `${user}:`))}`));
  add("User-Agent", last(options, "user-agent"));
  add("Referer", last(options, "referer"));
  const cookies = options.flatMap(({ is, value }) => (is === "cookie" && value !== "" ? [value] : []));
  add("Cookie", cookies.length === 0 ? null : byteString(cookies.join("; ")));
  const range = last(options, "range");
  add("Range", range && byteString(`bytes=${range}`));
  if (options.some(({ is }) => is === "compressed")) add("Accept-Encoding", utf8("deflate, gzip"));
  add("Content-Type", bodyType);
  if (isJson) add("Accept", utf8("application/json"));
  return headers;
}
