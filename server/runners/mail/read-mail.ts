// Reads what was caught into the part of a trace: headers decoded, parts, attachments. The parser is loaded with the
// first message.
import { toBytesText } from "../../base/decode-text.js";
import { errorText } from "../../base/error-text.js";
import { type CaughtMail, type Mail, maxMailItems, maxShownMailBytes } from "../../contract/mail.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { RawMail, RawMails } from "./mail-catcher.js";

export async function readMails({ messages, omitted }: RawMails): Promise<CaughtMail> {
  const read: Mail[] = [];
  for (const message of messages) read.push(await readMail(message));
  return { messages: read, omitted };
}

async function readMail({ args, bytes, isCut }: RawMail): Promise<Mail> {
  const text = fromBytes(bytes);
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const { email, decode, unread } = await parsed(bytes);
  const headers = (email?.headers ?? [])
    .slice(0, maxMailItems)
    .map(({ originalKey, value }): [string, string] => [originalKey, decode(value).slice(0, maxShownMailBytes)]);
  const ofHead = [email?.to, email?.cc, email?.bcc].flatMap((list) => list ?? []);
  const addressed = ofHead.flatMap((one) => one.group ?? [one]).map(({ address }) => address ?? "");
  const given = args.filter((arg, index) => !arg.startsWith("-") && !/^-[fFrXCNRB]$/.test(args[index - 1] ?? ""));
  const all = args.some((arg) => /^-\w*t/.test(arg)) ? [...given, ...addressed] : given;
  const texts = [
    { type: "text/plain", text: email?.text },
    { type: "text/html", text: email?.html },
  ].flatMap(({ type, text: content }) =>
    content === undefined
      ? []
      : [{ type, name: null, bytes: Buffer.byteLength(content), text: content.slice(0, maxShownMailBytes) }],
  );
  const attachments = (email?.attachments ?? []).slice(0, maxMailItems).map(({ mimeType, filename, content }) => ({
    type: mimeType,
    name: filename,
    text: null,
    bytes: typeof content === "string" ? Buffer.byteLength(content) : content.byteLength,
  }));
  const type = headers.find(([name]) => /^content-type$/i.test(name))?.[1] ?? "";
  return {
    args: args.map((arg) => toBytesText(byteString(arg))),
    recipients: [...new Set(all.filter((address) => address !== ""))].slice(0, maxMailItems),
    bytes: bytes.length,
    head: toBytesText(byteString(text.slice(0, Math.min(end, maxShownMailBytes)))),
    headers,
    charset: /;\s*charset="?([^";\s]+)/i.exec(type)?.[1] ?? null,
    is8Bit: /[\x80-\xff]/.test(text.slice(end)),
    isCut,
    parts: [...texts, ...attachments],
    unread,
  };
}

/** What is too deeply nested, or has too large a header, is not read. */
async function parsed(bytes: Uint8Array) {
  const { default: PostalMime, decodeWords } = await import("postal-mime");
  try {
    return { email: await PostalMime.parse(bytes), decode: decodeWords, unread: null };
  } catch (error) {
    return { email: null, decode: decodeWords, unread: errorText(error) };
  }
}
