// DBGp, which Xdebug speaks: commands as lines, answers as XML, each with its length and between NULs.
import type { Socket } from "node:net";
import { CommandConnection } from "./command-connection.js";

/** More is no message of Xdebug's. */
const maxMessageLength = 16 << 20;

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export class DbgpConnection extends CommandConnection<XmlElement> {
  readonly #onMessage: (message: XmlElement) => void;
  #rest = Buffer.alloc(0);

  /** `onMessage` gets each message that answers no command. */
  constructor(socket: Socket, onMessage: (message: XmlElement) => void) {
    super(socket, socket);
    this.#onMessage = onMessage;
  }

  /** `data` goes along in Base64. @throws Refusal */
  async send(command: string, args: Readonly<Record<string, string | number>> = {}, data = ""): Promise<XmlElement> {
    const words = Object.entries(args).map(([name, value]) => ` -${name} ${value}`);
    const coded = data === "" ? "" : ` -- ${Buffer.from(data).toString("base64")}`;
    return this.ask((id) => `${command} -i ${id}${words.join("")}${coded}\0`);
  }

  protected read(bytes: Buffer): boolean {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const end = this.#rest.indexOf(0);
      if (end < 0) return this.#rest.length < 10;
      const length = Number(this.#rest.toString("latin1", 0, end));
      if (!(length <= maxMessageLength)) return false;
      if (this.#rest.length < end + length + 2) return true;
      const message = parseXml(this.#rest.toString("utf8", end + 1, end + 1 + length));
      this.#rest = this.#rest.subarray(end + length + 2);
      if (message === null) return false;
      const { transaction_id: id } = message.attributes;
      const error = message.children.find(({ name }) => name === "error");
      if (id === undefined) this.#onMessage(message);
      else this.answered(Number(id), message, error ? (error.children[0]?.text ?? "") : null);
    }
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
