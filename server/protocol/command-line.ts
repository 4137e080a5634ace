// The script's command line, RFC 3875 §4.4: the query of an "indexed" search, `?word+word`, becomes arguments. All
// of it or nothing: when one word cannot be passed on there are none. php-cgi took options from it
// (CVE-2012-1823), hence no word that begins with "-".
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString } from "./byte-string.js";
import { percentDecode } from "./percent.js";
import type { GatewayPolicy } from "./policy.js";
import { notExportedMessage } from "./request-messages.js";

export interface CommandLine {
  /** `argv[1]` and on. */
  readonly words: readonly ByteString[];
  /** Why a query that looked like a search gives no arguments; null when it does, or is no search. */
  readonly why: Message | null;
}

/** `schar` of RFC 3875 §4.4, "%" for its escapes included. */
const searchWord = /^[A-Za-z0-9\-_.!~*'();/?:@&,$%]+$/;
/** What is active in a Bourne shell, RFC 3875 §7.2; the set Apache escapes. */
const shellActive = /[&;`'"|*?~<>^()[\]{}$\\\n]/g;
const none: CommandLine = { words: [], why: null };
const refuse = (
  code: "query-word-empty" | "query-word-bytes" | "query-bad-percent" | "query-nul" | "query-option",
): CommandLine => ({ words: [], why: notExportedMessage(code) });

/** The script's arguments (what follows `argv[0]`), with the reason when a query gives none. */
export function commandLine(
  method: ByteString,
  query: ByteString,
  policy: Pick<GatewayPolicy, "searchWords">,
): CommandLine {
  if (policy.searchWords === "ignore" || (method !== "GET" && method !== "HEAD") || query === "" || query.includes("="))
    return none;
  const words: ByteString[] = [];
  for (const word of query.split("+")) {
    if (!searchWord.test(word)) return refuse(word === "" ? "query-word-empty" : "query-word-bytes");
    const { value, malformedAt } = percentDecode(byteString(word));
    if (malformedAt.length > 0) return refuse("query-bad-percent");
    if (value.includes("\0")) return refuse("query-nul");
    if (value.startsWith("-")) return refuse("query-option");
    words.push(byteString(value.replace(shellActive, "\\$&")));
  }
  return { words, why: null };
}
