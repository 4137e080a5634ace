// “Copy” of the command line for a first request says what became of it.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { TracesEmpty } from "../../../../../renderer/features/traces/traces-empty.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await served[Symbol.asyncDispose]();
});
const last = () => useNotices.getState().notices.at(-1);

test("copied, or why not", async () => {
  const write = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValueOnce();
  render(<TracesEmpty />);
  const copy = screen.getByRole("button", { name: "Copy" });
  fireEvent.click(copy);
  await waitFor(() => expect(last()?.tone).toBe("info"));
  expect(write.mock.calls[0]?.[0]).toMatch(/^curl -i http/);
  write.mockRejectedValueOnce(new Error("The page may not write to the clipboard."));
  fireEvent.click(copy);
  await waitFor(() => expect(last()).toMatchObject({ tone: "bad" }));
  expect(last()?.text).toContain("The page may not write to the clipboard.");
});
