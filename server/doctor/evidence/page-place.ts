// Where in an HTML page a value of the client stands, and whether it ends what it stands in.

export type PagePlace = "text" | "attribute" | "comment" | "element";

/** `[from, to]` of a page: a value may begin in it or right behind it. */
interface Stretch {
  readonly place: PagePlace;
  readonly from: number;
  readonly to: number;
  /** What ends it; "" for text, which any tag ends. */
  readonly end: string;
}
interface Placed {
  readonly at: number;
  readonly value: string;
  readonly place: PagePlace;
}

/** Elements whose content is text: only their own end ends them. */
const textElements = /^(?:script|style|textarea|title|xmp|iframe|noembed|noframes)$/;
/** At most so many places of a value are looked at. */
const maxPlaces = 1000;
const tagBegins = /<[A-Za-z!/]/;

/** The first value that is a part of the page's markup; null: there is none. */
export function markupPlace(page: string, values: readonly string[]): Placed | null {
  const places = values.flatMap((value) => [...placesOf(page, value)]).sort((a, b) => a.at - b.at);
  let nth = 0;
  for (const { place, from, to, end } of stretches(page)) {
    for (let next = places[nth]; next !== undefined && next.at <= to; next = places[++nth]) {
      const { at, value } = next;
      if (at < from) continue;
      if (end === "" ? tagBegins.test(value) : value.toLowerCase().includes(end)) return { at, value, place };
    }
    if (nth >= places.length) return null;
  }
  return null;
}

function* placesOf(page: string, value: string): Generator<{ at: number; value: string }> {
  let at = page.indexOf(value);
  for (let count = 0; at >= 0 && count < maxPlaces; count++) {
    yield { at, value };
    at = page.indexOf(value, at + value.length);
  }
}

/** The page's texts, attributes and comments: what is between them is tags. */
function* stretches(page: string): Generator<Stretch> {
  const lower = page.toLowerCase();
  const endOf = (what: string, from: number): number => {
    const at = lower.indexOf(what, from);
    return at < 0 ? page.length : at;
  };
  const begin = /<[A-Za-z!/]/g;
  const nameOf = /<(\/?)([a-z][^\s/>]*)?/y;
  let at = 0;
  while (at < page.length) {
    begin.lastIndex = at;
    const open = begin.exec(page)?.index ?? page.length;
    yield { place: "text", from: at, to: open, end: "" };
    if (page.startsWith("<!--", open)) {
      at = endOf("-->", open + 4);
      yield { place: "comment", from: open + 4, to: at, end: "-->" };
      at += 3;
      continue;
    }
    nameOf.lastIndex = open;
    const [whole = "", slash = "", name = ""] = nameOf.exec(lower) ?? [];
    at = open + whole.length;
    let isValue = false;
    while (at < page.length && page[at] !== ">") {
      const char = page[at] ?? "";
      if (isValue && (char === '"' || char === "'")) {
        const to = endOf(char, at + 1);
        yield { place: "attribute", from: at + 1, to, end: char };
        at = to;
      }
      isValue = char === "=" || (isValue && /\s/.test(char));
      at++;
    }
    at++;
    if (slash === "" && textElements.test(name)) {
      const to = endOf(`</${name}`, at);
      yield { place: "element", from: at, to, end: `</${name}` };
      at = to;
    }
  }
}
