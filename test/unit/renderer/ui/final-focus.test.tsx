// What has the focus when a menu has faded.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { ContextMenu } from "../../../../renderer/ui/context-menu.js";
import { Menu, MenuItem } from "../../../../renderer/ui/menu.js";
import { fadeMenus } from "../../../support/fading-menus.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
const faded = fadeMenus();

const list = (): HTMLElement => screen.getByLabelText("List");
const item = <MenuItem onSelect={() => undefined}>Copy</MenuItem>;

function Page() {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  return (
    <>
      <input aria-label="List" />
      <input aria-label="Field" />
      <button type="button" onClick={() => setAt({ x: 1, y: 1 })}>
        At a point
      </button>
      <ContextMenu label="Row" at={at} onClose={() => setAt(null)} returnTo={list}>
        {item}
      </ContextMenu>
      <Menu trigger={<button type="button">At a button</button>} finalFocus={list}>
        {item}
      </Menu>
    </>
  );
}

/** Until the menu fades. */
async function choose(opener: string): Promise<void> {
  render(<Page />);
  fireEvent.click(screen.getByRole("button", { name: opener }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Copy" }));
  expect(screen.getByRole("menu").contains(document.activeElement)).toBe(true);
}

const openers = ["At a point", "At a button"];

test.each(openers)("%s: a menu gives back the focus that it has", async (opener) => {
  await choose(opener);
  await faded();
  await waitFor(() => expect(document.activeElement).toBe(list()));
});

test.each(openers)("%s: what has taken the focus while the menu faded keeps it", async (opener) => {
  await choose(opener);
  screen.getByLabelText("Field").focus();
  await faded();
  expect(document.activeElement).toBe(screen.getByLabelText("Field"));
});
