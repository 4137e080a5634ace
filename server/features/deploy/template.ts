// The kit's files are templates: {{name}} is a value in the quotes of its format, {{{name}}} one as it is.
// {{#name}} … {{/name}} is there for each item of a list, or if the value is true; {{?name}} once, if there is
// anything; {{^name}} if there is nothing.
export type View = { readonly [name: string]: string | number | boolean | readonly View[] | readonly string[] };
type Quote = (text: string) => string;

/** Of whole lines, or of one whole line. */
const inLines = [
  /^[ \t]*\{\{(?<sign>[#^?])(?<name>\w+)\}\}\n(?<inner>[\s\S]*?)^[ \t]*\{\{\/\k<name>\}\}\n/m,
  /^\{\{(?<sign>[#^?])(?<name>\w+)\}\}(?<line>(?:(?!\{\{\/\k<name>\}\}).)*)\{\{\/\k<name>\}\}\n/m,
];
const withinLine = [/\{\{(?<sign>[#^?])(?<name>\w+)\}\}(?<inner>.*?)\{\{\/\k<name>\}\}/];

/** Names that an item does not have are those around it. @throws Error for a name that nobody knows */
export function fill(template: string, view: View, quote: Quote, sections = inLines): string {
  const [found] = sections
    .map((section) => section.exec(template))
    .filter((match) => match !== null)
    .toSorted((a, b) => a.index - b.index);
  const rest = (text: string) =>
    sections === inLines ? fill(text, view, quote, withinLine) : values(text, view, quote);
  if (found === undefined) return rest(template);
  const { sign = "", name = "", line, inner = `${line}\n` } = found.groups ?? {};
  const filled = viewsFor(sign, given(view, name), view).map((each) => fill(inner, each, quote, sections));
  const after = template.slice(found.index + found[0].length);
  return rest(template.slice(0, found.index)) + filled.join("") + fill(after, view, quote, sections);
}

/** One for each time that a section is there. */
function viewsFor(sign: string, value: View[string], view: View): readonly View[] {
  const items = Array.isArray(value) ? value : value === false || value === "" || value === 0 ? [] : [{}];
  if (sign === "^") return items.length === 0 ? [view] : [];
  if (sign === "?") return items.length === 0 ? [] : [view];
  return items.map((item) => (typeof item === "string" ? { ...view, item } : { ...view, ...item }));
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
