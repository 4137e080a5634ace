// What the bodies of CGI have in common, by which another body is judged: a word that CGI itself does not repeat may be
// any word there, or else a line any line; of a very long line the beginning and the end are CGI's. Only the part in
// which they differ is taken apart.

/** What a body is taken apart into. Every character is in a unit. */
interface Units {
  readonly unit: RegExp;
  /** A part of more characters is not taken apart into these units. */
  readonly most: number;
  /** The end of the last unit that more text after it would not change; 0: there is none. */
  readonly lastEnd: (text: string) => number;
  /** The end of the first unit that is certainly whole; 0: there is none. */
  readonly firstEnd: (text: string) => number;
}

const betweenWords = /[^\w+/=-]/;
const words: Units = {
  unit: /[\w+/=-]+|[^\w+/=-]/g,
  most: 1 << 20, // of binary data, each byte can be one
  lastEnd: (text) => {
    let end = text.length;
    while (end > 0 && !betweenWords.test(text.charAt(end - 1))) end--;
    return end;
  },
  firstEnd: (text) => text.search(betweenWords) + 1,
};
const lines: Units = {
  unit: /[^\n]*\n|[^\n]+/g,
  most: Number.POSITIVE_INFINITY,
  lastEnd: (text) => text.lastIndexOf("\n") + 1,
  firstEnd: (text) => text.indexOf("\n") + 1,
};

/** What texts begin and end with, all of them. */
interface Ends {
  readonly begin: string;
  readonly end: string;
}
const anything: Ends = { begin: "", end: "" };

/** All bodies begin with `prefix` and end with `suffix`. The part between is of equally many units in all bodies. */
interface Common {
  readonly prefix: string;
  readonly suffix: string;
  readonly unit: RegExp;
  /** Its ends alone: not every body has the same. */
  readonly units: readonly (string | Ends)[];
}

/** Bodies are bytes as characters. */
export class ExpectedBody {
  readonly #bodies: readonly string[];
  /** Null: the bodies have nothing in common by which another one could be judged. */
  readonly #common: Common | null;

  constructor(bodies: readonly string[]) {
    this.#bodies = bodies;
    this.#common = commonOf(bodies, words) ?? commonOf(bodies, lines);
  }

  /** Offset of the first byte that is none of CGI's; null: all are. */
  firstDifference(body: string): number | null {
    if (this.#common === null || this.#bodies.includes(body)) return null;
    const { prefix, suffix, unit, units } = this.#common;
    if (!body.startsWith(prefix)) return commonLength(prefix, body);
    let offset = prefix.length;
    for (const wanted of units) {
      unit.lastIndex = offset;
      const [found = ""] = unit.exec(body) ?? [];
      const difference = found === "" ? 0 : differenceIn(found, wanted);
      if (difference !== null) return offset + difference;
      offset += found.length;
    }
    const rest = body.slice(offset);
    return rest === suffix ? null : offset + commonLength(suffix, rest);
  }
}

/** Offset of a character of a unit that is not as wanted; null: all are. */
function differenceIn(found: string, wanted: string | Ends): number | null {
  if (found === wanted) return null;
  if (typeof wanted === "string") return commonLength(wanted, found);
  const { begin, end } = wanted;
  if (!found.startsWith(begin)) return commonLength(begin, found);
  if (found.slice(begin.length).endsWith(end)) return null;
  return Math.max(begin.length, found.length - 1 - commonEnd(end, found, end.length)); // the last one: lengths vary
}

/** Null: the numbers of units differ, or a part is too long for these units. */
function commonOf(bodies: readonly string[], units: Units): Common | null {
  const { unit, most } = units;
  const [prefix = ""] = bodies;
  if (bodies.every((body) => body === prefix)) return { prefix, suffix: "", unit, units: [] };
  const { begin, end } = endsOf(bodies, units);
  const between = bodies.map((body) => body.slice(begin.length, body.length - end.length));
  if (between.some(({ length }) => length > most)) return null;
  const [ofFirst = [], ...ofOthers] = between.map((text): readonly string[] => text.match(unit) ?? []);
  if (ofOthers.some(({ length }) => length !== ofFirst.length)) return null;
  return {
    prefix: begin,
    suffix: end,
    unit,
    units: ofFirst.map((one, index) => {
      const others = ofOthers.map((other) => other[index] ?? "");
      if (others.every((other) => other === one)) return one;
      const isLong = [one, ...others].some(({ length }) => length > words.most);
      return isLong ? endsOf([one, ...others], words) : anything;
    }),
  };
}

/** In whole units. */
function endsOf(texts: readonly string[], { lastEnd, firstEnd }: Units): Ends {
  const [first = ""] = texts;
  const from = lastEnd(first.slice(0, Math.min(...texts.map((text) => commonLength(first, text)))));
  const room = Math.min(...texts.map(({ length }) => length)) - from;
  const tail = first.slice(first.length - Math.min(...texts.map((text) => commonEnd(first, text, room))));
  return { begin: first.slice(0, from), end: firstEnd(tail) === 0 ? "" : tail.slice(firstEnd(tail)) };
}

function commonLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/** Of their ends, at most `most`. */
function commonEnd(one: string, other: string, most: number): number {
  let length = 0;
  while (length < most && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length))
    length++;
  return length;
}
