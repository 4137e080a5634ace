// Rows of the query: what an edit does to the target, and `{{name}}` in them and in a form with an environment chosen.
import { fireEvent, render, screen } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { QueryTable } from "../../../../../renderer/features/composer/composer.js";
import { sendRequest } from "../../../../../renderer/features/composer/send.js";
import { compose, useComposer } from "../../../../../renderer/model/request/composer-store.js";
import { blankDraft, pair } from "../../../../../renderer/model/request/draft.js";
import { chooseEnvironment, loadEnvironments } from "../../../../../renderer/model/request/environments.js";
import { useSelection } from "../../../../../renderer/platform/selection.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import { type ServedPage, servePage } from "../../../../support/served-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  served = await servePage();
  served.script("read.cgi", "printf 'Content-Type: text/plain\\n\\n'; cat");
  served.folder.write("http-client.env.json", JSON.stringify({ dev: { who: "ada" } }));
  await loadEnvironments();
});
afterAll(() => served[Symbol.asyncDispose]());
afterEach(() => chooseEnvironment(null));

function Query() {
  return <QueryTable target={useComposer(({ target }) => target)} />;
}
function showQuery(target: string): void {
  compose(blankDraft(target));
  render(<Query />);
}
const target = () => useComposer.getState().target;
function type(what: "name" | "value", text: string): void {
  const [field] = screen.getAllByRole("textbox", { name: `Query parameter ${what}` });
  if (field) fireEvent.change(field, { target: { value: text } });
}

async function sent() {
  await sendRequest();
  const trace = served.workbench.traces.get(useSelection.getState().traceId ?? "");
  const body = trace?.request.body;
  return { target: trace?.request.target, body: Buffer.from(body?.read(0, body.captured) ?? []).toString() };
}

test.each([
  ["name", "names", "/x?name=J%FCrgen&b=%zz", "/x?names=J%FCrgen&b=%zz"],
  ["value", "J%FCrgens", "/x?name=J%FCrgen&b=%zz", "/x?name=J%FCrgens&b=%zz"],
  ["name", "b", "/x?a=%zz", "/x?b=%zz"],
  ["value", "2", "/x?%FC=1&flag", "/x?%FC=2&flag"],
  ["value", "a←↵b↵!", "/x?to=a%0D%0Ab%0A", "/x?to=a%0D%0Ab%0A!"],
  ["value", "↵2", "/x?to=1", "/x?to=%E2%86%B52"],
] as const)("a new %s keeps all other bytes: %s", (what, text, before, after) => {
  showQuery(before);
  type(what, text);
  expect(target()).toBe(after);
});

test("line ends of a value are seen", () => {
  showQuery("/x?to=a%0D%0Ab");
  expect(screen.getAllByRole("textbox", { name: "Query parameter value" })).toMatchObject([{ value: "a←↵b" }]);
});

test("a value with line ends and the arrows that stand for them cannot be edited in one line", () => {
  showQuery("/x?to=a%0Ab%E2%86%B5");
  const [field] = screen.getAllByRole<HTMLInputElement>("textbox", { name: "Query parameter value" });
  expect(field).toMatchObject({ value: "a↵b↵", readOnly: true });
});

test("a placeholder typed into rows gets the value of the chosen environment", async () => {
  chooseEnvironment("dev");
  showQuery("/read.cgi");
  type("name", "name");
  type("value", "{{who}} & co");
  expect(target()).toBe("/read.cgi?name={{who}}+%26+co");
  expect(await sent()).toMatchObject({ target: "/read.cgi?name=ada+%26+co" });
});

test("a placeholder in a form, too; without an environment it is text", async () => {
  const { body } = blankDraft("/");
  const fields = [{ ...pair("who", "{{who}} & {{none}}"), isFile: false, file: null }];
  compose({ ...blankDraft("/read.cgi"), method: "POST", body: { ...body, kind: "form", fields } });
  const encoded = "%7B%7Bwho%7D%7D+%26+%7B%7Bnone%7D%7D";
  expect(await sent()).toMatchObject({ body: `who=${encoded}` });
  chooseEnvironment("dev");
  expect(await sent()).toMatchObject({ body: "who=ada+%26+{{none}}" });
  chooseEnvironment(null);
  showQuery("/read.cgi?who=");
  type("value", "{{who}} & {{none}}");
  expect(target()).toBe(`/read.cgi?who=${encoded}`);
});
