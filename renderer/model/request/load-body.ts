// A recorded body as something to edit: form, text, or, where neither would send the same
// bytes again, a file of exactly these bytes.
import { utf8Text } from "../../../server/protocol/byte-string.js";
import { charsetOf } from "../../../server/protocol/charset.js";
import { keepFile } from "./chosen-files.js";
import { type BodyDraft, type Pair, pair } from "./draft.js";
import { charsets } from "./encode-charset.js";
import { decodeForm, formType } from "./form-body.js";

interface LoadedBody {
  readonly headers: readonly Pair[];
  readonly body: BodyDraft;
}

/** `headers` without those that the composer writes itself for this very body. `bytes` null: there is no body. */
export function loadBody(
  blank: BodyDraft,
  headers: readonly (readonly [string, string])[],
  contentType: string | null,
  bytes: Uint8Array<ArrayBuffer> | null,
): LoadedBody {
  const kept = headers.filter(
    ([name, value]) => name.toLowerCase() !== "content-length" || value !== String(bytes?.length ?? 0),
  );
  if (bytes === null) return { headers: pairs(kept), body: blank };
  const form =
    contentType?.split(";", 1)[0]?.trim().toLowerCase() === formType ? formOf(blank, bytes, contentType) : null;
  if (form)
    return {
      headers: pairs(kept.filter(([name, value]) => name.toLowerCase() !== "content-type" || value !== formType)),
      body: form,
    };
  return {
    headers: pairs(kept),
    body: textOf(blank, bytes) ?? { ...blank, kind: "file", file: keepFile(new Blob([bytes]), "recorded body") },
  };
}

function formOf(blank: BodyDraft, bytes: Uint8Array, contentType: string): BodyDraft | null {
  const declared = charsets.find(({ name }) => name === charsetOf(contentType))?.name;
  for (const charset of [...(declared ? [declared] : []), "utf-8", "windows-1252"]) {
    const fields = decodeForm(bytes, charset);
    // A row without name and value is not sent.
    if (fields?.every(({ name, value }) => name !== "" || value !== ""))
      return {
        ...blank,
        kind: "form",
        charset,
        fields: fields.map(({ name, value }) => ({ ...pair(name, value), isFile: false, file: null })),
      };
  }
  return null;
}

/**
 * Text that a text area shows and gives back as it is: one kind of line end, no control characters. Without any, no
 * body would be sent.
 */
function textOf(blank: BodyDraft, bytes: Uint8Array): BodyDraft | null {
  if (bytes.length === 0) return null;
  const text = utf8Text(bytes);
  if (text === null) return null;
  const plain = text.replaceAll("\r\n", "\n");
  const isMixed = plain !== text && text.replaceAll("\r\n", "").includes("\n");
  if (isMixed || /[\x00-\x08\x0b-\x1f\x7f]/.test(plain)) return null;
  return { ...blank, text: plain, lineEnd: plain === text ? "lf" : "crlf" };
}

const pairs = (headers: readonly (readonly [string, string])[]): readonly Pair[] =>
  headers.map(([name, value]) => pair(name, value));
