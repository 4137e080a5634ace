// The bytes that the fields would send, filled in for “Raw”.
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { setClientOptions } from "../../../../../renderer/features/composer/client-options.js";
import { useJar } from "../../../../../renderer/features/composer/jar-store.js";
import { fillRaw, toggleRaw } from "../../../../../renderer/features/composer/raw-fill.js";
import { RawParts } from "../../../../../renderer/features/composer/raw-parts.js";
import { compose, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { useEnvironments } from "../../../../../renderer/model/request/environments.js";
import { rawToBytes } from "../../../../../renderer/model/request/raw-text.js";
import { useNotices } from "../../../../../renderer/platform/notices.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
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
