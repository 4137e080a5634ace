import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allCommands } from "../../../../../renderer/commands.js";
import { Composer } from "../../../../../renderer/features/composer/composer.js";
import { compose } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft } from "../../../../../renderer/model/request/draft.js";
import { registerCommands } from "../../../../../renderer/platform/command-registry.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();
registerCommands(allCommands);

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script(
    "hello.cgi",
    'printf "Content-Type: text/plain; charset=latin1\\n\\nGr\\374\\337e\\n\\nfrom $REQUEST_METHOD"',
  );
  served.script("fails.cgi", "exit 3");
});
afterAll(() => served[Symbol.asyncDispose]());
beforeEach(() => compose(blankDraft("/hello.cgi")));

const request = () => within(screen.getByRole("region", { name: "Request" }));
const send = () => fireEvent.click(screen.getByRole("button", { name: /^Send/ }));
const result = () => request().findByRole("button", { name: /^(Failed: ?)?\d{3}/ });

test("status, size, type and time of the last send", async () => {
  render(<Composer />);
  send();
  await waitFor(async () => expect((await result()).textContent).toMatch(/^200·15 B·text\/plain·[\d.]+ m?s/));
});

test("a failure has a sign and its cause", async () => {
  compose(blankDraft("/fails.cgi"));
  render(<Composer />);
  send();
  await waitFor(async () => expect((await result()).querySelector('[data-part="cause"]')?.textContent).toBeTruthy());
  expect(within(await result()).getByRole("img", { name: "Failed:" })).toBeDefined();
  expect((await result()).textContent).toContain("500");
});

const kind = (value: string): void => {
  fireEvent.click(screen.getByRole("tab", { name: /^Body/ }));
  fireEvent.change(screen.getByRole("combobox", { name: "Kind of body" }), { target: { value } });
};
const method = () => screen.getByRole<HTMLInputElement>("combobox", { name: "Method" });

test.each(["form", "multipart", "file"])("a body of the kind %s goes by POST", async (value) => {
  render(<Composer />);
  fireEvent.click(screen.getByRole("tab", { name: /^Body/ }));
  await screen.findByRole("combobox", { name: "Kind of body" });
  kind(value);
  expect(method().value).toBe("POST");
  kind("text");
  expect(method().value).toBe("POST");
});

test("a method that was chosen by hand stays, and the body says what becomes of it", async () => {
  render(<Composer />);
  fireEvent.click(screen.getByRole("tab", { name: /^Body/ }));
  await screen.findByRole("combobox", { name: "Kind of body" });
  fireEvent.change(method(), { target: { value: "HEAD" } });
  fireEvent.change(method(), { target: { value: "GET" } });
  kind("form");
  expect(method().value).toBe("GET");
  expect(screen.queryByRole("button", { name: "Use POST" })).toBeNull();
  fireEvent.change(screen.getByRole("textbox", { name: "Form field name" }), { target: { value: "name" } });
  fireEvent.click(await screen.findByRole("button", { name: "Use POST" }));
  expect(method().value).toBe("POST");
  expect(screen.queryByRole("button", { name: "Use POST" })).toBeNull();
});
