// The status line that the client got, in the X-ray and in the response's views: of an NPH script its own.
import { render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeadersView } from "../../../../../renderer/features/response/headers-view.js";
import { SourceView } from "../../../../../renderer/features/response/source-view.js";
import { Xray } from "../../../../../renderer/features/xray/index.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  served.script("nph-own.cgi", "printf 'HTTP/1.0 102 Wait\\r\\n\\r\\nHTTP/1.0 200 Fine\\r\\nX-A: b\\r\\n\\r\\nok'");
  served.script("nph-none.cgi", "printf 'Content-Type: text/plain\\r\\n\\r\\nok'");
  served.script("parsed.cgi", "printf 'Status: 201 Made\\nContent-Type: text/plain\\n\\nok'");
});
afterAll(() => served[Symbol.asyncDispose]());

test.each([
  ["nph-own.cgi", "HTTP/1.0 200 Fine"],
  ["nph-none.cgi", null],
  ["parsed.cgi", "HTTP/1.1 201 Made"],
])("%s", async (name, line) => {
  const trace = await sentRaw([`GET /${name} HTTP/1.1`]);
  const { response } = trace;
  if (!response) throw new Error("The trace has no response.");
  render(
    <>
      <Xray trace={trace} charset={null} onShow={() => undefined} onOpenLine={null} />
      <SourceView trace={trace} response={response} reveal={null} />
      <HeadersView trace={trace} response={response} />
    </>,
  );
  const shown = () => [
    document.querySelector('[data-part="status-line"]')?.textContent,
    screen.getByRole("list", { name: "Response headers" }).firstElementChild?.textContent,
  ];
  if (line !== null) return void (await waitFor(() => expect(shown()).toEqual([line, line])));
  const status = screen.getByRole("table", { name: "Response headers, explained" }).querySelector("td")?.textContent;
  for (const text of [...shown(), status]) expect(text).toMatch(/^[^\d/]+$/);
});

test("an interim response of an NPH script is not said to be one of HTTP/1.1", async () => {
  const trace = await sentRaw(["GET /nph-own.cgi HTTP/1.1"]);
  render(<Xray trace={trace} charset={null} onShow={() => undefined} onOpenLine={null} />);
  const client = screen.getByRole("region", { name: "To the client" });
  await waitFor(() => expect(client.textContent).toContain("HTTP/1.0 200 Fine"));
  expect(client.textContent).toContain("102");
  expect(client.textContent).not.toContain("HTTP/1.1");
});
