// The controls of a page's forms, with the places of their tags. Tokens alone, without a tree: the
// parser's time grows with the square of a page's depth. A control belongs to the form that is
// open, as browsers take it also within tables. Places count bytes; names and values are decoded.
import { type Token, type TokenHandler, Tokenizer, TokenizerMode } from "parse5";
import type { ByteString } from "../../contract/bytes-text.js";
import { decodeText } from "../../protocol/charset.js";

interface Place {
  readonly from: number;
  readonly to: number;
}
export interface PageTag {
  /** `name` and `value` are decoded; of the others, nothing matters that is not ASCII. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Where each attribute is written, its value included. */
  readonly places: ReadonlyMap<string, Place>;
  /** The end of the tag's name. */
  readonly nameTo: number;
}
interface PageOption {
  readonly tag: PageTag;
  value: string;
}
export type Control = { readonly name: string; readonly tag: PageTag } & (
  | { readonly is: "input" }
  | { readonly is: "textarea"; readonly text: Place }
  | { readonly is: "select"; readonly options: readonly PageOption[] }
);

/** Their contents are no tags. */
const modes: ReadonlyMap<string, Tokenizer["state"]> = new Map([
  ["textarea", TokenizerMode.RCDATA],
  ["title", TokenizerMode.RCDATA],
  ["script", TokenizerMode.SCRIPT_DATA],
  ...["style", "xmp", "iframe", "noembed", "noframes"].map((name) => [name, TokenizerMode.RAWTEXT] as const),
]);

const controlTags: ReadonlySet<string> = new Set(["input", "textarea", "select", "option"]);

/**
 * The controls of each form that a browser would send, and those of no form last. `html`: the bytes of the page, of an
 * encoding that extends ASCII.
 */
export function formsOf(html: ByteString, charset: string): readonly (readonly Control[])[] {
  const reader = new FormReader(charset);
  const tokenizer = new Tokenizer({ sourceCodeLocationInfo: true }, reader);
  reader.onMode = (mode) => {
    tokenizer.state = mode;
  };
  tokenizer.write(marked(html), true);
  return [...reader.forms, reader.outside];
}

/** Bytes above ASCII, moved where no character is: the tokenizer then tells "ü" as a byte from "ü" as a reference. */
const marked = (html: ByteString): string =>
  html.replace(/[\x80-\xff]/g, (byte) => String.fromCharCode(markedFrom + byte.charCodeAt(0)));
const markedFrom = 0xf700;

/** The characters of a marked text. ASCII is decoded too: in some charsets it can be the second byte of a character. */
const unmarked = (text: string, charset: string): string =>
  /[\uf780-\uf7ff]/.test(text)
    ? text.replace(/[\0-\x7f\uf780-\uf7ff]+/g, (marks) => decodeText(lowBytes(marks), charset))
    : text;
const lowBytes = (text: string): Uint8Array => Buffer.from(text, "latin1"); // Node drops the rest of each character

class FormReader implements TokenHandler {
  readonly forms: Control[][] = [];
  readonly outside: Control[] = [];
  onMode: (mode: Tokenizer["state"]) => void = () => undefined;
  readonly #charset: string;
  #form: Control[] | null = null;
  #options: PageOption[] | null = null;
  /** An option without a value has its text, HTML §4.10.10. */
  #option: PageOption | null = null;
  #textarea: { readonly name: string; readonly tag: PageTag; readonly from: number } | null = null;

  constructor(charset: string) {
    this.#charset = charset;
  }

  onStartTag(token: Token.TagToken): void {
    this.#endOption();
    const mode = modes.get(token.tagName);
    if (mode !== undefined) this.onMode(mode);
    const tag = controlTags.has(token.tagName) ? tagOf(token, this.#charset) : null;
    const name = tag?.attributes.get("name") ?? "";
    switch (token.tagName) {
      case "form":
        this.#beginForm();
        break;
      case "input":
        if (tag) this.#add({ is: "input", name, tag });
        break;
      case "textarea":
        if (tag && token.location) this.#textarea = { name, tag, from: token.location.endOffset };
        break;
      case "select":
        this.#options = [];
        if (tag) this.#add({ is: "select", name, tag, options: this.#options });
        break;
      case "option":
        if (tag && this.#options) this.#option = { tag, value: tag.attributes.get("value") ?? "" };
    }
  }

  onEndTag({ tagName, location }: Token.TagToken): void {
    this.#endOption();
    if (tagName === "form") this.#form = null;
    if (tagName === "select") this.#options = null;
    if (tagName !== "textarea" || !this.#textarea || !location) return;
    const { from, ...control } = this.#textarea;
    this.#add({ is: "textarea", ...control, text: { from, to: location.startOffset } });
    this.#textarea = null;
  }

  onCharacter({ chars }: Token.CharacterToken): void {
    if (this.#option && !this.#option.tag.attributes.has("value")) this.#option.value += chars;
  }
  onWhitespaceCharacter(token: Token.CharacterToken): void {
    this.onCharacter(token);
  }
  onNullCharacter(): void {}
  onComment(): void {}
  onDoctype(): void {}
  onEof(): void {
    this.#endOption();
  }

  /** Within another one it is none. */
  #beginForm(): void {
    if (this.#form !== null) return;
    this.#form = [];
    this.forms.push(this.#form);
  }

  #endOption(): void {
    const option = this.#option;
    this.#option = null;
    if (!option) return;
    if (!option.tag.attributes.has("value"))
      option.value = unmarked(option.value.replace(/[\t\n\f\r ]+/g, " ").trim(), this.#charset);
    this.#options?.push(option);
  }

  #add(control: Control): void {
    if (control.name !== "" && !control.tag.attributes.has("disabled")) (this.#form ?? this.outside).push(control);
  }
}

function tagOf({ tagName, attrs, location }: Token.TagToken, charset: string): PageTag | null {
  if (!location) return null;
  return {
    attributes: new Map(
      attrs.map(({ name, value }) => [name, name === "name" || name === "value" ? unmarked(value, charset) : value]),
    ),
    places: new Map(
      Object.entries(location.attrs ?? {}).map(([name, { startOffset, endOffset }]) => [
        name,
        { from: startOffset, to: endOffset },
      ]),
    ),
    nameTo: location.startOffset + 1 + tagName.length,
  };
}
