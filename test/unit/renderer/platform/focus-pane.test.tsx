// Where the focus goes by F6, and when what has it is removed or hidden.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useLayoutEffect, useRef, useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { focusPane, isFocusLost, keepsFocus, passFocusOn } from "../../../../renderer/platform/focus-pane.js";
import { layOutPage } from "../../../support/laid-out-page.js";

layOutPage();
// As a browser does: what is hidden has no box and takes no focus.
beforeEach(() => {
  const { focus, getClientRects } = HTMLElement.prototype;
  const isHidden = (element: Element): boolean => element.closest("[hidden]") !== null;
  vi.spyOn(HTMLElement.prototype, "getClientRects").mockImplementation(function (this: HTMLElement) {
    const rects = getClientRects.call(this);
    if (isHidden(this)) Object.defineProperty(rects, "length", { value: 0 });
    return rects;
  });
  vi.spyOn(HTMLElement.prototype, "focus").mockImplementation(function (this: HTMLElement) {
    if (!isHidden(this)) focus.call(this);
  });
});
afterEach(() => void vi.restoreAllMocks());

function Editor({ isHidden }: { readonly isHidden: boolean }) {
  const code = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isHidden) passFocusOn(code.current);
  }, [isHidden]);
  return (
    <section data-pane="editor">
      <button type="button" tabIndex={-1}>
        Tab that is not selected
      </button>
      <button type="button">Tab</button>
      <div ref={code} hidden={isHidden} data-pane-focus>
        <textarea aria-label="Code" />
      </div>
    </section>
  );
}

function Page() {
  const [isHidden, setHidden] = useState(true);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <header data-pane>
        <button type="button" onClick={() => setHidden(!isHidden)}>
          Switch
        </button>
      </header>
      <Editor isHidden={isHidden} />
      <section data-pane>
        {isAsking && (
          <p ref={keepsFocus}>
            <button type="button" onClick={() => setAsking(false)}>
              Answer
            </button>
          </p>
        )}
        {!isAsking && (
          <button type="button" onClick={() => setAsking(true)}>
            Ask
          </button>
        )}
        <input aria-label="List" data-pane-focus />
      </section>
    </>
  );
}
const button = (name: string): HTMLElement => screen.getByRole("button", { name });
const press = (name: string): void => {
  button(name).focus();
  fireEvent.click(button(name));
};
const isAt = (element: HTMLElement): void => expect(document.activeElement).toBe(element);

test("F6 passes what is hidden, and goes on", () => {
  render(<Page />);
  button("Switch").focus();
  for (const element of [button("Tab"), screen.getByLabelText("List"), button("Switch")]) {
    focusPane(1);
    isAt(element);
  }
  press("Switch");
  focusPane(1);
  isAt(screen.getByLabelText("Code"));
});

test("the pane of an element that is removed gets its focus", async () => {
  render(<Page />);
  press("Ask");
  press("Answer");
  await waitFor(() => isAt(screen.getByLabelText("List")));
});

test("the editor's pane gets the focus of an element that is hidden; another focus stays", async () => {
  render(<Page />);
  press("Switch");
  screen.getByLabelText("Code").focus();
  fireEvent.click(button("Switch"));
  expect(isFocusLost()).toBe(true);
  await waitFor(() => isAt(button("Tab")));
  fireEvent.click(button("Switch"));
  screen.getByLabelText("Code").focus();
  fireEvent.click(button("Switch"));
  screen.getByLabelText("List").focus();
  await new Promise(requestAnimationFrame);
  isAt(screen.getByLabelText("List"));
});
