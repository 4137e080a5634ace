// The presentation's keys beside those of the lists of names on it.
import { fireEvent, render, screen } from "@testing-library/react";
import { useRef } from "react";
import { expect, test } from "vitest";
import { useNameKeys } from "../../../../../renderer/features/header-help/use-name-keys.js";
import { usePresentationKeys } from "../../../../../renderer/features/present/use-presentation-keys.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();

test("an arrow that goes from one name to the next does not go to another request too", () => {
  const steps: number[] = [];
  function Presentation() {
    const names = useNameKeys<HTMLDivElement>();
    const stage = useRef<HTMLDivElement>(null);
    usePresentationKeys(stage, { onLeave: () => undefined, onStep: (by) => steps.push(by), onTour: () => undefined });
    return (
      <div ref={stage} tabIndex={-1}>
        <div ref={names}>
          <button type="button" data-explained="">
            Host
          </button>
          <button type="button" data-explained="">
            Accept
          </button>
        </div>
        <p>Picture</p>
      </div>
    );
  }
  render(<Presentation />);
  screen.getByText("Host").focus();
  for (const [key, name] of [
    ["ArrowRight", "Accept"],
    ["ArrowRight", "Accept"],
    ["ArrowLeft", "Host"],
  ] as const) {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    expect(document.activeElement?.textContent).toBe(name);
  }
  expect(steps).toEqual([]);
  fireEvent.keyDown(screen.getByText("Picture"), { key: "ArrowLeft" });
  expect(steps).toEqual([-1]);
  for (const key of ["PageDown", "PageUp"]) fireEvent.keyDown(screen.getByText("Picture"), { key });
  expect(steps).toEqual([-1, 1, -1]);
});
