// A posted form that nobody read, although the request was answered: the pipe of its stdin says so.
import { firstValue } from "../../protocol/header-values.js";
import type { TraceFacts } from "../base/facts.js";
import { announcedBytes } from "./late-body.js";

export interface PostedForm {
  readonly type: string;
  readonly bytes: number;
}

/** A form that was posted to a script which answered as it should. Null: there is none. */
export function postedForm(facts: TraceFacts): PostedForm | null {
  const { outcome, request, response } = facts;
  const status = response?.status ?? 0;
  if (outcome !== "ok" || status < 200 || status > 299) return null;
  const type = firstValue(request.headers, "content-type") ?? "";
  const bytes = announcedBytes(facts);
  const isForm = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);
  return isForm && bytes > 0 ? { type, bytes } : null;
}

/** Null: there is none, or a part of it was read. A script may end before the form is in its pipe. */
export function unreadForm(facts: TraceFacts): PostedForm | null {
  const { process, stdin } = facts;
  return process?.stdinLeft !== undefined && process.stdinLeft === stdin?.bytes ? postedForm(facts) : null;
}
