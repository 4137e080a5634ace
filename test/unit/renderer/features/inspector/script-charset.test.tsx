// The charset in which the inspector shows what a script wrote when its Content-Type occurs twice.
import { render, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Inspector } from "../../../../../renderer/features/inspector/inspector.js";
import { showTab } from "../../../../../renderer/model/traces/inspector-state.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

const [latin, utf8] = ["text/plain; charset=iso-8859-1", "text/plain; charset=utf-8"];

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  const head = `Content-Type: ${latin}\\nContent-Type: ${utf8}\\n\\n`;
  served.script("twice.cgi", `cat >/dev/null; printf '${head}\\303\\274ber'`);
});
afterAll(() => served[Symbol.asyncDispose]());

test.each(["xray", "stdout", "stdin"] as const)("%s", async (tab) => {
  const types = [`Content-Type: ${utf8}`, `Content-Type: ${latin}`]; // of a request the first one counts
  const trace = await sentRaw(["POST /twice.cgi HTTP/1.1", ...types], "über");
  showTab(tab, null);
  render(<Inspector trace={trace} error={null} />);
  await waitFor(() => expect(document.body.textContent).toContain("über"));
  expect(document.body.textContent).not.toContain("Ã¼ber");
});
