// The page that a form was sent from, with the form's controls filled in again from the body that was recorded. Only
// attributes and the texts of text areas are replaced: every other byte of the page stays as it was, whatever its
// encoding. Non-ASCII characters are written as references, which mean the same in each.
import type { ByteString } from "../../contract/bytes-text.js";
import { charsetFor, rawFormFields } from "../../formats/form-fields.js";
import { byteString, fromBytes, toBytes } from "../../protocol/byte-string.js";
import { charsetOf, decodeText } from "../../protocol/charset.js";
import { type Control, formsOf, type PageTag } from "./page-forms.js";

export interface FilledPage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Controls that hold a recorded value now. */
  readonly controls: number;
}

export interface SentForm {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Replaces the characters `[from, to)`. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Values by their field's name, in the order of the body. */
type Values = ReadonlyMap<string, readonly string[]>;

/** Null when the page has no form with any of the fields. The encoding of the page is one that extends ASCII. */
export function filledPage(page: Uint8Array, sent: SentForm): FilledPage | null {
  const { values, charset } = valuesOf(sent);
  if (values.size === 0) return null;
  const html = fromBytes(page);
  // Browsers send a form in the charset of its page.
  const forms = formsOf(html, charset).map((controls) => ({
    controls,
    names: new Set(controls.map(({ name }) => name)),
  }));
  const known = (names: ReadonlySet<string>): number => [...values.keys()].filter((name) => names.has(name)).length;
  const best = forms.toSorted((a, b) => known(b.names) - known(a.names))[0];
  if (!best || known(best.names) === 0) return null;
  const { edits, controls } = editsFor(best.controls, values);
  return { bytes: toBytes(edited(html, edits)), controls };
}

function valuesOf({ contentType, body }: SentForm): { readonly values: Values; readonly charset: string } {
  const raw = rawFormFields(contentType, body)?.fields ?? [];
  const { charset } = charsetFor(raw, charsetOf(contentType));
  const text = (bytes: ByteString): string => decodeText(toBytes(bytes), charset);
  const values = new Map<string, string[]>();
  for (const field of raw) {
    if (field.file !== null) continue; // no page can fill in a file
    const name = text(field.name);
    const before = values.get(name);
    if (before) before.push(text(field.value));
    else values.set(name, [text(field.value)]);
  }
  return { values, charset };
}

function editsFor(
  all: readonly Control[],
  values: Values,
): { readonly edits: readonly Edit[]; readonly controls: number } {
  const used = new Map<string, number>();
  const next = (name: string): string | null => {
    const nth = used.get(name) ?? 0;
    used.set(name, nth + 1);
    return values.get(name)?.[nth] ?? null;
  };
  let controls = 0;
  const edits = all.flatMap((control): readonly Edit[] => {
    const { name, tag } = control;
    const sent = values.get(name);
    if (control.is === "select") {
      if (!sent) return [];
      controls++;
      return control.options.flatMap((option) => flagged(option.tag, "selected", sent.includes(option.value)));
    }
    const type = control.is === "input" ? (tag.attributes.get("type") ?? "text").toLowerCase() : "textarea";
    if (type === "checkbox" || type === "radio") {
      const isOn = sent?.includes(tag.attributes.get("value") ?? "on") ?? false;
      if (isOn) controls++;
      return flagged(tag, "checked", isOn);
    }
    if (/^(?:submit|image|button|reset|file)$/.test(type)) return [];
    const value = next(name);
    if (value === null) return [];
    controls++;
    return control.is === "textarea" ? withText(control.text, value) : withAttribute(tag, "value", value);
  });
  return { edits, controls };
}

function withAttribute(tag: PageTag, name: string, value: string | null): Edit[] {
  const written = value === null ? name : `${name}="${escaped(value)}"`;
  const before = tag.places.get(name);
  if (before) return [{ ...before, text: written }];
  return [{ from: tag.nameTo, to: tag.nameTo, text: ` ${written}` }];
}

function flagged(tag: PageTag, name: "checked" | "selected", isOn: boolean): Edit[] {
  if (isOn) return withAttribute(tag, name, null);
  const before = tag.places.get(name);
  return before ? [{ ...before, text: "" }] : [];
}

/** The first line feed of a text area is not part of it (HTML §13.2.6.4.7). */
const withText = (place: { readonly from: number; readonly to: number }, value: string): Edit[] => [
  { ...place, text: `\n${escaped(value.replaceAll("\r\n", "\n"))}` },
];

/** In ASCII, for an attribute in quotation marks or for text. C1 controls have no reference (HTML §13.2.5.80). */
const escaped = (text: string): string =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code >= 0x7f && code <= 0x9f) return "&#65533;";
      const isPlain = (code >= 0x20 && code < 0x7f && !"&<>\"'".includes(character)) || character === "\n";
      return isPlain ? character : `&#${code};`;
    })
    .join("");

function edited(html: string, edits: readonly Edit[]): ByteString {
  let text = "";
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    text += html.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return byteString(text + html.slice(at));
}
