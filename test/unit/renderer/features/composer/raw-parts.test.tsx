// The bar over a raw request: pieces and pauses, and what is filled in in place of what was typed.
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { fillRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { RawParts } from "../../../../../renderer/features/composer/raw-parts.js";
import { composeRaw, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
beforeEach(() => {
  showDraft(blankDraft("/a.cgi"), "a.cgi");
  useNotices.setState({ notices: [] });
});

const raw = () => useComposer.getState().raw;
const typed = (text: string): void => composeRaw({ isOn: true, isOwn: true, text });
const notices = () => useNotices.getState().notices;

/** As the card does it: what is done about it ends it. */
function undo(): void {
  const [notice] = notices();
  useNotices.setState({ notices: [] });
  notice?.action?.run();
}

test("the pause stays while the size of the pieces is cleared to type another one", () => {
  composeRaw({ pacing: { pieceBytes: 10, pauseMs: 500 } });
  render(<RawParts aside={null} />);
  const size = screen.getByRole("spinbutton", { name: "Bytes at once" });
  fireEvent.change(size, { target: { value: "" } });
  expect(raw().pacing).toBeNull();
  fireEvent.change(size, { target: { value: "20" } });
  expect(raw().pacing).toEqual({ pieceBytes: 20, pauseMs: 500 });
});

test("Undo changes no other script's request, and is offered again", async () => {
  typed("GET /typed");
  const { raw: before, ...draft } = useComposer.getState();
  await fillRaw();
  showDraft(blankDraft("/b.cgi"), "b.cgi");
  undo();
  expect(raw()).toEqual(blankDraft("/").raw);
  expect(notices().map(({ text }) => text.includes("a.cgi"))).toEqual([true]);
  showDraft({ ...draft, raw: raw() }, "a.cgi");
  undo();
  expect(raw()).toEqual(before);
});

test("what was typed since can be had back, too", async () => {
  typed("GET /first");
  await fillRaw();
  typed("GET /second");
  undo();
  expect(raw().text).toBe("GET /first");
  undo();
  expect(raw().text).toBe("GET /second");
});

test("“Fill from form” sends in pieces as the user chose, and Undo gives the typed bytes back", async () => {
  typed("GET /typed");
  composeRaw({ halfClose: false, pacing: { pieceBytes: 7, pauseMs: 70 } });
  const before = raw();
  await fillRaw();
  expect(raw()).toMatchObject({ isOwn: false, halfClose: false, pacing: { pieceBytes: 7, pauseMs: 70 } });
  undo();
  expect(raw()).toEqual(before);
  expect(notices()).toEqual([]);
});
