// A pane that fails while it renders: the others of the workbench stay.
import { render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WorkbenchPanes } from "../../../../renderer/shell/workbench.js";
import { layOutPage } from "../../../support/laid-out-page.js";

vi.mock("../../../../renderer/features/composer/index.js", async (original) => ({
  ...(await original<object>()),
  Composer: () => {
    throw new RangeError("Invalid time value");
  },
}));
layOutPage();
beforeAll(() => {
  vi.spyOn(console, "error").mockReturnValue(); // React reports what a boundary catches
});
afterAll(() => vi.restoreAllMocks());

test("the composer says that it failed, and why", async () => {
  render(<WorkbenchPanes />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The composer could not be shown");
  expect(alert.textContent).toContain("Invalid time value");
  screen.getByRole("region", { name: "Editor" });
});
