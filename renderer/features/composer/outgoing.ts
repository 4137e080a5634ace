// From what the composer shows to what is sent: the body's bytes, the headers that come with it, the variables beside
// it. What is shown as "added" before sending comes from here too, so that nothing goes out that was not on the screen.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { toProblem } from "../../../server/contract/problem.js";
import type { FileRanges } from "../../../server/contract/requests-contract.js";
import type { Problem } from "../../../server/contract/workspace.js";
import { toBytes } from "../../../server/protocol/byte-string.js";
import { firstValue } from "../../../server/protocol/header-values.js";
import { type AddedHeader, type MissingHeaders, missingHeaders } from "../../../server/protocol/missing-headers.js";
import { readable, toByteString } from "../../format/bytes-text.js";
import { keptFile } from "../../model/request/chosen-files.js";
import type { BodyDraft, FileRef, Pair, RequestDraft } from "../../model/request/draft.js";
import { charsetTitle, encodeText, notIn } from "../../model/request/encode-charset.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { encodeForm, formType } from "../../model/request/form-body.js";
import { windowMessage } from "../../rpc/messages.js";
import { boundaryIn, encodeMultipart, multipartType } from "./multipart-body.js";

interface OutgoingBody {
  /** Null: no body. */
  readonly bytes: Blob | null;
  /** Where it has the bytes of chosen files, which are sent as they are. */
  readonly files: FileRanges;
  /** The Content-Type this kind of body brings along; null for none. */
  readonly type: string | null;
  /** Why it cannot be sent, or goes out other than typed: sentences. */
  readonly missing: string | null;
  readonly warning: string | null;
}

/** `isFilled`: the server will put the values of an environment in place of `{{name}}`, which a form then keeps. */
export function outgoingBody(
  { body, headers }: Pick<RequestDraft, "body" | "headers">,
  isFilled = chosenEnvironment() !== null,
): OutgoingBody {
  const { kind, charset } = body;
  if (kind === "text") {
    if (body.text === "") return nothing;
    const text = body.lineEnd === "crlf" ? body.text.replaceAll("\n", "\r\n") : body.text;
    return {
      ...nothing,
      bytes: new Blob([encodeText(text, charset, () => "?")]),
      warning: lostWarning(text, charset, "“?”"),
    };
  }
  if (kind === "file") {
    if (body.file === null) return { ...nothing, missing: "Choose a file for the body first." };
    const bytes = keptFile(body.file);
    const missing = missingFiles([body.file]);
    return { ...nothing, bytes, files: [[0, bytes?.size ?? 0]], type: body.file.type || null, missing };
  }
  // A row that was turned back into text keeps its file, in case it is turned again.
  const fields = body.fields
    .map((field) => (field.isFile ? field : { ...field, file: null }))
    .filter(({ name, value, file }) => name !== "" || value !== "" || file !== null);
  const typed = fields.map(({ name, value }) => name + value).join("");
  const warning = lostWarning(typed, charset, "“&#…;”, as browsers do");
  if (kind === "form") {
    const plain = fields.map(({ name, value, isFile, file }) => ({ name, value: isFile ? (file?.name ?? "") : value }));
    return { ...nothing, bytes: new Blob([encodeForm(plain, charset, isFilled)]), type: formType, warning };
  }
  const own = headers.find(({ name }) => name.toLowerCase() === "content-type");
  const boundary = (own && boundaryIn(own.value)) ?? body.boundary;
  return {
    ...multipart(fields, boundary, charset),
    type: multipartType(boundary),
    missing: missingFiles(fields.flatMap(({ file }) => file ?? [])),
    warning,
  };
}

const nothing: OutgoingBody = { bytes: null, files: [], type: null, missing: null, warning: null };

/** Why the fields cannot be sent as they are; null when they can. */
export function whyNotSent(draft: Pick<RequestDraft, "body" | "headers" | "signIn">): Problem | null {
  const body = outgoingBody(draft);
  if (body.missing !== null) return toProblem(windowMessage("no-file", { what: body.missing }));
  const signsIn = impliedHeaders(draft, body).some(({ name }) => name === "Authorization");
  return signsIn && draft.signIn.isPasswordLost ? toProblem(windowMessage("no-password")) : null;
}

/**
 * What of the headers is not typed but comes of the body and the sign-in. The
 * person's own of the same name stands instead.
 */
