// Numbers of a person's file that are passed on as they stand. JavaScript would write 1.50 as 1.5, and lose digits of a
// large one (RFC 8259 §6): such a number is an object with its text until it is written again.

const member = "\0number";
const isNumber = (text: string): boolean => /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text);

/** What is read in place of a number that JavaScript would write as another text. */
export const keptNumber = (text: string): unknown =>
  isNumber(text) ? (String(Number(text)) === text ? Number(text) : { [member]: text }) : text;

/** The text of a kept number; null for any other value. */
export function keptText(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !(member in value)) return null;
  const text = value[member];
  return typeof text === "string" && isNumber(text) ? text : null;
}

/** Does what `JSON.parse` does, and keeps numbers. @throws SyntaxError */
export function parseKeepingNumbers(json: string): unknown {
  const plain: unknown = JSON.parse(json);
  const next = /"|-?\d[\d.e+-]*/gi;
  let before = "";
  let from = 0;
  for (let match = next.exec(json); match !== null; match = next.exec(json)) {
    const [token] = match;
    if (token === '"') {
      next.lastIndex = endOfString(json, match.index);
      continue;
    }
    const kept = JSON.stringify(keptNumber(token));
    if (kept === token) continue;
    before += json.slice(from, match.index) + kept;
    from = next.lastIndex;
  }
  return from === 0 ? plain : JSON.parse(before + json.slice(from));
}

/** Behind the quotation mark that ends the string at `start`: one behind an even number of backslashes. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let text = end;
    while (json[text - 1] === "\\") text--;
    if ((end - text) % 2 === 0) return end + 1;
  }
  return json.length;
}

/** Does what `JSON.stringify` does, with kept numbers as they stood. */
export const stringifyKept = (value: unknown): string =>
  JSON.stringify(value).replace(/\{"\\u0000number":"([^"]*)"\}/g, (whole, text: string) =>
    isNumber(text) ? text : whole,
  );
