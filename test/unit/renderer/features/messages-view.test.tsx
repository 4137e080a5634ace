// Many messages in the window: the newest are shown, and the earlier ones at a press.
import { fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MessagesView } from "../../../../renderer/features/messages/messages-view.js";
import { utf8 } from "../../../../server/protocol/byte-string.js";
import { toTraceView } from "../../../../server/trace/formats/trace-json.js";
import { layOutPage } from "../../../support/laid-out-page.js";
import type { ServedPage } from "../../../support/served-page.js";
import { serveStreams } from "../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  served = await serveStreams();
  served.script("many.cgi", "printf 'Content-Type: text/plain\\n\\n'; seq 702");
});
afterAll(() => served[Symbol.asyncDispose]());

test("the focus goes on to the messages when all are shown", async () => {
  const request = { method: utf8("GET"), target: utf8("/many.cgi"), headers: [], body: null };
  const trace = await served.workbench.sender.deliver(request, { from: "composer" });
  render(<MessagesView trace={toTraceView(trace)} />);
  const button = await screen.findByRole("button", { name: /^Show all 20\d earlier messages$/ });
  button.focus();
  fireEvent.click(button);
  expect(screen.queryByRole("button")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("table").parentElement);
});
