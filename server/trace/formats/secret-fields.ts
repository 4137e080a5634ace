// Fields with a secret's name in text and in bodies: of queries, forms, cookies and parts, of JSON, of HTML; and the
// password in an address.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1, utf8 } from "../../protocol/byte-string.js";
import { percentDecode } from "../../protocol/percent.js";

interface Grammar {
  /** From the field's name, which is the group, to its value. Bounded, so that it takes linear time. */
  readonly name: RegExp;
  readonly value: RegExp;
  /** What the value stands for. */
  readonly plain: (value: ByteString) => ByteString;
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
  { name: /(?:^|[?&;])([^=?&;#\s"'<>]{1,100})=/gm, value: /[^&;#\s"'<>…”]*/y, plain: formValue },
  {
    name: /["']([^"'\\]{1,100})["']\s{0,20}(?::|=>)\s{0,20}["']?/g,
    value: /(?<=")[^"\\]*(?:\\[\s\S][^"\\]*)*|(?<=')[^'\\]*(?:\\[\s\S][^'\\]*)*|(?!true|false|null)[\w.+-]*/y,
    plain: jsonValue,
  },
  {
    name: /form-data; name="([^"\r\n]{1,100})"[^\r\n]{0,200}\r\n(?:[^\r\n]{1,300}\r\n){0,3}\r\n/g,
    value: /[\s\S]*?(?=\r\n--|$)/y,
    plain: same,
  },
  {
    name: /<(?:input|meta)\b[^<>]{0,100}?\bname=["']?([^"'\s<>]{1,100})(?![^"'\s<>])[^<>]{0,100}?\b(?:value|content)=["']?/gi,
    value: /[^"'<>]*/y,
    plain: same,
  },
  { name: /\/\/[^/?#\s:@"'<>]{0,100}(:)/g, value: /[^/?#\s@"'<>]+(?=@)/y, plain: formValue },
];

/** With what `masked` makes of the values of those that have a secret's name. */
export function maskFields(
  text: string,
  isSecret: (name: string) => boolean,
  masked: (value: string, name: string, plain: Grammar["plain"]) => string,
): string {
  return grammars.reduce((shown, { name, value, plain }) => {
    const parts: string[] = [];
    let from = 0;
    name.lastIndex = 0;
    for (let found = name.exec(shown); found; found = name.exec(shown)) {
      const written = found[1] ?? "";
      // The password in an address has no name.
      const called = written === ":" ? "password" : percentDecode(latin1(written)).value;
      if (!isSecret(called)) continue;
      value.lastIndex = name.lastIndex;
      const [secret = ""] = value.exec(shown) ?? [];
      if (secret === "") continue;
      parts.push(shown.slice(from, name.lastIndex), masked(secret, called, plain));
      from = name.lastIndex += secret.length;
    }
    return parts.join("") + shown.slice(from);
  }, text);
}

/** The values of those that have a secret's name, as bytes that a script gets. */
export function fieldsIn(
  text: ByteString,
  isSecret: (name: string) => boolean,
): readonly { readonly name: string; readonly value: ByteString }[] {
  const found: { name: string; value: ByteString }[] = [];
  maskFields(text, isSecret, (value, name, plain) => {
    found.push({ name, value: plain(latin1(value)) });
    return value;
  });
  return found;
}
