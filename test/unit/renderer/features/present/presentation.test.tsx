// The presentation, led by a link of the page to something that is no script.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { Presentation } from "../../../../../renderer/features/present/presentation.js";
import { showDraft } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { enterPresentation, leavePresentation } from "../../../../../renderer/platform/presentation.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await servePage();
  served.script("hello.cgi", "printf 'Content-Type: text/plain\\n\\nhello'");
});
afterAll(() => served[Symbol.asyncDispose]());

/** Sends requests one after the other; the id of the trace of each. */
async function request(...targets: readonly string[]): Promise<readonly string[]> {
  const ids: (string | null)[] = [];
  for (const target of targets) {
    showDraft(blankDraft(target), null);
    await sendRequest();
    ids.push(useSelection.getState().traceId);
  }
  return ids.filter((id) => id !== null);
}

test("a page that ran no script has its place after the request before it", async () => {
  const ids = await request("/hello.cgi?1", "/hello.cgi?2", "/gone.html", "/hello.cgi?4");
  expect(ids).toHaveLength(4);
  enterPresentation(ids[2] ?? "");
  render(<Presentation />);
  const presentation = await screen.findByRole("main", { name: "Presentation" });
  const shows = (seq: number) => waitFor(() => expect(presentation.dataset["traceId"]).toBe(ids[seq - 1]));
  await shows(3);
  await screen.findByRole("navigation", { name: "Requests" });
  await waitFor(() => expect(presentation.querySelector('[aria-current="step"]')?.textContent).toContain("#2"));
  fireEvent.keyDown(presentation, { key: "ArrowRight" });
  await shows(4);
  leavePresentation();
});
