// The bytes that the fields would send, filled in for “Raw”.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { setClientOptions } from "../../../../../renderer/features/composer/client-options.js";
import { useJar } from "../../../../../renderer/features/composer/jar-store.js";
import { outgoingBytes } from "../../../../../renderer/features/composer/outgoing.js";
import { fillRaw, followFields, toggleRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { RawParts } from "../../../../../renderer/features/composer/raw-parts.js";
import { compose, composeRaw, showDraft, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft, draftFrom } from "../../../../../renderer/model/request/draft.js";
import { useEnvironments } from "../../../../../renderer/model/request/environments.js";
import { rawToBytes } from "../../../../../renderer/model/request/raw-text.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
followFields();
beforeEach(() => {
  compose(blankDraft("/a.cgi"));
  useJar.setState({ rev: 0, cookies: [], header: null });
  useEnvironments.setState({ root: null, names: [], mistake: null, chosen: null });
  useNotices.setState({ notices: [] });
});

const raw = () => useComposer.getState().raw;
const notes = () => screen.queryAllByRole("status").map(({ textContent }) => textContent ?? "");

test("the jar's cookies come as the bytes they are", async () => {
  setClientOptions({ cookies: true });
  useJar.setState({ header: { base64: btoa("v=J\xfcrgen") } });
  await fillRaw();
  expect(Buffer.from(rawToBytes(raw().text)).toString("latin1")).toContain("\r\nCookie: v=J\xfcrgen\r\n");
});

test("a note says that names of an environment's values stay as they are", async () => {
  compose({ target: "/a.cgi?{{user}}" });
  await fillRaw();
  const page = render(<RawParts aside={null} />);
  expect(notes()).toEqual([]);
  page.unmount();
  useEnvironments.setState({ names: ["dev"], chosen: "dev" });
  await fillRaw();
  render(<RawParts aside={null} />);
  expect(raw().text).toContain("{{user}}");
  expect(notes().filter((note) => note.includes("“dev”"))).toHaveLength(1);
});

test.each([
  ["Raw", toggleRaw],
  ["Fill from form", fillRaw],
])("%s: a body too large for a text field stays in the fields, with a notice", async (_what, fill) => {
  const { body } = blankDraft("/");
  compose({ body: { ...body, text: "\0".repeat((256 << 10) + 1) } });
  await fill();
  expect(raw()).toMatchObject({ isOn: false, text: "" });
  expect(useNotices.getState().notices.map(({ tone }) => tone)).toEqual(["bad"]);
  compose({ body: { ...body, text: "\0".repeat(256 << 10) } });
  await fill();
  expect(raw().isOn).toBe(true);
});

const target = () => raw().text.split(" ", 2)[1];

test("Raw: what was filled in is filled in again, and what was typed stays", async () => {
  await toggleRaw();
  await toggleRaw();
  compose({ target: "/a.cgi?2", method: "PUT" });
  await toggleRaw();
  expect(raw().text).toMatch(/^PUT \/a\.cgi\?2 /);

  render(<RawParts aside={null} />);
  fireEvent.change(screen.getByRole("textbox", { name: "Raw request" }), { target: { value: "GET /typed" } });
  await toggleRaw();
  compose({ target: "/a.cgi?3" });
  await toggleRaw();
  expect(raw()).toMatchObject({ isOn: true, text: "GET /typed" });
  fireEvent.change(screen.getByRole("textbox", { name: "Raw request" }), { target: { value: "" } });
  await toggleRaw();
  await toggleRaw();
  expect(target()).toBe("/a.cgi?3");
});

test("what was filled in follows another script and the jar while it is shown", async () => {
  await toggleRaw();
  const filled = { ...useComposer.getState(), target: "/b.cgi" };
  showDraft(filled, "b.cgi");
  await waitFor(() => expect(target()).toBe("/b.cgi"));
  setClientOptions({ cookies: true });
  useJar.setState({ header: "a=1" });
  await waitFor(() => expect(raw().text).toContain("Cookie: a=1"));
  composeRaw({ text: "GET /typed", isOwn: true });
  useJar.setState({ header: "a=2" });
  compose({ target: "/c.cgi" });
  // What would fill it in has begun before, and takes as long as one of these.
  for (let n = 0; n < 2; n++) await outgoingBytes(useComposer.getState(), "127.0.0.1", null);
  expect(raw().text).toBe("GET /typed");
});

test("what was filled in is not shown where the fields cannot be sent", async () => {
  await toggleRaw();
  const { signIn } = useComposer.getState();
  compose({ signIn: { ...signIn, user: "me", isPasswordLost: true } });
  await waitFor(() => expect(raw().isOn).toBe(false));
  expect(useNotices.getState().notices).toEqual([]);
});

test("a stored draft says whose its bytes are; those of an older version are the user's", () => {
  const { raw: blankRaw, ...draft } = blankDraft("/a.cgi");
  const { isOwn: _isOwn, ...older } = { ...blankRaw, isOn: true, text: "GET /" };
  const read = (stored: object) => draftFrom(JSON.parse(JSON.stringify({ ...draft, raw: stored })))?.raw;
  expect(read(older)).toEqual({ ...older, isOwn: true });
  for (const isOwn of [false, true]) expect(read({ ...older, isOwn })).toEqual({ ...older, isOwn });
});
