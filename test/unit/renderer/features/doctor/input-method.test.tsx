// The status of a filter, and arrow keys in the doctor's fields: while an input method composes, they choose among its
// own words.
import { createEvent, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemsDialog } from "../../../../../renderer/features/doctor/problems-dialog.js";
import { RulesDialog } from "../../../../../renderer/features/doctor/rules-dialog.js";
import { useFiles } from "../../../../../renderer/model/folder/file-store.js";
import { closeDialog, openDialog } from "../../../../../renderer/platform/dialogs.js";
import type { FileEntry } from "../../../../../server/contract/workspace.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  const gone: FileEntry = {
    ...{ path: "gone.sh", kind: "file", sizeBytes: 1, modifiedAt: 0, executable: true, mode: "cgi", agent: null },
    target: "/gone.sh",
  };
  useFiles.setState({ entries: [gone], byPath: new Map([[gone.path, gone]]) }); // it could not be checked: one entry
});
afterAll(() => served[Symbol.asyncDispose]());

/** Presses the arrow in the field; true: the dialog took it. */
function isTaken(field: HTMLElement, isComposing: boolean): boolean {
  field.focus();
  const event = createEvent.keyDown(field, { key: "ArrowDown", isComposing });
  fireEvent(field, event);
  return event.defaultPrevented;
}

test("the index of rules", async () => {
  openDialog("rules");
  render(<RulesDialog />);
  const field = await screen.findByRole("searchbox");
  expect([isTaken(field, true), isTaken(field, false)]).toEqual([false, true]);
  closeDialog("rules");
});

test("the problems of the folder; a filter that leaves none says so", async () => {
  openDialog("problems");
  render(<ProblemsDialog />);
  const field = await screen.findByRole("searchbox");
  await waitFor(() => expect(document.querySelector(".problems-entry")).not.toBeNull());
  expect(isTaken(field, true)).toBe(false);
  expect(document.activeElement).toBe(field);
  expect(isTaken(field, false)).toBe(true);
  expect(document.activeElement).not.toBe(field);
  const whole = screen.getByRole("status").textContent ?? "";
  fireEvent.change(field, { target: { value: "in no path" } });
  expect(screen.getByRole("status").textContent?.length).toBeGreaterThan(whole.length);
  closeDialog("problems");
});
