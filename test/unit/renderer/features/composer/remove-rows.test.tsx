// Removing rows by key: the focus goes on to the next row, and after the last one to where rows are added.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { QueryTable } from "../../../../../renderer/features/composer/composer.js";
import { CookiesPart } from "../../../../../renderer/features/composer/cookies-part.js";
import { readJar, setCookie, useJar } from "../../../../../renderer/features/composer/jar-store.js";
import { compose, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
});
afterAll(() => served[Symbol.asyncDispose]());

function Query() {
  return <QueryTable target={useComposer(({ target }) => target)} />;
}

function remove(what: string): void {
  const button = screen.getByRole("button", { name: `Remove ${what}` });
  button.focus();
  fireEvent.click(button);
}

const focused = () => document.activeElement;

test("a row of names and values", () => {
  compose(blankDraft("/a.cgi?a=1&b=2&c=3"));
  render(<Query />);
  remove("query parameter b");
  expect(focused()).toBe(screen.getByRole("button", { name: "Remove query parameter c" }));
  remove("query parameter c");
  expect(focused()).toBe(screen.getByPlaceholderText("Add query parameter"));
  expect(useComposer.getState().target).toBe("/a.cgi?a=1");
});

test("a cookie, when it has been removed", async () => {
  compose(blankDraft("/a.cgi"));
  const blank = { value: "1", domain: "127.0.0.1", path: "/", hostOnly: true };
  const flags = { expiresAt: null, secure: false, httpOnly: false, sameSite: null };
  for (const name of ["a", "b", "c"]) await setCookie({ name, ...blank, ...flags }, null);
  await readJar();
  render(<CookiesPart />);
  const left = () => useJar.getState().cookies.map(({ name }) => name);
  expect(left()).toEqual(["a", "b", "c"]);
  remove("cookie b");
  await waitFor(() => expect(focused()).toBe(screen.getByRole("button", { name: "Remove cookie c" })));
  expect(left()).toEqual(["a", "c"]);
  remove("cookie c");
  await waitFor(() => expect(focused()).toBe(screen.getByRole("button", { name: "Add cookie" })));
  expect(left()).toEqual(["a"]);
});
