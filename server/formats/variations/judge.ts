// Whether a response is what it should be, and how it differs from the first one beside the value itself.
import type { ByteString } from "../../contract/bytes-text.js";
import { percentEncode } from "../../protocol/percent.js";
import type { VariedValue } from "./varied-value.js";

/** How pages write a double and a single quote, by the language or the library that writes them. */
const quotes = [
  ["&quot;", "&#39;"],
  ["&quot;", "&#x27;"],
  ["&quot;", "&#039;"],
  ["&quot;", "&apos;"],
  ["&#34;", "&#39;"],
  ["&quot;", "'"],
  ['"', "'"],
] as const;
const inPage = (text: string, [double, single]: (typeof quotes)[number]): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', double)
    .replaceAll("'", single);

/** In which the value may come back, the longest first. */
function formsOf({ bytes, isSpelled }: VariedValue): readonly string[] {
  const forms = bytes.flatMap((text) => [
    text,
    ...quotes.map((pair) => inPage(text, pair)),
    isSpelled ? text : text.replace(/[^\w.~-]/g, percentEncode),
  ]);
  return [...new Set(forms)].filter((form) => form !== "").sort((a, b) => b.length - a.length);
}

/** The body without the values in it. */
export const withoutValues = (body: string, values: readonly VariedValue[]): string =>
  values.flatMap(formsOf).reduce((rest, form) => rest.replaceAll(form, "\0"), body);

export const comesBack = (body: string, values: readonly VariedValue[]): boolean =>
  values.every((value) => formsOf(value).some((form) => body.includes(form)));

const tag = "<svg onload=probe()>";
/** In a tag: the value's quote has ended an attribute that began with the same kind of quote. */
const attributes = [
  /<(?:[^<>"']|"[^<>"]*"|'[^<>']*')*"[^<>"]*" onfocus="probe\(\)/,
  /<(?:[^<>"']|"[^<>"]*"|'[^<>']*')*'[^<>']*' onfocus='probe\(\)/,
];

/** Where markup of a value stands on the page as markup; null: nowhere. */
export function markupAt(body: ByteString, contentType: string): number | null {
  if (!/html|xml/i.test(contentType)) return null;
  const places = [body.indexOf(tag), ...attributes.map((pattern) => body.search(pattern))].filter((at) => at >= 0);
  return places.length === 0 ? null : Math.min(...places);
}
