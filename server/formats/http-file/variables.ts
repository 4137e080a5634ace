// `{{name}}` in a request of a file.
import { withoutBlanks } from "../../protocol/blanks.js";
import type { FileRequest, HttpFile } from "./http-file.js";

/** The value of a variable; null: there is none. */
export type Lookup = (name: string) => string | null;

const placeholder = /\{\{([^{}\n]*)\}\}/g;
/** Other text in braces, such as `{{#if}}` or `{{7*7}}`, may be a part of a template that is sent. */
const isName = /^(?:\$|\d*[A-Za-z_\x80-\uffff])/;
/**
 * Variables in the values of variables, below each other; and of one request all lookups and all characters of values.
 */
const maxDepth = 100;
const maxLookups = 100_000;
const maxCharacters = 64 << 20;

/**
 * The text with the values of its variables; those without a value stay, and
 * are listed. Values are not looked at again.
 */
export function substitute(
  text: string,
  lookup: Lookup,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const replaced = text.replace(placeholder, (whole: string, inside: string) => {
    const name = withoutBlanks(inside);
    const value = lookup(name);
    if (value === null && isName.test(name)) missing.push(name);
    return value ?? whole;
  });
  return { text: replaced, missing };
}

/**
 * What a request of the file sees: `captured` first, then the file's own variables (of several with one name the last
 * one above the request), then `outside`. A variable whose value needs itself has none, and neither has
 * one beyond the bounds: values that name each other twice double with every line. `encode`: for the
 * values of the file, if the others are bytes.
 */
export function lookupIn(
  { variables }: Pick<HttpFile, "variables">,
  request: Pick<FileRequest, "method">,
  captured: Lookup,
  outside: Lookup,
  encode: (text: string) => string = (text) => text,
): Lookup {
  const own = new Map<string, string>();
  for (const { name, value } of variables)
    if (name.from < request.method.from || !own.has(name.text)) own.set(name.text, value.text);
  const left = { lookups: maxLookups, characters: maxCharacters };
  const find = (name: string, open: readonly string[]): string | null => {
    left.lookups -= 1;
    if (left.lookups < 0 || left.characters < 0) return null;
    const found = captured(name) ?? ownValue(name, open);
    left.characters -= found?.length ?? 0;
    return left.characters < 0 ? null : found;
  };
  const ownValue = (name: string, open: readonly string[]): string | null => {
    const value = own.get(name);
    if (value === undefined) return outside(name);
    if (open.includes(name) || open.length === maxDepth) return null;
    const { text, missing } = substitute(encode(value), (inner) => find(inner, [...open, name]));
    return missing.length > 0 ? null : text;
  };
  return (name) => find(name, []);
}

/**
 * An address without a scheme is one, too, where it is no path such as `a.py/b`: it has a port, or is a usual name of
 * this machine.
 */
const address =
  /^(?:https?:\/\/[^/?#]*|[\w.-]+:\d+(?=[/?#]|$)|(?:localhost|127\.0\.0\.1|\[[0-9a-f:.]+\])(?::\d+)?(?=[/?#]|$))/i;

/**
 * The target on the folder's own server: scheme, host, port and fragment of an address are left out. Null: it is no
 * target.
 */
export function targetOf(text: string): string | null {
  const [origin = ""] = address.exec(text) ?? [];
  const [path = ""] = text.slice(origin.length).split("#", 1);
  if (path.startsWith("/") || path === "*") return path;
  if (origin === "") return null;
  return path === "" || path.startsWith("?") ? `/${path}` : null;
}
