// A cookie's expiry in its form: what a field for dates cannot show, and what is no date.
import { createORPCClient } from "@orpc/client";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { CookieForm } from "../../../../../renderer/features/composer/cookie-form.js";
import type { Client } from "../../../../../renderer/rpc/connection.js";
import { useServer } from "../../../../../renderer/rpc/store.js";
import type { JarCookie } from "../../../../../server/contract/cookies-contract.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
const put: unknown[] = [];
beforeAll(() => {
  vi.stubEnv("TZ", "Asia/Tokyo");
  const client: Client = createORPCClient({
    call: async ([, name], input) => {
      if (name === "set") put.push(input);
      return { rev: 1, cookies: [], header: null };
    },
  });
  useServer.setState({ connection: "connected", client });
});
afterAll(() => {
  useServer.setState({ client: null });
  vi.unstubAllEnvs();
});
beforeEach(() => {
  put.length = 0;
});

const cookie = (expiresAt: number | null): JarCookie => ({
  ...{ name: "id", value: "1", domain: "127.0.0.1", path: "/", hostOnly: true, expiresAt },
  ...{ secure: false, httpOnly: false, sameSite: null },
});
const field = () => screen.getByLabelText<HTMLInputElement>("Cookie valid until");

test.each([
  ["the last moment there is", 8.64e15, ""],
  ["a year with five digits", Date.UTC(12026, 0, 1), ""],
  ["the last minute of the year 9999", Date.UTC(9999, 11, 31, 14, 59), "9999-12-31T23:59"],
  ["a time of day", Date.UTC(2026, 10, 26, 20, 5), "2026-11-27T05:05"],
])("shows %s", async (_, expiresAt, shown) => {
  render(<CookieForm cookie={cookie(expiresAt)} onDone={() => undefined} />);
  expect([field().getAttribute("value"), field().max]).toEqual([shown, "9999-12-31T23:59"]);
  fireEvent.submit(screen.getByRole("form", { name: "Cookie id" }));
  await waitFor(() => expect(put).toMatchObject([{ cookie: { expiresAt } }]));
});

test.each([
  ["2026-11-27T05:05", Date.UTC(2026, 10, 26, 20, 5)],
  ["12026-01-01T00:00", null],
])("takes %s", async (typed, expiresAt) => {
  render(<CookieForm cookie={cookie(0)} onDone={() => undefined} />);
  // Browsers take a fifth digit of the year; happy-dom's field would be empty.
  Object.defineProperty(field(), "value", { get: () => typed, set: () => undefined });
  fireEvent.change(field());
  fireEvent.submit(screen.getByRole("form", { name: "Cookie id" }));
  await waitFor(() => expect(put).toMatchObject([{ cookie: { expiresAt } }]));
});

test("Escape leaves it, unless the key belongs to the input method", () => {
  const onDone = vi.fn();
  render(<CookieForm cookie={cookie(null)} onDone={onDone} />);
  const name = screen.getByRole("textbox", { name: "Cookie name" });
  fireEvent.keyDown(name, { key: "Escape", isComposing: true });
  expect(onDone).not.toHaveBeenCalled();
  fireEvent.keyDown(name, { key: "Escape" });
  expect(onDone).toHaveBeenCalledOnce();
});
