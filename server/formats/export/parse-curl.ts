// A pasted cURL command as a request: what cURL would send, said as method, target, headers and body. What cannot be
// taken over is named, never dropped in silence; what it would read from files is asked for.
import { fromBase64 } from "../../contract/base64.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import { percentDecode } from "../../protocol/percent.js";
import type { HeaderPair } from "../../protocol/request.js";
import { isChunked } from "./body-frame.js";
import { bodyOf } from "./curl-body.js";
import { headersOf, namesFile } from "./curl-headers.js";
import { curlOption, type GivenOption, last } from "./curl-options.js";
import { printed, type SplitCommand, shellWords } from "./shell-words.js";

export interface PastedRequest {
  readonly method: ByteString;
  readonly target: ByteString;
  readonly headers: readonly HeaderPair[];
  /** Null for none. */
  readonly body: ByteString | null;
  /** The origin the command addresses: `http://shop.test:8080`. */
  readonly origin: string;
  /** Sentences on what is not taken over. */
  readonly notes: readonly string[];
}
type ParsedCurl = { readonly ok: true; readonly request: PastedRequest } | { readonly ok: false; readonly why: string };

const refuse = (why: string): ParsedCurl => ({ ok: false, why });

export function parseCurl(text: string): ParsedCurl {
  const parts = splitInput(text);
  if (!parts) {
    const other = otherCommands.find(({ pattern }) => pattern.test(text));
    if (other) return refuse(`This is ${other.is}. Choose “Copy as cURL (bash)” where it comes from.`);
    return refuse("This is no cURL command: it does not begin with “curl”.");
  }
  const split = shellWords(parts.command);
  if (!split.ok) return refuse(split.why);
  const given = optionsOf(split.words.slice(1));
  if (typeof given === "string") return refuse(given);
  const body = bodyOf(given, parts.input);
  if (typeof body === "string") return refuse(body);
  const url = urlOf(given);
  if (typeof url === "string") return refuse(url);
  // Before the others: the last user counts, which is that of -u.
  const options = url.user === null ? given : [{ is: "user", name: "", value: url.user } as const, ...given];
  const notes = options.flatMap((option) => noteOn(option) ?? []);
  notes.push(...body.notes, ...notesOnQuotes(split));
  if (split.rest !== "")
    notes.push(
      `What follows the command is left out: ${split.rest.length > 40 ? `${split.rest.slice(0, 40)}…` : split.rest}`,
    );

  const isGet = options.some(({ is }) => is === "get");
  const isHead = options.some(({ is }) => is === "head");
  const separator = url.target.includes("?") ? (/[?&]$/.test(url.target) ? "" : "&") : "?";
  const query = isGet && body.bytes ? `${separator}${body.bytes}` : "";
  const sent = isGet ? null : body.bytes;
  const headers = headersOf(options, { ...body, type: sent === null && !body.isJson ? null : body.type });
  // The body is kept as it was before cURL would put it into chunks.
  const losesChunks = sent !== null && isChunked(headers);
  if (losesChunks) notes.push("The body is sent with its length, not in chunks.");
  const method = last(options, "method") ?? byteString(isHead ? "HEAD" : sent === null ? "GET" : "POST");
  return {
    ok: true,
    request: {
      method,
      target: last(options, "request-target") ?? byteString(url.target + query),
      headers: losesChunks ? headers.filter(([name]) => name.toLowerCase() !== "transfer-encoding") : headers,
      body: sent,
      origin: url.origin,
      notes,
    },
  };
}

