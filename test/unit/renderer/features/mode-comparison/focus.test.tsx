// What has the focus when the ways to run a script are closed.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ModeComparison } from "../../../../../renderer/features/mode-comparison/mode-comparison.js";
import { closeModeComparison, openModeComparison } from "../../../../../renderer/platform/mode-comparison.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

function open(): void {
  render(
    <>
      <button type="button" onClick={() => openModeComparison("a.py")}>
        Open
      </button>
      <input aria-label="Editor" />
      <ModeComparison />
    </>,
  );
  const opener = screen.getByRole("button");
  opener.focus();
  fireEvent.click(opener);
  opener.blur();
}

test("the button that opened them, if nothing has it", async () => {
  open();
  act(closeModeComparison);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button")));
});

test("what has taken it, as the editor does for a line", async () => {
  open();
  act(closeModeComparison);
  screen.getByLabelText("Editor").focus();
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(screen.getByLabelText("Editor"));
});
