// What has the focus when the ways to run a script are closed.
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { Rail } from "../../../../../renderer/features/rail/rail-view.js";
import { closeRail, openRail } from "../../../../../renderer/platform/rail.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

function open(): void {
  render(
    <>
      <button type="button" onClick={() => openRail("a.py")}>
        Open
      </button>
      <input aria-label="Editor" />
      <Rail />
    </>,
  );
  const opener = screen.getByRole("button");
  opener.focus();
  fireEvent.click(opener);
  opener.blur();
}

test("the button that opened them, if nothing has it", async () => {
  open();
  act(closeRail);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button")));
});

test("what has taken it, as the editor does for a line", async () => {
  open();
  act(closeRail);
  screen.getByLabelText("Editor").focus();
  await new Promise(requestAnimationFrame);
  expect(document.activeElement).toBe(screen.getByLabelText("Editor"));
});
