// A request as it is being composed. What is stored between loads is foreign input and read with care; passwords and
// the contents of chosen files are never stored, and neither are the bytes that were filled in from them.
import type { Pacing } from "../../../server/formats/probes/probe.js";
import { isRecord } from "../../platform/storage.js";

export interface RequestDraft {
  readonly method: string;
  /** Chosen by hand: it stays when the kind of body changes. */
  readonly isMethodChosen: boolean;
  readonly target: string;
  readonly headers: readonly Pair[];
  readonly body: BodyDraft;
  /** Environment variables for this request alone. */
  readonly variables: readonly Pair[];
  readonly signIn: SignIn;
  readonly raw: RawDraft;
  /** The trace this request came out of. */
  readonly parent: { readonly id: string; readonly kind: "replay" } | null;
}

export interface Pair {
  /** For the list on the screen alone. */
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

const bodyKinds = ["text", "form", "multipart", "file"] as const;
export type BodyKind = (typeof bodyKinds)[number];

/** Each kind keeps what was typed for it, so that looking at another one loses nothing. */
export interface BodyDraft {
  readonly kind: BodyKind;
  /** Of text and forms; a name of the Encoding Standard. */
  readonly charset: string;
  /** Lines end in LF here, whatever is sent. */
  readonly text: string;
  readonly lineEnd: "lf" | "crlf";
  /** Of both kinds of form. */
  readonly fields: readonly FormField[];
  readonly boundary: string;
  readonly file: FileRef | null;
}

export interface FormField extends Pair {
  /** Set for a file in place of a value; sent by multipart forms, others send its name. */
  readonly file: FileRef | null;
  /** True when the row is for a file, chosen or not. */
  readonly isFile: boolean;
}

/** A chosen file. Its bytes are in the page's memory (chosen-files.ts) and gone after a reload. */
export interface FileRef {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly sizeBytes: number;
}

export interface SignIn {
  readonly user: string;
  readonly password: string;
  /** There was a password before the page or the folder was loaded, and the user has not touched the field since. */
  readonly isPasswordLost: boolean;
  /** The script gets AUTH_TYPE and REMOTE_USER as from a server that had checked the sign-in. */
  readonly tellScript: boolean;
}

export interface RawDraft {
  /** The composer shows the request as bytes. */
  readonly isOn: boolean;
  /** See raw-text.ts. */
  readonly text: string;
  /** Typed or loaded; false for what was filled in from the fields. */
  readonly isOwn: boolean;
  readonly halfClose: boolean;
  /** Null: all at once. */
  readonly pacing: Pacing | null;
}

const blankBody: BodyDraft = {
  kind: "text",
  charset: "utf-8",
  text: "",
  lineEnd: "lf",
  fields: [],
  boundary: "",
  file: null,
};
const nobody: SignIn = { user: "", password: "", isPasswordLost: false, tellScript: false };
const noRaw: RawDraft = { isOn: false, text: "", isOwn: false, halfClose: true, pacing: null };

/** A boundary that is in no body. */
const newBoundary = (): string => `----CgiWorkbench${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`;

export const blankDraft = (target: string): RequestDraft => ({
  method: "GET",
  isMethodChosen: false,
  target,
  headers: [],
  body: { ...blankBody, boundary: newBoundary() },
  variables: [],
  signIn: nobody,
  raw: noRaw,
  parent: null,
});

/** JSON of one request that is stored; larger ones are remembered until the page is left. */
export const maxStoredChars = 32_768;

export const pair = (name: string, value: string): Pair => ({ id: crypto.randomUUID(), name, value });

/** The draft alone, of something that holds more. */
export function draftOf(draft: RequestDraft): RequestDraft {
  const { method, isMethodChosen, target, headers, body, variables, signIn, raw, parent } = draft;
  return { method, isMethodChosen, target, headers, body, variables, signIn, raw, parent };
}

/** As it may be stored. */
export function storable(
  draft: RequestDraft,
): Omit<RequestDraft, "signIn"> & { readonly signIn: Omit<SignIn, "password"> } {
  const { user, password, isPasswordLost, tellScript } = draft.signIn;
  return {
    ...withoutFilled(draft),
    signIn: { user, isPasswordLost: isPasswordLost || password !== "", tellScript },
  };
}

/** Without the bytes that were filled in from the fields: those can be filled in again. */
export const withoutFilled = <T extends { readonly raw: RawDraft }>(draft: T): T =>
  draft.raw.isOwn ? draft : { ...draft, raw: { ...draft.raw, text: "" } };

/** A stored draft; parts that are missing (an older version's) begin blank. Null when it is not a draft. */
export function draftFrom(value: unknown): RequestDraft | null {
  if (!isRecord(value) || typeof value["method"] !== "string" || typeof value["target"] !== "string") return null;
  const blank = blankDraft(value["target"]);
  return {
    ...blank,
    method: value["method"],
    isMethodChosen: value["isMethodChosen"] === true,
    headers: listOf(value["headers"], pairFrom),
    body: bodyFrom(value["body"], blank.body),
    variables: listOf(value["variables"], pairFrom),
    signIn: signInFrom(value["signIn"]),
    raw: rawFrom(value["raw"]),
    parent: parentFrom(value["parent"]),
  };
}

export function listOf<T>(value: unknown, from: (entry: unknown) => T | null): readonly T[] {
  if (!Array.isArray(value)) return [];
  const entries: readonly unknown[] = value;
  return entries.flatMap((entry) => {
    const one = from(entry);
    return one === null ? [] : [one]; // in a list of its own: what is read may be a list itself
  });
}

function pairFrom(value: unknown): Pair | null {
  if (!isRecord(value)) return null;
  const { id, name, value: text } = value;
  return typeof id === "string" && typeof name === "string" && typeof text === "string"
    ? { id, name, value: text }
    : null;
}

function bodyFrom(value: unknown, blank: BodyDraft): BodyDraft {
  if (typeof value === "string") return { ...blank, text: value };
  if (!isRecord(value)) return blank;
  const { kind, charset, text, lineEnd, fields, boundary, file } = value;
  return {
    kind: bodyKinds.find((known) => known === kind) ?? blank.kind,
    charset: typeof charset === "string" ? charset : blank.charset,
    text: typeof text === "string" ? text : "",
    lineEnd: lineEnd === "crlf" ? "crlf" : "lf",
    fields: listOf(fields, fieldFrom),
    boundary: typeof boundary === "string" && boundary !== "" ? boundary : blank.boundary,
    file: fileFrom(file),
  };
}

function fieldFrom(value: unknown): FormField | null {
  const base = pairFrom(value);
  if (!base || !isRecord(value)) return null;
  return { ...base, isFile: value["isFile"] === true, file: fileFrom(value["file"]) };
}

function fileFrom(value: unknown): FileRef | null {
  if (!isRecord(value)) return null;
  const { id, name, type, sizeBytes } = value;
  return typeof id === "string" && typeof name === "string" && typeof type === "string" && typeof sizeBytes === "number"
    ? { id, name, type, sizeBytes }
    : null;
}

function signInFrom(value: unknown): SignIn {
  if (!isRecord(value)) return nobody;
  const { user, isPasswordLost, tellScript } = value;
  if (typeof user !== "string") return nobody;
  return { user, password: "", isPasswordLost: isPasswordLost === true, tellScript: tellScript === true };
}

function rawFrom(value: unknown): RawDraft {
  if (!isRecord(value) || typeof value["text"] !== "string") return noRaw;
  const { isOn, text, isOwn, halfClose, pacing } = value;
  return {
    isOn: isOn === true,
    text,
    isOwn: isOwn !== false, // an older version's may be typed
    halfClose: halfClose !== false,
    pacing: pacingFrom(pacing),
  };
}

function pacingFrom(value: unknown): Pacing | null {
  if (!isRecord(value)) return null;
  const { pieceBytes, pauseMs } = value;
  return typeof pieceBytes === "number" && typeof pauseMs === "number" ? { pieceBytes, pauseMs } : null;
}

function parentFrom(value: unknown): RequestDraft["parent"] {
  return isRecord(value) && typeof value["id"] === "string" ? { id: value["id"], kind: "replay" } : null;
}
