// A pane that has the focus is hidden: the focus goes to the editor, and is not lost.
import { render, screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, test } from "vitest";
import { type Pane, togglePane, useLayout } from "../../../../renderer/platform/layout-store.js";
import { viewCommands } from "../../../../renderer/shell/view-commands.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
beforeAll(() => {
  Object.defineProperty(HTMLElement.prototype, "offsetParent", { configurable: true, get: () => document.body });
});

function Panes({ hasFile }: { readonly hasFile: boolean }) {
  const shown = useLayout();
  const side = (pane: Pane) =>
    shown[pane] && (
      <div data-pane>
        <button type="button">{pane}</button>
      </div>
    );
  return (
    <>
      <header data-pane>
        <button type="button">search</button>
      </header>
      {side("explorer")}
      <div data-pane="editor">{hasFile && <textarea aria-label="editor" data-pane-focus />}</div>
      <div data-pane>
        <input aria-label="request" />
      </div>
      {side("bottom")}
      {side("inspector")}
    </>
  );
}
const focused = (): string | null | undefined =>
  document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;
const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));

test.each(["explorer", "bottom", "inspector"] as const)("%s", async (pane) => {
  render(<Panes hasFile />);
  screen.getByText(pane).focus();
  void viewCommands[`view.${pane}`].run();
  await waitFor(() => expect(focused()).toBe("editor"));
  expect(screen.queryByText(pane)).toBeNull();
  void viewCommands[`view.${pane}`].run();
  await screen.findByText(pane);
  await frame();
  expect(focused()).toBe("editor");
});

test("without an open file the pane after the editor has it", async () => {
  render(<Panes hasFile={false} />);
  screen.getByText("bottom").focus();
  void viewCommands["view.bottom"].run();
  await waitFor(() => expect(focused()).toBe("request"));
  togglePane("bottom");
});

test("a focus elsewhere stays", async () => {
  render(<Panes hasFile />);
  screen.getByLabelText("request").focus();
  void viewCommands["view.inspector"].run();
  await waitFor(() => expect(screen.queryByText("inspector")).toBeNull());
  await frame();
  expect(focused()).toBe("request");
});
