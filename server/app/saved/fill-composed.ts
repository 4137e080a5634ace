// A composed request with the values of an environment: `{{name}}` in its target, headers, variables and body. What has no
// value stays as it is: a body may be a template of its own.
import type { RequestToSend } from "../../contract/requests-contract.js";
import { fromBytes, utf8 } from "../../protocol/byte-string.js";
import type { Values } from "../../protocol/http-file/environments.js";
import { substitute, targetOf } from "../../protocol/http-file/variables.js";

export function fillComposed(composed: RequestToSend, values: Values): RequestToSend {
  const fill = (text: string): string => substitute(text, (name) => values.get(name) ?? null).text;
  const target = fill(composed.target);
  return {
    ...composed,
    target: target === composed.target ? target : (targetOf(target) ?? target),
    headers: composed.headers.map(([name, value]) => [name, fill(value)]),
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
  const { text } = substitute(bytes, (name) => {
    const value = values.get(name);
    return value === undefined ? null : utf8(value);
  });
  return { base64: Buffer.from(text, "latin1").toString("base64") };
}
