// The dialog of keyboard shortcuts: keys that work everywhere, and those of the list of traces.
import { render, screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { HelpDialogs } from "../../../../../renderer/features/help/help-dialogs.js";
import { openDialog } from "../../../../../renderer/platform/dialogs.js";
import { commandTitle } from "../../../../../server/contract/commands.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

test("lists the single keys of the list of traces beside the shortcuts", async () => {
  openDialog("shortcuts");
  render(<HelpDialogs />);
  const everywhere = await screen.findByRole("table", { name: "Keyboard shortcuts" });
  const inTheList = screen.getByRole("table", { name: "Keys of the list of traces" });
  const keysOf = (table: HTMLElement, title: string): string | null | undefined =>
    within(table).queryByRole("rowheader", { name: title })?.nextElementSibling?.textContent;
  for (const [id, key] of [
    ["trace.annotate", "N"],
    ["trace.undoDelete", "U"],
    ["trace.delete", "Del"],
  ] as const) {
    expect(keysOf(inTheList, commandTitle(id))).toBe(key);
    expect(keysOf(everywhere, commandTitle(id))).toBeUndefined();
  }
});