/** What browsers copy beside cURL commands. */
const otherCommands = [
  { pattern: /^\s*(?:(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm)\b|\$session\s*=)/i, is: "a PowerShell command" },
  { pattern: /^\s*(?:await\s+)?fetch\(/, is: "a call of JavaScript’s fetch" },
];

/** What another shell would take for something else. */
function notesOnQuotes({ hasDoubledMark, hasBareAmpersand }: SplitCommand): string[] {
  const doubled = 'Two quotation marks ("") were read as a POSIX shell reads them: as nothing. Windows’ cmd reads one.';
  const bare = "The address has an & outside of quotation marks, where a shell would end the command.";
  return [...(hasDoubledMark ? [doubled] : []), ...(hasBareAmpersand ? [bare] : [])];
}

/** Null: the option is taken over, or concerns no request. */
function noteOn(option: GivenOption): string | null {
  if (option.is === "noted") return `The option ${option.name} is left out.`;
  return namesFile(option) ? `The option ${option.name} ${option.value} is left out: it names a file.` : null;
}

/** The command, and what a pipe in front of it writes: `printf '…' | curl`, `echo BASE64 | base64 -d | curl`. */
function splitInput(text: string): { readonly command: string; readonly input: ByteString | null } | null {
  const command = text
    .trim()
    .replace(/^[$#>%]\s+(?=\S)/, "")
    .replace(/(?<=[^\\])\\$/, ""); // the line that it would continue is not there
  if (/^curl(\.exe)?\s/.test(command)) return { command, input: null };
  const [program] = /^(?:printf '%s' |printf |echo )/.exec(command) ?? [];
  if (program === undefined) return null;
  const word = command.slice(program.length, inputEnd(command, program.length));
  const after = command.slice(program.length + word.length);
  const [, base64, rest] = /^ \| (base64 -d \| )?(curl\s[\s\S]*)$/.exec(after) ?? [];
  if (rest === undefined) return null;
  const words = shellWords(word);
  const given = words.ok ? (words.words[0] ?? byteString("")) : byteString("");
  if (program.startsWith("echo"))
    return {
      command: rest,
      input: base64 === undefined ? byteString(`${given}\n`) : byteString(fromBase64(given) ?? ""),
    };
  return { command: rest, input: program === "printf " ? byteString(printed(word.slice(1, -1))) : given };
}

/**
 * Where the word at `from` ends that a pipe is fed with: base64, or text in single quotes, with marks in it as `'\''`.
 * By hand: on megabytes an expression runs out of stack.
 */
function inputEnd(command: string, from: number): number {
  if (command.charAt(from) !== "'") return from + (/^[A-Za-z0-9+/=]*/.exec(command.slice(from))?.[0].length ?? 0);
  let close = command.indexOf("'", from + 1);
  while (close >= 0 && command.startsWith("\\''", close + 1)) close = command.indexOf("'", close + 4);
  return close < 0 ? command.length : close + 1;
}

/** The options in their order, or why they cannot be read. */
function optionsOf(words: readonly ByteString[]): readonly GivenOption[] | string {
  const found: GivenOption[] = [];
  let onlyUrls = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? byteString("");
    if (onlyUrls || !word.startsWith("-") || word === "-") found.push({ is: "url", name: "", value: word });
    else if (word === "--") onlyUrls = true;
    else if (word.startsWith("--")) {
      const option = curlOption(word.slice(2)) ?? curlOption(word.slice(2).replace(/^no-/, ""));
      if (!option) return `The option ${word} is not known here. Take it out if the request can do without it.`;
      if (option.takesValue && at + 1 >= words.length) return `The option ${word} lacks its value.`;
      if (!/^--no-/.test(word) || curlOption(word.slice(2)))
        found.push({ is: option.is, name: word, value: option.takesValue ? (words[++at] ?? word) : word });
    } else {
      for (let letter = 1; letter < word.length; letter++) {
        const name = `-${word.charAt(letter)}`;
        const option = curlOption(word.charAt(letter));
        if (!option) return `The option ${name} is not known here. Take it out if the request can do without it.`;
        if (!option.takesValue) {
          found.push({ is: option.is, name, value: word });
          continue;
        }
        const rest = word.slice(letter + 1);
        if (rest === "" && at + 1 >= words.length) return `The option ${name} lacks its value.`;
        found.push({ is: option.is, name, value: rest === "" ? (words[++at] ?? word) : byteString(rest) });
        break;
      }
    }
  }
  return found;
}

interface CurlUrl {
  readonly origin: string;
  /** The path is not normalized. */
  readonly target: string;
  /** As -u gives it: name and password with a colon between them. */
  readonly user: ByteString | null;
}

/** `{a,b}` and `[1-3]`, which cURL expands; a backslash before the bracket keeps it. */
const several = /(?<!\\)(?:\{[^{},]*,[^{}]*\}|\[\w+-\w+(?::\d+)?\])/;

/** A sentence says why there is none. */
function urlOf(options: readonly GivenOption[]): CurlUrl | string {
  const urls = options.filter(({ is }) => is === "url");
  const [first] = urls;
  if (!first) return "The command names no address.";
  if (urls.length > 1) return "The command names more than one address. Paste one request at a time.";
  const isLiteral = last(options, "globoff") !== null;
  const [brackets] = (isLiteral ? null : several.exec(first.value)) ?? [];
  if (brackets !== undefined)
    return `The address stands for several requests (${brackets}). Name one of them, or add --globoff to send it as it is.`;
  const address = isLiteral ? first.value : first.value.replace(/\\([[\]{}])/g, "$1"); // as Chrome copies it
  const [, scheme = "http", user, authority = "", rest = ""] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^/?#@]*)@)?([^/?#]*)([^#]*)/i.exec(address) ?? [];
  if (!/^https?$/i.test(scheme) || authority === "") return `The address ${first.value} is none of http.`;
  return {
    origin: `${scheme.toLowerCase()}://${authority}`,
    target: rest.startsWith("/") ? rest : `/${rest}`,
    user: user === undefined ? null : userOf(user),
  };
}

function userOf(text: string): ByteString {
  const [, name = "", password = ""] = /^([^:]*):?([\s\S]*)$/.exec(text) ?? [];
  const decoded = [name, password].map((part) => percentDecode(byteString(part)).value);
  return byteString(decoded.join(":"));
}
