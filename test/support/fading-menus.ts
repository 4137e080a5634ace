// Menus in component tests fade as in a browser, where they are there for a while after they have closed. happy-dom
// has no animations: this one lasts until the test ends it.
import { screen, waitFor } from "@testing-library/react";
import { afterAll, beforeEach, expect } from "vitest";
import { loadPopups } from "../../renderer/ui/popups.js";

/** Call it at the top of a test file. Returns what ends the fading of the menu that was closed. */
export function fadeMenus(): () => Promise<void> {
  let end: () => void = () => undefined;
  beforeEach(async () => {
    await loadPopups();
    const finished = new Promise<void>((resolve) => {
      end = resolve;
    });
    Object.defineProperty(HTMLElement.prototype, "getAnimations", { configurable: true, value: () => [{ finished }] });
  });
  afterAll(() => Reflect.deleteProperty(HTMLElement.prototype, "getAnimations"));
  return async () => {
    expect(screen.queryByRole("menu")).not.toBeNull();
    end();
    await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  };
}
