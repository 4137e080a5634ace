// DBGp, which Xdebug speaks: commands as lines, answers as XML, each with its length and between NULs.
import type { Socket } from "node:net";
import { TextConnection } from "./command-connection.js";
import { cut } from "./translated-link.js";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export class DbgpConnection extends TextConnection<XmlElement> {
  readonly #onMessage: (message: XmlElement) => void;

  /** `onMessage` gets each message that answers no command. */
  constructor(socket: Socket, onMessage: (message: XmlElement) => void) {
    super(socket, socket, "\0");
    this.#onMessage = onMessage;
  }

  /** `data` goes along in Base64. @throws Refusal */
  async send(command: string, args: Readonly<Record<string, string | number>> = {}, data = ""): Promise<XmlElement> {
    const words = Object.entries(args).map(([name, value]) => ` -${name} ${value}`);
    const coded = data === "" ? "" : ` -- ${Buffer.from(data).toString("base64")}`;
    return this.ask((id) => `${command} -i ${id}${words.join("")}${coded}\0`);
  }

  protected take(text: string): boolean {
    if (/^\d+$/.test(text)) return true; // the length of the next one
    const message = parseXml(text);
    if (message === null) return false;
    const { transaction_id: id } = message.attributes;
    const error = message.children.find(({ name }) => name === "error");
    if (id === undefined) this.#onMessage(message);
    else this.answered(Number(id), message, error ? (error.children[0]?.text ?? "") : null);
    return true;
  }
}

const part =
  /<\?[^>]*\?>|<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<(?<ends>\/)?(?<name>[\w:]+)(?<attributes>(?:\s+[\w:]+="[^"]*")*)\s*(?<isEmpty>\/)?>|(?<text>[^<]+)/g;

/** Parses the small part of XML that Xdebug writes; null: there is no element. */
function parseXml(xml: string): XmlElement | null {
  const top = { name: "", attributes: {}, children: [] as XmlElement[], text: "" };
  const open = [top];
  for (const { groups = {} } of xml.matchAll(part)) {
    const { data, ends, name, attributes = "", isEmpty, text } = groups;
    const within = open.at(-1) ?? top;
    if (data !== undefined || text !== undefined) within.text += data ?? unescaped(text ?? "");
    else if (ends) open.pop();
    else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w:]+)="([^"]*)"/g)];
      const values = Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, unescaped(value)]));
      const element = { name, attributes: values, children: [], text: "" };
      within.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  return top.children[0] ?? null;
}

const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,6})|(\w+));/g, (whole, number, name) =>
    number === undefined ? (characters[name] ?? whole) : String.fromCodePoint(Number(number)),
  );

const rawText = ({ text, attributes: { encoding } }: XmlElement): string =>
  encoding === "base64" ? Buffer.from(text, "base64").toString() : text;

export const isSet = (property: XmlElement): boolean => rawText(property) === "1";

/** A value of PHP as text. `isQuoted`: a string is shown as one. */
export function propertyText(property: XmlElement, isQuoted: boolean): string {
  const { type, classname = "object", numchildren } = property.attributes;
  const raw = rawText(property);
  switch (type) {
    case "string":
      return cut(isQuoted ? JSON.stringify(raw) : raw);
    case "array":
      return `array(${numchildren})`;
    case "object":
      return classname;
    case "bool":
      return String(isSet(property));
    case "null":
      return "null";
    case "uninitialized":
      return "(not set)";
    default:
      return cut(raw);
  }
}
