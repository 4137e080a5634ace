import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Menu, MenuItem } from "../../../../renderer/ui/menu.js";
import { Popover } from "../../../../renderer/ui/popover.js";
import { loadPopups } from "../../../../renderer/ui/popups.js";

/** In this order: what menus are made of is loaded once for the page. */
test("a menu that is not loaded has a plain button; a click loads and opens it, and a choice is heard", async () => {
  const onSelect = vi.fn();
  render(
    <Menu trigger={<button type="button">More</button>}>
      <MenuItem onSelect={onSelect}>Copy</MenuItem>
    </Menu>,
  );
  const button = screen.getByRole("button", { name: "More" });
  expect(button.getAttribute("aria-haspopup")).toBe("menu");
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("menu")).toBeNull();
  fireEvent.click(button);
  await loadPopups(); // the same load, however long the machine takes for it
  fireEvent.click(await screen.findByRole("menuitem", { name: "Copy" }));
  expect(onSelect).toHaveBeenCalledOnce();
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});

test("once it is loaded, buttons open at once, popovers too", async () => {
  await loadPopups();
  render(
    <Popover title="Facts" trigger={<button type="button">Server</button>}>
      <p>Serving</p>
    </Popover>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Server" }));
  expect((await screen.findByRole("dialog", { name: "Facts" })).textContent).toContain("Serving");
});
