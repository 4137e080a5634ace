// The headers that a cURL command sends, except those that it has for every request.
import { toBase64 } from "../../contract/base64.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import type { HeaderPair } from "../../protocol/request.js";
import { type GivenOption, last } from "./curl-options.js";

/** cURL would read a file of headers or cookies. An empty -b only lets it keep cookies. */
export const namesFile = ({ is, value }: GivenOption): boolean =>
  value.startsWith("@") ? is === "header" || is === "cookie" : is === "cookie" && value !== "" && !value.includes("=");

interface GivenHeader {
  readonly name: string;
  /** "" for one that is sent empty. */
  readonly value: string;
  /** cURL is not to send it. */
  readonly isTakenAway: boolean;
}

/** What -H gives, without what cURL ignores. */
export function givenHeaders(options: readonly GivenOption[]): readonly GivenHeader[] {
  return options.flatMap((option) => {
    if (option.is !== "header" || namesFile(option)) return [];
    const [, name = "", sign = "", content = ""] = /^([^:;]*)([:;])[ \t]*([\s\S]*)$/.exec(option.value) ?? [];
    if (name === "" || (sign === ";" && content !== "")) return [];
    const value = content.replace(/(?<![ \t])[ \t]+$/, ""); // looks behind so that it takes linear time
    return [{ name, value, isTakenAway: sign === ":" && content === "" }];
  });
}

/** The boundary that a Content-Type names; null for none. */
export function boundaryIn(contentType: string): string | null {
  const [, quoted, plain] = /;[ \t]*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType) ?? [];
  return quoted ?? plain ?? null;
}

/** What the body means for the headers. */
interface BodyHeaders {
  /** The Content-Type that cURL would give it; null for none. */
  readonly type: ByteString | null;
  /** Of a form; null for another body. */
  readonly boundary: string | null;
  readonly isJson: boolean;
}

/**
 * The headers in the command's order; those that cURL makes of other options come after
 * them, unless they were given or taken away.
 */
export function headersOf(
  given: readonly GivenOption[],
  { type, boundary, isJson }: BodyHeaders,
): readonly HeaderPair[] {
  const options = given.filter((option) => !namesFile(option));
  const headers: HeaderPair[] = [];
  const settled = new Set<string>();
  for (const { name, value, isTakenAway } of givenHeaders(options)) {
    const lower = name.toLowerCase();
    settled.add(lower);
    const lacksBoundary = lower === "content-type" && value !== "" && boundaryIn(value) === null;
    const end = lacksBoundary && boundary !== null ? `; boundary=${boundary}` : "";
    if (!isTakenAway) headers.push([byteString(name), byteString(value + end)]);
  }
  const add = (name: string, value: ByteString | null): void => {
    if (value !== null && value !== "" && !settled.has(name.toLowerCase())) headers.push([byteString(name), value]);
  };
  const user = last(options, "user");
  if (user !== null)
    add("Authorization", byteString(`Basic ${toBase64(byteString(user.includes(":") ? user : `${user}:`))}`));
  add("User-Agent", last(options, "user-agent"));
  const referer = last(options, "referer");
  add("Referer", referer && byteString(referer.replace(/;auto$/, ""))); // cURL's own word on redirects
  const cookies = options.flatMap(({ is, value }) => (is === "cookie" && value !== "" ? [value] : []));
  add("Cookie", cookies.length === 0 ? null : byteString(cookies.join("; ")));
  const range = last(options, "range");
  add("Range", range && byteString(`bytes=${range}`));
  if (options.some(({ is }) => is === "compressed")) add("Accept-Encoding", utf8("deflate, gzip"));
  add("Content-Type", type);
  if (isJson) add("Accept", utf8("application/json"));
  return headers;
}
