// What the bodies of CGI have in common, by which another body is judged: a word that CGI itself does not repeat may be
// any word there, or else a line any line. Only the part in which they differ is taken apart.

/** What a body is taken apart into. Every character is in a unit. */
interface Units {
  readonly unit: RegExp;
  /** A part of more characters is not taken apart into these units. */
  readonly most: number;
  /** Where the last unit ends that no further text can make longer; 0: there is none. */
  readonly lastEnd: (text: string) => number;
  /** Where the first one of them ends. */
  readonly firstEnd: (text: string) => number;
}

const betweenWords = /[^\w+/=-]/;
const words: Units = {
  unit: /[\w+/=-]+|[^\w+/=-]/g,
  most: 256 * 1024, // of binary data, each byte can be one
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

/** All bodies begin with `prefix` and end with `suffix`. Between them they have as many units. */
interface Common {
  readonly prefix: string;
  readonly suffix: string;
  readonly unit: RegExp;
  /** Null: not every body has the same. */
  readonly units: readonly (string | null)[];
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
      if (found === "" || (wanted !== null && found !== wanted)) return offset + commonLength(wanted ?? "", found);
      offset += found.length;
    }
    const rest = body.slice(offset);
    return rest === suffix ? null : offset + commonLength(suffix, rest);
  }
}

/** Null: the bodies do not have as many units, or there are too many to count. */
function commonOf(bodies: readonly string[], { unit, most, lastEnd, firstEnd }: Units): Common | null {
  const [first = ""] = bodies;
  const from = lastEnd(first.slice(0, Math.min(...bodies.map((body) => commonLength(first, body)))));
  const room = Math.min(...bodies.map(({ length }) => length)) - from;
  const tail = first.slice(first.length - Math.min(...bodies.map((body) => commonEnd(first, body, room))));
  const suffix = firstEnd(tail) === 0 ? "" : tail.slice(firstEnd(tail));
  const between = bodies.map((body) => body.slice(from, body.length - suffix.length));
  if (between.some(({ length }) => length > most)) return null;
  const [units = [], ...ofOthers] = between.map((text) => text.match(unit) ?? []);
  if (ofOthers.some(({ length }) => length !== units.length)) return null;
  return {
    prefix: first.slice(0, from),
    suffix,
    unit,
    units: units.map((one, index) => (ofOthers.every((other) => other[index] === one) ? one : null)),
  };
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
