// The status line of an NPH script in what is exported of its trace: as the client got it.
import { expect, test } from "vitest";
import { type ExportForm, exportTrace } from "../../../server/trace/formats/export-trace.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { request, startGateway } from "../../support/gateway.js";
import { mistakesInHar } from "../../support/valid-har.js";

test.each([
  ["nph-own.sh", "HTTP/1.0 200 Fine\\r\\nX-A: b", ["HTTP/1.0", 200, "Fine"], "HTTP/1.0 200 Fine"],
  ["nph-none.sh", "X-A: b", ["", 0, ""], null],
  ["parsed.sh", "Status: 201 Made\\r\\nX-A: b\\r\\nContent-Type: a/b", ["HTTP/1.1", 201, "Made"], "HTTP/1.1 201 Made"],
])("%s", async (name, head, inHar, line) => {
  await using gateway = await startGateway();
  gateway.script(name, `printf "${head}\\r\\n\\r\\nok"`);
  await gateway.ask(request("GET", `/${name}`, ["Connection: close"]));
  const trace = toTraceJson(await gateway.trace());
  const exported = (form: ExportForm): string => exportTrace(trace, form, { isMasked: true }).bytes.toString();

  const har = JSON.parse(exported("har"));
  const { httpVersion, status, statusText } = har.log.entries[0].response;
  expect([[httpVersion, status, statusText], mistakesInHar(har)]).toEqual([inHar, []]);

  const [, markdown = ""] = /## Response headers\n\n```\n(.*?)```/s.exec(exported("markdown")) ?? [];
  const [, html = ""] = /<h2>Response headers<\/h2>\n<pre>\n(.*?)<\/pre>/s.exec(exported("html")) ?? [];
  for (const shown of [markdown, html]) {
    const [first] = shown.split("\n");
    expect(first).toBe(line ?? "X-A: b");
  }
  const [, title] = /^# `GET \S+: (.*)`$/m.exec(exported("markdown")) ?? [];
  if (line === null) expect(title).toMatch(/^\D+$/);
  else expect(title).toBe(line.slice("HTTP/1.1 ".length));
});
