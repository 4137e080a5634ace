// The kit's files are templates: {{name}} is a value in the quotes of its format, {{{name}}} one as it is, and
// {{#name}} … {{/name}} is there for each item of a list, or if the value is true; {{^name}} if it is not.
export type View = { readonly [name: string]: string | number | boolean | null | readonly View[] | readonly string[] };
type Quote = (text: string) => string;

const section = /^[ \t]*\{\{([#^])(\w+)\}\}[ \t]*\n([\s\S]*?)^[ \t]*\{\{\/\2\}\}[ \t]*\n/m;
const inLine = /\{\{([#^])(\w+)\}\}(.*?)\{\{\/\2\}\}/;

/** Names that are missing in the view are looked up in those around it. @throws Error for a name that nobody knows */
export function fill(template: string, view: View, quote: Quote): string {
  const [found] = [section.exec(template), inLine.exec(template)]
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index);
  if (found === undefined) return values(template, view, quote);
  const [all, sign, name = "", inner = ""] = found;
  const value = given(view, name);
  const isThere = Array.isArray(value) ? value.length > 0 : Boolean(value);
  const items: readonly View[] = !Array.isArray(value)
    ? [view]
    : value.map((item) => (typeof item === "string" ? { ...view, item } : { ...view, ...item }));
  const filled =
    sign === "^"
      ? isThere
        ? ""
        : fill(inner, view, quote)
      : isThere
        ? items.map((item) => fill(inner, item, quote)).join("")
        : "";
  const before = template.slice(0, found.index);
  return values(before, view, quote) + filled + fill(template.slice(found.index + all.length), view, quote);
}

const values = (text: string, view: View, quote: Quote): string =>
  text.replace(/\{\{\{(\w+)\}\}\}|\{\{(\w+)\}\}/g, (_, raw?: string, quoted?: string) =>
    raw === undefined ? quote(String(given(view, quoted ?? ""))) : String(given(view, raw)),
  );

function given(view: View, name: string): View[string] {
  const value = view[name];
  if (value === undefined) throw new Error(`a template names “${name}”, which nothing gives`);
  return value;
}
