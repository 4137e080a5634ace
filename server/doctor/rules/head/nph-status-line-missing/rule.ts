// The output of an nph- script does not begin with a status line.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { rangeIn } from "../../../evidence/output.js";

export const rule: DeferredRule = {
  severity: "error",
  title: "The output of an nph- script does not begin with an HTTP status line",
  summary: "The server sends this output to the client unchanged, and it is not an HTTP response.",
  explanation:
    "The name of this script begins with `nph-` (“no parsed headers”), so the server passes its output to the browser unparsed. The output must then be a complete HTTP response that begins with a line such as `HTTP/1.1 200 OK`. This output does not. Rename the script, or write the status line.",
  reference: "RFC 3875 §5",
  logged: [
    apache.silent("the output unchanged"),
    lighttpd.silent("200 OK: has no nph scripts"),
    nginx.silent("200 OK: has no nph scripts"),
  ],
  on: "failures",
  check: ({ outcome, script, stdout }) => {
    if (outcome !== "invalid-output" || script?.kind !== "nph" || !stdout || stdout.bytes === 0) return null;
    return {
      detail: script.reasons[0]?.text ?? "The first line is not a status line such as `HTTP/1.1 200 OK`.",
      stream: "stdout",
      range: rangeIn(stdout, 0, Math.min(stdout.bytes, 60)),
    };
  },
};
