// The response body in a report of a trace: once, whether it is in the script's output or not.
import { expect, test } from "vitest";
import { exportTrace } from "../../../server/trace/formats/export-trace.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { request, startGateway } from "../../support/gateway.js";

const other = "\\nof the other script";

test.each([
  ["a document", "a.sh", "Content-Type: text/plain\\n\\nhello", 1, null],
  ["a script that answers the client itself", "nph-a.sh", "HTTP/1.0 200 OK\\r\\n\\r\\nhello", 1, null],
  ["a local redirect", "a.sh", "Location: /b.sh\\n\\n", 2, "of the other script"],
  ["a local redirect with a body", "a.sh", "Location: /b.sh\\n\\nbody", 2, "of the other script"],
  ["a local redirect with the beginning of that body", "a.sh", "Location: /b.sh\\n\\n\\n", 2, "of the other script"],
  [
    "a local redirect with more than that body",
    "a.sh",
    `Location: /b.sh\\n\\n${other}, and more`,
    2,
    "of the other script",
  ],
  ["output that is no response", "a.sh", "no header\\n\\nhello", 1, ""],
])("%s", async (_, name, output, traces, body) => {
  await using gateway = await startGateway();
  gateway.script(name, `printf '${output}'`);
  gateway.script("b.sh", `printf 'Content-Type: text/plain\\n\\n${other}'`);
  await gateway.ask(request("GET", `/${name}`, ["Connection: close"]));
  const [trace] = await gateway.ended(traces);
  if (!trace) throw new Error("no trace");
  const report = exportTrace(toTraceJson(trace), "markdown", { isMasked: true }).bytes.toString();
  const [, shown = null] = /## Response body\n\n```+\n([\s\S]*?)```/.exec(report) ?? [];
  if (body === null) expect(shown).toBeNull();
  else expect(shown).toContain(body);
});
