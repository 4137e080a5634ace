// A composed request with the values of an environment: `{{name}}` in its target, headers, variables and body. What has
// no value stays as it is: a body may be a template of its own.
import { ProblemError } from "../../base/problem.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Message, wordsOf } from "../../contract/message.js";
import type { FileRanges, RequestToSend } from "../../contract/requests-contract.js";
import type { Values } from "../../formats/http-file/environments.js";
import { type Lookup, substitute, targetOf } from "../../formats/http-file/variables.js";
import { fromBytes, utf8 } from "../../protocol/byte-string.js";
import { headerMistake, targetMistake } from "./filled.js";
import { savedMessage } from "./messages.js";

/** @throws ProblemError if a value would end the target or a header */
export function fillComposed(composed: RequestToSend, values: Values): RequestToSend {
  const fill = (text: string): string => substitute(text, (name) => values.get(name) ?? null).text;
  /** What was typed is sent as it is. */
  const checked = (typed: string, filled: string, mistake: Message | null): string => {
    if (filled === typed || mistake === null) return filled;
    throw new ProblemError(savedMessage("environments-invalid", { mistake: wordsOf(mistake.text) }));
  };
  const filled = fill(composed.target);
  // That of CONNECT is a host and a port.
  const isKept = filled === composed.target || composed.method === "CONNECT";
  const target = isKept ? filled : (targetOf(filled) ?? filled);
  return {
    ...composed,
    target: checked(composed.target, target, targetMistake(target)),
    headers: composed.headers.map(([name, value]) => {
      const sent = fill(value);
      return [name, checked(value, sent, headerMistake(name, sent))];
    }),
    variables: composed.variables.map(([name, value]) => [name, fill(value)]),
    body: filledBody(composed.body, fill, values),
  };
}

function filledBody(
  body: RequestToSend["body"],
  fill: (text: string) => string,
  values: Values,
): RequestToSend["body"] {
  if (body === null) return null;
  if ("text" in body) return { text: fill(body.text) };
  const bytes = fromBytes(Buffer.from(body.base64, "base64"));
  const text = filledBytes(bytes, values, body.files);
  return { base64: Buffer.from(text, "latin1").toString("base64") };
}

/** Name and value in bytes. */
export const lookupInBytes =
  (values: Values): Lookup =>
  (name) => {
    const value = values.get(Buffer.from(name, "latin1").toString());
    return value === undefined ? null : utf8(value);
  };

/** `files`: the parts of it that stay as they are. */
export function filledBytes(bytes: ByteString, values: Values, files: FileRanges = []): string {
  const valueOfName = lookupInBytes(values);
  let filled = "";
  let at = 0;
  for (const [from, to] of files) {
    filled += substitute(bytes.slice(at, from), valueOfName).text + bytes.slice(Math.max(at, from), to);
    at = Math.max(at, to);
  }
  return filled + substitute(bytes.slice(at), valueOfName).text;
}
