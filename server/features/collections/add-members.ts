// Adds environments and their values to the text of a JSON file. Every byte that was there stays; new lines have the
// indentation and the line ends of the others.
import { createScanner } from "jsonc-parser";
import type { Environments } from "../../formats/http-file/environments.js";

/** Where an object is in the text. */
interface Place {
  open: number;
  /** Its first member; null: it has none. */
  first: number | null;
  /** Behind its last member. */
  end: number;
  close: number;
}

interface Style {
  /** One level of indentation. */
  readonly unit: string;
  readonly lineEnd: string;
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** `text`: an object of objects. `added`: nothing that they have already. */
export function withMembers(text: string, added: Environments): string {
  const { root, environments } = placesIn(text);
  const style: Style = {
    unit: /^[ \t]+(?=\S)/m.exec(text)?.[0] ?? "  ",
    lineEnd: text.includes("\r\n") ? "\r\n" : "\n",
  };
  const outer = indentIn(text, root, style.unit);
  const within = outer === null ? null : outer + style.unit;
  const replacements: Replacement[] = [];
  const others: string[] = [];
  for (const [name, values] of added) {
    const place = environments.get(name);
    const indent = place === undefined ? outer : indentIn(text, place, within);
    if (place === undefined) others.push(member([name, Object.fromEntries(values)], indent, style));
    else if (values.size > 0) {
      const members = [...values].map((pair) => member(pair, indent, style));
      replacements.push(withMore(place, members, indent, `${style.lineEnd}${outer}`, style));
    }
  }
  if (others.length > 0) replacements.push(withMore(root, others, outer, style.lineEnd, style));
  let result = "";
  let at = 0;
  for (const one of replacements.toSorted((a, b) => a.from - b.from)) {
    result += text.slice(at, one.from) + one.text;
    at = one.to;
  }
  return result + text.slice(at);
}

/** The indentation of an object's members; null: they are on one line. `usual`: of an object without any. */
function indentIn(text: string, { open, first }: Place, usual: string | null): string | null {
  if (first === null) return usual;
  const before = text.slice(open + 1, first);
  return before.includes("\n") ? before.slice(before.lastIndexOf("\n") + 1) : null;
}

/** `beforeClose`: of an object that had no members, if each gets a line. */
function withMore(
  { open, first, end, close }: Place,
  members: readonly string[],
  indent: string | null,
  beforeClose: string,
  { lineEnd }: Style,
): Replacement {
  const between = indent === null ? " " : `${lineEnd}${indent}`;
  const list = members.join(`,${between}`);
  if (first !== null) return { from: end, to: end, text: `,${between}${list}` };
  return { from: open + 1, to: close, text: indent === null ? list : `${between}${list}${beforeClose}` };
}

function member([name, value]: readonly [string, unknown], indent: string | null, { unit, lineEnd }: Style): string {
  const written = JSON.stringify(value, null, indent === null ? "" : unit);
  return `${JSON.stringify(name)}: ${written.replaceAll("\n", `${lineEnd}${indent}`)}`;
}

/** Of two environments with one name the last one, which `JSON.parse` takes. Values may lie at any depth. */
function placesIn(text: string): { readonly root: Place; readonly environments: ReadonlyMap<string, Place> } {
  const scanner = createScanner(text, true);
  const environments = new Map<string, Place>();
  const root = placeAt(0);
  let depth = 0;
  let before = 0;
  let name = "";
  let environment = root;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const offset = scanner.getTokenOffset();
    const begins = text[offset];
    const place = depth === 1 ? root : depth === 2 ? environment : null;
    if (begins === "}" || begins === "]") {
      if (place !== null) Object.assign(place, { end: before, close: offset });
      depth -= 1;
    } else {
      if (place !== null) place.first ??= offset;
      if (begins === "{" || begins === "[") {
        depth += 1;
        if (depth === 1) root.open = offset;
        if (depth === 2) {
          environment = placeAt(offset);
          environments.set(name, environment);
        }
      } else if (depth === 1 && begins === '"') name = scanner.getTokenValue();
    }
    before = offset + scanner.getTokenLength();
  }
  return { root, environments };
}

const placeAt = (open: number): Place => ({ open, first: null, end: open + 1, close: open + 1 });
