// What a browser would call the file that a response's body is saved as (RFC 6266): the name the response gives, else
// the last part of its address. Never a path: a response does not choose the folder.
import { firstValue } from "../../../server/protocol/header-values.js";

type Headers = readonly (readonly [string, string])[];

/** `target`: the request's. */
export function saveName(headers: Headers, target: string): string {
  const disposition = firstValue(headers, "content-disposition") ?? "";
  return plain(extended(disposition) ?? given(disposition) ?? decoded(target.replace(/[?#].*$/s, ""))) || "response";
}

/** `filename*=UTF-8''…` goes before `filename=` (RFC 6266 §4.3). */
function extended(disposition: string): string | null {
  const [, text] = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  return text === undefined ? null : decoded(text);
}

function given(disposition: string): string | null {
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition) ?? [];
  return quoted?.replace(/\\(.)/g, "$1") ?? token ?? null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded UTF-8: the name unchanged
  }
}

/** The last part, without what no file name holds; a leading dot would hide the file. */
const plain = (name: string): string =>
  name
    .slice(Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1)
    .replace(/[\x00-\x1f\x7f<>:"|?*]/g, "_")
    .replace(/^\.+/, "")
    .trim();
