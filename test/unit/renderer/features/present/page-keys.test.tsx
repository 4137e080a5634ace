// Whether the presentation says that keys go to the page: to the desktop app's view, of which only main knows.
import { act, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { PageKeys } from "../../../../../renderer/features/present/page-half.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

const view = vi.hoisted(() => {
  const listeners = new Set<(isFocused: boolean) => void>();
  vi.stubGlobal("workbench", {
    platform: "linux",
    onPreviewFocused: (listener: (isFocused: boolean) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return { listeners, focus: (isFocused: boolean) => listeners.forEach((listener) => void listener(isFocused)) };
});

layOutPage();

test("it says so in place of its note while the desktop app's view has the focus", () => {
  const { unmount } = render(<PageKeys>The note</PageKeys>);
  expect(screen.queryByRole("status")).toBeNull();
  act(() => view.focus(true));
  expect(screen.getByRole("status")).toBeTruthy();
  expect(screen.queryByText("The note")).toBeNull(); // there is no room for both
  act(() => view.focus(false));
  expect(screen.queryByRole("status")).toBeNull();
  expect(screen.getByText("The note")).toBeTruthy();
  unmount();
  expect(view.listeners.size).toBe(0);
});
