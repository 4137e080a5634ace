// What the X-ray and the response's headers say of a path that leads to a file, or to a folder that is listed.
import { cleanup, render } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HeadersView } from "../../../../../renderer/features/response/headers-view.js";
import { Xray } from "../../../../../renderer/features/xray/index.js";
import { outcomeTitle } from "../../../../../renderer/features/xray/outcome-box.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import type { TraceView } from "../../../../../server/contract/trace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  served.folder.write("page.html", "<p>page");
});
afterAll(() => served[Symbol.asyncDispose]());

/** What the X-ray says of the path, and the note below the headers. */
function shown(trace: TraceView): readonly (string | null | undefined)[] {
  const { response } = trace;
  if (!response) throw new Error("The trace has no response.");
  render(
    <>
      <Xray trace={trace} charset={null} onShow={() => undefined} onOpenLine={null} />
      <HeadersView trace={trace} response={response} />
    </>,
  );
  const texts = ['[data-part="static"]', ".response-origin"].map((part) => document.querySelector(part)?.textContent);
  cleanup();
  return texts;
}

test("only a response with bytes of the file is said to be the file, and only its headers describe the file", async () => {
  const ok = await sentRaw(["GET /page.html HTTP/1.1"]);
  expect(ok).toMatchObject({ route: { kind: "static" }, response: { status: 200 } });
  const [sent, ofFile] = shown(ok);
  expect(shown(await sentRaw(["GET /page.html HTTP/1.1", "Range: bytes=0-1"]))).toEqual([sent, ofFile]);

  const [notSent, ...head] = shown(await sentRaw(["HEAD /page.html HTTP/1.1"]));
  expect(sent).toContain(notSent);
  expect([notSent === sent, ...head]).toEqual([false, ofFile]);
  expect(shown(await sentRaw(["GET /page.html HTTP/1.1", "If-None-Match: *"]))).toEqual([notSent, ofFile]);

  const refused = await sentRaw(["POST /page.html HTTP/1.1"]);
  const [ofRefused, ofPage] = shown(refused);
  expect([ofRefused, ofPage === ofFile]).toEqual([notSent, false]);
  const listed: TraceView = { ...ok, route: { ...ok.route, file: "/folder/" } };
  expect(shown(listed)).toEqual([notSent, ofPage]);
  expect(outcomeTitle(refused)).toBe(outcomeTitle({ ...refused, route: { ...refused.route, kind: "none" } }));
});
