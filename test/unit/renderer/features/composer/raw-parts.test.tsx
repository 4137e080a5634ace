// The bar over a raw request: pieces and pauses, and the library's probes in place of what was typed.
import { fireEvent, render, screen } from "@testing-library/react";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { fillRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { RawParts } from "../../../../../renderer/features/composer/raw-parts.js";
import { composeRaw, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { probes } from "../../../../../server/formats/probes/library.js";
import { type Probe, probeGroups } from "../../../../../server/formats/probes/probe.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
beforeAll(loadPopups);
beforeEach(() => {
  showDraft(blankDraft("/a.cgi"), "a.cgi");
  useNotices.setState({ notices: [] });
});

const raw = () => useComposer.getState().raw;
const typed = (text: string): void => composeRaw({ isOn: true, isOwn: true, text, probe: null });
const notices = () => useNotices.getState().notices;

/** As the card does it: what is done about it ends it. */
function undo(): void {
  const [notice] = notices();
  useNotices.setState({ notices: [] });
  notice?.action?.run();
}

function paced(): Probe {
  const found = probes.find(({ pacing }) => pacing !== null);
  if (!found) throw new Error("The library has no probe in pieces.");
  return found;
}

async function choose({ group, title }: Probe): Promise<void> {
  fireEvent.click(screen.getByRole("button", { name: "Library" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: probeGroups[group] }));
  fireEvent.click(await screen.findByRole("menuitem", { name: title }));
}

test("the pause stays while the size of the pieces is cleared to type another one", () => {
  composeRaw({ pacing: { pieceBytes: 10, pauseMs: 500 } });
  render(<RawParts aside={null} />);
  const size = screen.getByRole("spinbutton", { name: /Pieces of/ });
  fireEvent.change(size, { target: { value: "" } });
  expect(raw().pacing).toBeNull();
  fireEvent.change(size, { target: { value: "20" } });
  expect(raw().pacing).toEqual({ pieceBytes: 20, pauseMs: 500 });
});

test("a probe in place of a typed request: Undo gives that back, with how it is sent", async () => {
  typed("GET /typed");
  composeRaw({ halfClose: false, pacing: { pieceBytes: 7, pauseMs: 70 } });
  const before = raw();
  render(<RawParts aside={null} />);
  await choose(paced());
  expect(raw()).toMatchObject({ probe: paced().id, pacing: paced().pacing });
  expect(notices().map(({ action }) => action?.title)).toEqual(["Undo"]);
  undo();
  expect(raw()).toEqual(before);
  expect(notices()).toEqual([]);
});

test("nothing is offered for bytes that the library or the fields have", async () => {
  await fillRaw();
  render(<RawParts aside={null} />);
  for (const probe of probes.slice(0, 2)) await choose(probe);
  await fillRaw();
  expect(raw().isOwn).toBe(false);
  expect(notices()).toEqual([]);
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

test("“Fill from form” sends in pieces as the user chose, and not as the probe before it", async () => {
  typed("GET /typed");
  composeRaw({ halfClose: false, pacing: { pieceBytes: 7, pauseMs: 70 } });
  await fillRaw();
  expect(raw()).toMatchObject({ halfClose: false, pacing: { pieceBytes: 7, pauseMs: 70 } });
  composeRaw({ isOwn: true, text: "probe", halfClose: false, pacing: paced().pacing, probe: paced().id });
  await fillRaw();
  expect(raw()).toMatchObject({ halfClose: true, pacing: null, probe: null });
});
