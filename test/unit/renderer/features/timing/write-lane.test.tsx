// The card about a write: Escape hides it, and only keys have it announced.
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { WriteLane } from "../../../../../renderer/features/timing/write-lane.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const stream = { bytes: 4, captured: 4, chunks: [{ at: 1, offset: 0, length: 4 }] };

test("a card under the pointer is silent; one that is reached by key is not; Escape hides both", () => {
  render(<WriteLane name="stdout" stream={stream} end={2} onOpen={() => undefined} />);
  const lane = screen.getByRole("button");
  const card = () => document.querySelector('[data-part="card"]');
  const isSpoken = () => card()?.getAttribute("role") === "status";
  fireEvent.pointerMove(lane, { clientX: 1 });
  expect([card() !== null, isSpoken()]).toEqual([true, false]);
  fireEvent.keyDown(document.body, { key: "Escape" });
  expect(card()).toBeNull();
  fireEvent.keyDown(lane, { key: "ArrowRight" });
  expect([card() !== null, isSpoken()]).toEqual([true, true]);
  fireEvent.keyDown(lane, { key: "Escape" });
  expect(card()).toBeNull();
});
