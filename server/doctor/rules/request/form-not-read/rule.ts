// A form was posted, and the script looks for its fields in the query.
import { formFields, maxFormBytes } from "../../../../formats/form-fields.js";
import type { FactsWithFile } from "../../../base/facts.js";
import type { DeferredRule, Occurrence } from "../../../base/rule.js";
import { variableOf } from "../../../evidence/client-values.js";
import { type PostedForm, postedForm, unreadForm } from "../../../evidence/unread-form.js";
import { languageOf } from "../../../fixes/language.js";

export const rule: DeferredRule = {
  severity: "warning",
  title: "Nobody read the posted form",
  summary: "The fields came on stdin, and the script looked for them in `QUERY_STRING` or `REQUEST_URI`.",
  explanation:
    "A form with `method=post` sends its fields as the request's body, which a CGI script reads from stdin: `CONTENT_LENGTH` bytes. Only a form with `method=get`, or the part of an address behind `?`, arrives in `QUERY_STRING`.\n\nThe script ended and had read nothing of the body, so each field was empty to it. Read the body from stdin if `REQUEST_METHOD` is `POST`, or let the form send its fields with `method=get`.\n\nPHP reads the body itself: it puts the fields of the body into `$_POST`, and those of the address into `$_GET`.",
  reference: "RFC 3875 §4.2",
  fixes: ["read-form"],
  on: "anything",
  check: (facts) => {
    const { file } = facts;
    if (file === null) return null;
    const isPhp = languageOf(file.path, file.source) === "php";
    const form = isPhp ? postedForm(facts) : unreadForm(facts);
    if (form === null) return null;
    const missed = missedFields(facts, form, file.source);
    return isPhp ? missedInPhp(missed, file.source) : missedOnStdin(missed, file.source, form);
  },
};

/** The posted fields that the script names, and the query does not have. */
function missedFields(facts: FactsWithFile, form: PostedForm, source: string): string[] {
  const query = variableOf(facts, "QUERY_STRING") ?? "";
  const body = facts.request.body.read(0, maxFormBytes);
  const fields = formFields(form.type, body, body.length === form.bytes)?.fields ?? [];
  const words = new Set(source.match(/[\w-]+/g));
  // A name of one letter is a word of any program.
  return fields.map(({ name }) => name).filter((name) => name.length > 1 && words.has(name) && !isIn(query, name));
}

const isIn = (query: string, name: string): boolean =>
  query.split("&").some((pair) => pair === name || pair.startsWith(`${name}=`));

/** Zero: none, apart from comments. */
const lineOf = (source: string, pattern: RegExp): number =>
  source.split("\n").findIndex((code) => !/^[ \t]*(?:#|\/\/)/.test(code) && pattern.test(code)) + 1;

/** Where the address is only shown or noted, no field is looked for. */
const takesApart = /^(?=.*\bREQUEST_URI\b).*(?:\?|split|partition|pars|searchParams|\bURL\()/;

function missedOnStdin(missed: readonly string[], source: string, { type, bytes }: PostedForm): Occurrence | null {
  const inQuery = lineOf(source, /\bQUERY_STRING\b/);
  const line = inQuery || lineOf(source, takesApart);
  const taken = inQuery > 0 ? "QUERY_STRING" : "REQUEST_URI";
  const name = missed.find((one) => new RegExp(`["']${one}["'=]|\\b${one}=`).test(source)) ?? missed[0];
  if (line === 0 || name === undefined) return null;
  return {
    detail: `The script read 0 of ${bytes} bytes: it takes \`${name}\` from \`${taken}\`, and the form sent it on stdin.`,
    fixes: type.startsWith("multipart/") || inQuery === 0 ? [] : ["read-form"],
    stream: "stdin",
    line,
  };
}

/** The script, or a file that it includes, may take what was posted. */
const mayTakePosted = /_(?:POST|REQUEST|FILES)\b|php:\/\/(?:input|stdin)|\bSTDIN\b|\b(?:include|require)(?:_once)?\b/;

function missedInPhp(missed: readonly string[], source: string): Occurrence | null {
  if (mayTakePosted.test(source)) return null;
  for (const name of missed) {
    const line = lineOf(source, new RegExp(`(?:\\$_GET\\s*\\[|\\bINPUT_GET\\s*,)\\s*["']${name}["']`));
    const detail = `PHP put the posted fields into \`$_POST\`, and the script takes \`${name}\` from \`$_GET\`.`;
    if (line > 0)
      return { title: "The script looks for a posted field in the address", detail, fixes: [], stream: "stdin", line };
  }
  return null;
}
