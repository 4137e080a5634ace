// The members of a JSON object as they were written. JSON.parse alone rounds long numbers, keeps the last of several
// members of one name, and puts names that are integers first.

interface JsonMember {
  readonly name: string;
  /** A string's characters; of everything else its text. */
  readonly value: string;
}

/** All of them, in their order; null for what is no JSON object. In linear time. */
export function jsonMembers(json: string): JsonMember[] | null {
  const whole = parsed(json);
  return typeof whole === "object" && whole !== null && !Array.isArray(whole) ? membersOf(json) : null;
}

/** Finds the members of a valid object: nothing is checked again. */
function membersOf(json: string): JsonMember[] {
  const members: JsonMember[] = [];
  let at = pastBlanks(json, json.indexOf("{") + 1);
  while (json[at] === '"') {
    const nameTo = stringEnd(json, at);
    const from = pastBlanks(json, json.indexOf(":", nameTo) + 1);
    const to = valueEnd(json, from);
    members.push({ name: textOf(json.slice(at, nameTo)), value: textOf(json.slice(from, to)) });
    at = pastBlanks(json, pastBlanks(json, to) + 1); // past the comma, or past the object
  }
  return members;
}

function textOf(written: string): string {
  const text = written.startsWith('"') ? parsed(written) : null;
  return typeof text === "string" ? text : written;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // SyntaxError: it is no JSON, whatever its type says
  }
}

function pastBlanks(json: string, from: number): number {
  let at = from;
  while (at < json.length && " \t\r\n".includes(json.charAt(at))) at++;
  return at;
}

/** Behind the quote that ends the string at `from`. */
function stringEnd(json: string, from: number): number {
  let at = from + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

function valueEnd(json: string, from: number): number {
  if (json[from] === '"') return stringEnd(json, from);
  let depth = 0;
  let at = from;
  while (at < json.length) {
    const sign = json.charAt(at);
    if (depth === 0 && ",} \t\r\n".includes(sign)) return at;
    if (sign === "{" || sign === "[") depth++;
    if (sign === "}" || sign === "]") depth--;
    at = sign === '"' ? stringEnd(json, at) : at + 1;
    if (depth === 0 && (sign === "}" || sign === "]")) return at;
  }
  return at;
}