export function impliedHeaders(
  { headers, signIn }: Pick<RequestDraft, "headers" | "signIn">,
  { type }: Pick<OutgoingBody, "type">,
): readonly AddedHeader[] {
  const has = (name: string): boolean => headers.some((header) => header.name.toLowerCase() === name);
  const implied: AddedHeader[] = [];
  if (type !== null && !has("content-type"))
    implied.push({ name: "Content-Type", value: type, why: "says what the body is" });
  if (signIn.user !== "" && !has("authorization"))
    implied.push({
      name: "Authorization",
      value: basic(signIn.user, signIn.password),
      why: "user and password of “Sign-in” in base64 (RFC 7617)",
    });
  return implied;
}

/**
 * Everything that is added to the typed headers, in the order it is sent in. `cookies`:
 * the jar's for this request, null for none. `isFilled`: as for the body.
 */
export function addedHeaders(
  draft: RequestDraft,
  host: string,
  cookies: string | null,
  isFilled = chosenEnvironment() !== null,
): MissingHeaders {
  const body = outgoingBody(draft, isFilled);
  const typed = typedHeaders(draft.headers);
  const implied = [...impliedHeaders(draft, body)];
  if (cookies !== null && firstValue(typed, "cookie") === null)
    implied.push({ name: "Cookie", value: cookies, why: "from the jar, see “Cookies”" });
  const { before, after } = missingHeaders(typed, host, body.bytes?.size ?? null);
  return { before, after: [...implied, ...after] };
}

/** Rows without a name are not sent. */
export const typedHeaders = (headers: readonly Pair[]): [string, string][] =>
  headers.filter(({ name }) => name !== "").map(({ name, value }): [string, string] => [name, value]);

/**
 * Environment variables for this request: of the sign-in where the script is to be told, and those typed, which win.
 */
export function outgoingVariables({
  signIn,
  variables,
}: Pick<RequestDraft, "signIn" | "variables">): [string, string][] {
  const told: [string, string][] =
    signIn.tellScript && signIn.user !== ""
      ? [
          ["AUTH_TYPE", "Basic"],
          ["REMOTE_USER", signIn.user],
        ]
      : [];
  return [...told, ...typedHeaders(variables)];
}

/** The whole request as it goes over the wire. */
export async function outgoingBytes(
  draft: RequestDraft,
  host: string,
  cookies: BytesText | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const { before, after } = addedHeaders(draft, host, cookies === null ? null : readable(cookies));
  const jar = toBytes(toByteString(cookies ?? "")); // need not be UTF-8
  const line = ({ name, value }: AddedHeader) => [`${name}: `, name === "Cookie" ? jar : value, "\r\n"];
  const head = [
    ...before.flatMap(line),
    ...typedHeaders(draft.headers).map(([name, value]) => `${name}: ${value}\r\n`),
    ...after.flatMap(line),
  ];
  const { bytes } = outgoingBody(draft);
  return bytesOf(
    new Blob([`${draft.method} ${draft.target} HTTP/1.1\r\n`, ...head, "\r\n", ...(bytes ? [bytes] : [])]),
  );
}

export const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await blob.arrayBuffer());

function basic(user: string, password: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(`${user}:${password}`)) binary += String.fromCharCode(byte);
  return `Basic ${btoa(binary)}`;
}

function multipart(
  fields: BodyDraft["fields"],
  boundary: string,
  charset: string,
): Pick<OutgoingBody, "bytes" | "files"> {
  return encodeMultipart(
    fields.map(({ name, value, isFile, file }) => {
      const bytes = (file && keptFile(file)) ?? new Blob([]);
      return { name, content: isFile ? { fileName: file?.name ?? "", type: file?.type ?? "", bytes } : value };
    }),
    boundary,
    charset,
  );
}

function missingFiles(files: readonly FileRef[]): string | null {
  const gone = files.filter((file) => keptFile(file) === null).map(({ name }) => name);
  if (gone.length === 0) return null;
  const [what, them] = gone.length === 1 ? ["this file is", "it"] : ["these files are", "them"];
  return `The page was reloaded, so ${what} no longer available: ${gone.join(", ")}. Choose ${them} again.`;
}

/** `sentAs`: what is sent in place of a character that the charset does not have. */
function lostWarning(text: string, charset: string, sentAs: string): string | null {
  const lost = notIn(text, charset);
  if (lost.length === 0) return null;
  const some = `${lost.slice(0, 8).join(" ")}${lost.length > 8 ? " …" : ""}`;
  return `${charsetTitle(charset)} does not have ${some}. Such characters are sent as ${sentAs}.`;
}
