// A request sent straight to a FastCGI application as JSON: the parts of a trace
// (schema 1) that it has, by the same names.

import { toBytesText } from "../base/decode-text.js";
import type { ConversationJson } from "../contract/trace.js";
import type { MetaVariable } from "../protocol/meta-variables.js";
import type { ScriptResponse } from "../protocol/script-response.js";
import { variableStanding } from "../protocol/variable-standing.js";
import { codeOf, fastcgiJson, headerText, reasonsJson, streamJson } from "../trace/formats/trace-json.js";
import type { FastcgiSent } from "./send-fastcgi.js";

export function toConversationJson({
  variables,
  script,
  failure,
  fastcgi,
  stdin,
  stdout,
  stderr,
}: FastcgiSent & {
  readonly variables: readonly MetaVariable[];
  readonly script: ScriptResponse | null;
}): ConversationJson {
  return {
    schema: 1,
    outcome: failure?.outcome ?? (script === null || script.kind === "invalid" ? "invalid-output" : "ok"),
    detail: failure?.why.text ?? null,
    ...codeOf(failure?.why ?? null),
    env: variables.map(({ name, value, source }) => ({
      name: toBytesText(name),
      value: toBytesText(value),
      source,
      standing: variableStanding(name),
    })),
    stdin: streamJson(stdin),
    stdout: streamJson(stdout),
    stderr: streamJson(stderr),
    script: script && {
      kind: script.kind,
      status: script.status,
      reason: script.reason === null ? null : toBytesText(script.reason),
      headers: script.headers.map(headerText),
      ...reasonsJson(script.reasons),
    },
    fastcgi: fastcgiJson(fastcgi, streamJson),
  };
}
