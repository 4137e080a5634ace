// A form was posted, and the script looks for its fields in the query.
import { formFields, maxFormBytes } from "../../../../formats/form-fields.js";
import type { DeferredRule } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { unreadForm } from "../../../evidence/unread-form.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Nobody read the posted form",
  summary: "The fields came on stdin, and the script looked for them in `QUERY_STRING` or `REQUEST_URI`.",
  explanation:
    "A form with `method=post` sends its fields as the request's body, which a CGI script reads from stdin: `CONTENT_LENGTH` bytes. Only a form with `method=get`, or the part of an address behind `?`, arrives in `QUERY_STRING`.\n\nThe script ended and had read nothing of the body, so each field was empty to it. Read the body from stdin if `REQUEST_METHOD` is `POST`, or let the form send its fields with `method=get`.",
  reference: "RFC 3875 §4.2",
  fixes: ["read-form"],
  on: "anything",
  check: (facts) => {
    const form = unreadForm(facts);
    if (form === null || facts.file === null) return null;
    const query = variableOf(facts, "QUERY_STRING") ?? "";
    const { source } = facts.file;
    const lines = source.split("\n");
    const lineOf = (pattern: RegExp): number =>
      lines.findIndex((code) => !/^[ \t]*(?:#|\/\/)/.test(code) && pattern.test(code)) + 1;
    const inQuery = lineOf(/\bQUERY_STRING\b/);
    const line = inQuery || lineOf(takesApart);
    const taken = inQuery > 0 ? "QUERY_STRING" : "REQUEST_URI";
    const body = facts.request.body.read(0, maxFormBytes);
    const fields = formFields(form.type, body, body.length === form.bytes)?.fields ?? [];
    const words = new Set(source.match(/[\w-]+/g));
    // A name of one letter is a word of any program.
    const missed = fields.filter(({ name }) => name.length > 1 && words.has(name) && !isIn(query, name));
    const field = missed.find(({ name }) => new RegExp(`["']${name}["'=]|\\b${name}=`).test(source)) ?? missed[0];
    if (line === 0 || field === undefined) return null;
    return {
      detail: `The script read 0 of ${form.bytes} bytes: it takes \`${field.name}\` from \`${taken}\`, and the form sent it on stdin.`,
      fixes: form.type.startsWith("multipart/") || inQuery === 0 ? [] : ["read-form"],
      stream: "stdin",
      line,
    };
  },
};

/** Where the address is only shown or noted, no field is looked for. */
const takesApart = /^(?=.*\bREQUEST_URI\b).*(?:\?|split|partition|pars|searchParams|\bURL\()/;

const isIn = (query: string, name: string): boolean =>
  query.split("&").some((pair) => pair === name || pair.startsWith(`${name}=`));
