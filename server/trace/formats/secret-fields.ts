// Fields with a secret's name in text and in bodies: of queries, forms, cookies and parts, of JSON, of HTML; and the
// password in an address.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1, utf8 } from "../../protocol/byte-string.js";
import { percentDecode } from "../../protocol/percent.js";

interface Field {
  readonly name: string;
  /** Where its value is in the text. */
  readonly from: number;
  readonly to: number;
  /** What the value stands for. */
  readonly plain: (value: ByteString) => ByteString;
}

interface Grammar extends Pick<Field, "plain"> {
  /** From the field's name, which is the group, to its value. Bounded, so that it takes linear time. */
  readonly name: RegExp;
  readonly value: RegExp;
  /** Which texts it is for; all without it. */
  readonly texts?: RegExp;
}

const formValue = (value: string): ByteString => percentDecode(latin1(value.replaceAll("+", " "))).value;

function jsonValue(value: ByteString): ByteString {
  try {
    return utf8(String(JSON.parse(Buffer.from(`"${value}"`, "latin1").toString())));
  } catch {
    return value; // of another language, or cut within an escape
  }
}

const same = (value: ByteString): ByteString => value;

const grammars: readonly Grammar[] = [
  { name: /(?:^|[?&;#])([^=?&;#\s"'<>]{1,100})=/gm, value: /[^&;#\s"'<>…”]*/y, plain: formValue },
  // A form as a whole, whose client may have encoded nothing.
  {
    name: /(?:^|&)([^=&]{1,100})=/g,
    value: /[^&]*/y,
    texts: /^[^=&?#/:;\s"'<>“]{1,100}=[^\r\n]*$/,
    plain: formValue,
  },
  // An address within an address.
  {
    name: /(?:%3F|%26|%23|%3B)([^=?&;#\s"'<>%]{1,100})%3D/gi,
    value: /(?:(?!%26|%23|%3B)[^&;#\s"'<>…”])*/iy,
    plain: (value) => formValue(formValue(value)),
  },
  // Within a text of JSON each quote has a backslash.
  {
    name: /["']([^"'\\]{1,100})\\{0,3}["']\s{0,20}(?::|=>)\s{0,20}\\{0,3}["']?/g,
    value:
      /(?<=\\["'])[^"'\\]*(?:\\(?!["'])[^"'\\]*)*|(?<=")[^"\\]*(?:\\[\s\S][^"\\]*)*|(?<=')[^'\\]*(?:\\[\s\S][^'\\]*)*|(?!true|false|null)[\w.+-]*/y,
    plain: jsonValue,
  },
  {
    name: /form-data;[^\r\n]{0,300}?[; ]name="?([^"\r\n;]{1,100})"?[^\r\n]{0,200}\r?\n(?:[^\r\n]{1,300}\r?\n){0,3}\r?\n/gi,
    value: /[\s\S]*?(?=\r?\n--[^\r\n]{1,100}(?:\r?\nContent-|--(?:\r?\n|$))|$)/iy,
    plain: same,
  },
  { name: /\/\/[^/?#\s:@"'<>]{0,100}(:)/g, value: /[^/?#\s@"'<>]+(?=@)/y, plain: formValue },
];

type IsSecret = (name: string) => boolean;

function* fieldsBy({ name, value, texts, plain }: Grammar, text: string, isSecret: IsSecret): Generator<Field> {
  if (texts && !texts.test(text)) return;
  name.lastIndex = 0;
  for (let found = name.exec(text); found; found = name.exec(text)) {
    const [, written = ""] = found;
    // The password in an address has no name.
    const called = written === ":" ? "password" : percentDecode(latin1(written)).value;
    if (!isSecret(called)) continue; // its value may reach to the end of the text
    const from = name.lastIndex;
    value.lastIndex = from;
    const [secret = ""] = value.exec(text) ?? [];
    name.lastIndex += secret.length;
    yield { name: called, from, to: from + secret.length, plain };
  }
}

const attribute = /\b([\w-]{1,100})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/dg;

/** The inputs and the meta tags of a page. The name may come behind the value. */
function* inputsIn(text: string, isSecret: IsSecret): Generator<Field> {
  for (const tag of text.matchAll(/<(?:input|meta)\b[^<>]{0,4000}/gi)) {
    const attributes = [...tag[0].matchAll(attribute)];
    const named = attributes.find(([, name]) => name?.toLowerCase() === "name");
    const valued = attributes.find(([, name]) => /^(?:value|content)$/i.test(name ?? ""));
    const [from, to] = valued?.indices?.slice(2).find((place) => place !== undefined) ?? [0, 0];
    const name = named?.slice(2).find((part) => part !== undefined);
    if (name !== undefined && isSecret(name)) yield { name, from: tag.index + from, to: tag.index + to, plain: same };
  }
}

/** Replaces the values of fields that have a secret's name by what `masked` makes of them. */
export function maskFields(
  text: string,
  isSecret: IsSecret,
  masked: (value: string, name: string, plain: Field["plain"]) => string,
): string {
  const byGrammar = grammars.map((grammar) => (shown: string) => fieldsBy(grammar, shown, isSecret));
  return [...byGrammar, (shown: string) => inputsIn(shown, isSecret)].reduce((shown, fieldsOf) => {
    const parts: string[] = [];
    let shownTo = 0;
    for (const { name, from, to, plain } of fieldsOf(shown)) {
      if (to === from) continue;
      parts.push(shown.slice(shownTo, from), masked(shown.slice(from, to), name, plain));
      shownTo = to;
    }
    return parts.join("") + shown.slice(shownTo);
  }, text);
}

/** The values of those that have a secret's name, as bytes that a script gets. */
export function fieldsIn(
  text: ByteString,
  isSecret: IsSecret,
): readonly { readonly name: string; readonly value: ByteString }[] {
  const found: { name: string; value: ByteString }[] = [];
  maskFields(text, isSecret, (value, name, plain) => {
    found.push({ name, value: plain(latin1(value)) });
    return value;
  });
  return found;
}
