// An exception while a part of the window renders: that part says so, the others stay.
import { fireEvent, render, screen } from "@testing-library/react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ErrorBoundary } from "../../../../renderer/platform/error-boundary.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
beforeAll(() => {
  vi.spyOn(console, "error").mockReturnValue(); // React reports what a boundary catches
});
afterAll(() => vi.restoreAllMocks());

let isBroken = true;
function Fragile() {
  if (isBroken) throw new RangeError("Invalid time value");
  return <p>All is well</p>;
}

test("names the part and the reason, leaves the others, and shows the part again", () => {
  render(
    <>
      <ErrorBoundary part="The editor">
        <Fragile />
      </ErrorBoundary>
      <ErrorBoundary part="The list of traces">
        <p>Traces</p>
      </ErrorBoundary>
    </>,
  );
  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("The editor");
  expect(alert.textContent).toContain("Invalid time value");
  screen.getByText("Traces");
  const again = screen.getByRole("button", { name: "Show again" });
  fireEvent.click(again); // still broken
  screen.getByRole("alert");
  isBroken = false;
  fireEvent.click(screen.getByRole("button", { name: "Show again" }));
  screen.getByText("All is well");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("reloads the window", () => {
  isBroken = true;
  const reload = vi.spyOn(location, "reload").mockReturnValue();
  render(
    <ErrorBoundary part="The editor">
      <Fragile />
    </ErrorBoundary>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Reload the window" }));
  expect(reload).toHaveBeenCalledOnce();
});
