// A dialog with fields: what it takes, what it gives back, and where the focus is.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { Button } from "../../../../renderer/ui/button.js";
import { Dialog, FormDialog } from "../../../../renderer/ui/dialog.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();

/** A button that opens a dialog with one field; what is submitted is said on the page. */
function Page({
  problem = null,
  isPossible = true,
}: {
  readonly problem?: string | null;
  readonly isPossible?: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState("nothing");
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <output>{said}</output>
      {isOpen && (
        <NameDialog
          problem={problem}
          isPossible={isPossible}
          onClose={() => setOpen(false)}
          onName={(name) => {
            setSaid(name);
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface NameDialogProps {
  readonly problem: string | null;
  readonly isPossible: boolean;
  readonly onClose: () => void;
  readonly onName: (name: string) => void;
}

function NameDialog({ onName, ...dialog }: NameDialogProps) {
  const [name, setName] = useState("");
  return (
    <FormDialog {...dialog} title="New name" action="Create" onSubmit={() => onName(name)}>
      <input aria-label="Name" value={name} onChange={(event) => setName(event.target.value)} />
    </FormDialog>
  );
}

const open = async (): Promise<HTMLElement> => {
  const opener = screen.getByRole("button", { name: "Open" });
  opener.focus();
  fireEvent.click(opener);
  return screen.findByRole("dialog", { name: "New name" });
};
const closed = (): Promise<void> => waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());

test("submits its fields and closes", async () => {
  render(<Page />);
  await open();
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "hello.py" } });
  fireEvent.click(screen.getByRole("button", { name: "Create" }));
  await closed();
  expect(screen.getByRole("status").textContent).toBe("hello.py");
});

test("Escape and Cancel close it without submitting, and its fields are empty the next time", async () => {
  render(<Page />);
  for (const close of [
    () => fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" }),
    () => fireEvent.click(screen.getByRole("button", { name: "Cancel" })),
  ]) {
    await open();
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("");
    fireEvent.change(screen.getByLabelText("Name"), { target: { value: "left behind" } });
    close();
    await closed();
  }
  expect(screen.getByRole("status").textContent).toBe("nothing");
});

test("takes the focus, and gives it back to where it was", async () => {
  render(<Page />);
  const dialog = await open();
  await waitFor(() => expect(dialog.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  await closed();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Open", hidden: true })));
});

const focused = (name: string): Promise<void> =>
  waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name })));

test("begins at its first field", async () => {
  render(<Page />);
  await open();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Name")));
});

test("begins at the main button where there is no field, and waits until that is possible", async () => {
  const question = { title: "Export", action: "Save", onClose: () => undefined, onSubmit: () => undefined };
  const { rerender } = render(<FormDialog {...question} isPossible={false} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("dialog")));
  rerender(<FormDialog {...question} />);
  await focused("Save");
});

test("does not begin at a button that destroys", async () => {
  render(
    <FormDialog title="Delete it?" action="Delete" isDangerous onClose={() => undefined} onSubmit={() => undefined} />,
  );
  await focused("Cancel");
  cleanup();
  render(
    <Dialog
      title="Save the edits?"
      onClose={() => undefined}
      actions={
        <>
          <Button look="danger">Discard</Button>
          <Button>Cancel</Button>
          <Button look="primary">Save</Button>
        </>
      }
    />,
  );
  await focused("Save");
});

test("says why a try failed, and cannot be submitted while that is not possible", async () => {
  render(<Page problem="There is such a file." isPossible={false} />);
  await open();
  expect(screen.getByRole("alert").textContent).toBe("There is such a file.");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Create" }).disabled).toBe(true);
});

test("without buttons of its own it can be closed, and the field that comes later gets the focus", async () => {
  let isClosed = false;
  const dialog = (field: boolean) => (
    <Dialog title="Rules" onClose={() => (isClosed = true)}>
      {field && <input aria-label="Words" />}
    </Dialog>
  );
  const { rerender } = render(dialog(false));
  const popup = await screen.findByRole("dialog", { name: "Rules" });
  await waitFor(() => expect(document.activeElement).toBe(popup));
  rerender(dialog(true));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Words")));
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(isClosed).toBe(true);
});
