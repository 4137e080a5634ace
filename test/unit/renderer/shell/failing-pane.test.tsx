// A pane that fails while it renders: the others of the workbench stay.
import { render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { useJar } from "../../../../renderer/features/composer/jar-store.js";
import { showPart } from "../../../../renderer/features/composer/part-store.js";
import { WorkbenchPanes } from "../../../../renderer/shell/workbench.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
beforeAll(() => {
  vi.spyOn(console, "error").mockReturnValue(); // React reports what a boundary catches
});
afterAll(() => vi.restoreAllMocks());

test("the composer says that it failed, and why", async () => {
  useJar.setState({
    cookies: [
      {
        name: "id",
        value: { base64: "%" }, // no bytes have these letters
        domain: "localhost",
        hostOnly: true,
        path: "/",
        secure: false,
        httpOnly: false,
        sameSite: null,
        expiresAt: null,
        withheld: null,
      },
    ],
  });
  showPart("cookies");
  render(<WorkbenchPanes />);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("The composer could not be shown");
  expect(alert.textContent).toContain("Invalid character");
  screen.getByRole("region", { name: "Editor" });
});
