// A form was posted, and the script looks for its fields in the query.
import { formFields, maxFormBytes } from "../../../../formats/form-fields.js";
import type { DeferredRule } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { unreadForm } from "../../../evidence/unread-form.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Nobody read the posted form",
  summary: "The fields came on stdin, and the script looked for them in `QUERY_STRING`.",
  explanation:
    "A form with `method=post` sends its fields as the request's body, which a CGI script reads from stdin: `CONTENT_LENGTH` bytes. Only a form with `method=get`, or the part of an address behind `?`, arrives in `QUERY_STRING`.\n\nThe script ended and had read nothing of the body, so each field was empty to it. Read the body from stdin if `REQUEST_METHOD` is `POST`, or let the form send its fields with `method=get`.",
  reference: "RFC 3875 §4.2",
  fixes: ["read-form"],
  on: "anything",
  check: (facts) => {
    const form = unreadForm(facts);
    if (form === null || facts.file === null) return null;
    const query = variableOf(facts, "QUERY_STRING") ?? "";
    const lines = facts.file.source.split("\n");
    const line = lines.findIndex((code) => /^(?![ \t]*(?:#|\/\/)).*\bQUERY_STRING\b/.test(code)) + 1;
    const body = facts.request.body.read(0, maxFormBytes);
    const fields = formFields(form.type, body, body.length === form.bytes)?.fields ?? [];
    const words = new Set(facts.file.source.match(/[\w-]+/g));
    // A name of one letter is a word of any program.
    const missed = fields.find(({ name }) => name.length > 1 && words.has(name) && !isIn(query, name));
    if (line === 0 || missed === undefined) return null;
    return {
      detail: `The script read 0 of ${form.bytes} bytes: it takes \`${missed.name}\` from \`QUERY_STRING\`, and the form sent it on stdin.`,
      fixes: form.type.startsWith("multipart/") ? [] : ["read-form"],
      stream: "stdin",
      line,
    };
  },
};

const isIn = (query: string, name: string): boolean =>
  query.split("&").some((pair) => pair === name || pair.startsWith(`${name}=`));
