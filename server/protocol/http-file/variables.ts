// `{{name}}` in a request of a file.
import type { FileRequest, HttpFile } from "./http-file.js";

/** The value of a variable; null: there is none. */
export type Lookup = (name: string) => string | null;

const placeholder = /\{\{[ \t]*([$A-Za-z_][^{}\n]*?)[ \t]*\}\}/g;

/** The text with the values of its variables; those without a value stay, and are listed. Values are not looked at again. */
export function substitute(
  text: string,
  lookup: Lookup,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const replaced = text.replace(placeholder, (whole: string, name: string) => {
    const value = lookup(name);
    if (value === null) missing.push(name);
    return value ?? whole;
  });
  return { text: replaced, missing };
}

/**
 * What a request of the file sees: `captured` first, then the file's own variables (of several with one name the last
 * one above the request), then `outside`. A variable whose value needs itself has none.
 */
export function lookupIn(
  { variables }: Pick<HttpFile, "variables">,
  request: Pick<FileRequest, "method">,
  captured: Lookup,
  outside: Lookup,
): Lookup {
  const own = new Map<string, string>();
  for (const { name, value } of variables)
    if (name.from < request.method.from || !own.has(name.text)) own.set(name.text, value.text);
  const find = (name: string, open: readonly string[]): string | null => {
    const known = captured(name);
    if (known !== null) return known;
    const value = own.get(name);
    if (value === undefined) return outside(name);
    if (open.includes(name)) return null;
    const { text, missing } = substitute(value, (inner) => find(inner, [...open, name]));
    return missing.length > 0 ? null : text;
  };
  return (name) => find(name, []);
}

/**
 * The target on the folder's own server: scheme, host, port and fragment of an address are left out. Null: it is no
 * target.
 */
export function targetOf(text: string): string | null {
  const [address = ""] = /^https?:\/\/[^/?#]*/i.exec(text) ?? [];
  const [path = ""] = text.slice(address.length).split("#", 1);
  if (path.startsWith("/") || path === "*") return path;
  if (address === "") return null;
  return path === "" || path.startsWith("?") ? `/${path}` : null;
}
