// What the headings of a comparison count, beside bodies whose lines are compared.
import { render, screen, within } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Compare } from "../../../../../renderer/features/trace-compare/compare.js";
import { compare } from "../../../../../renderer/model/traces/trace-comparison.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();
let served: ServedPage;
beforeAll(async () => {
  served = await serveStreams();
  served.script("echo.cgi", "printf 'Content-Type: text/plain\\n\\n'; cat");
});
afterAll(() => served[Symbol.asyncDispose]());

const counted = (part: string) => screen.getByRole("region", { name: part }).querySelector("h3 span")?.textContent;

test.each([
  ["different bodies of one length", "a=1", "a=2", "no difference before the body"],
  ["no bodies", "", "", "no difference"],
])("of %s", async (_what, one, other, words) => {
  const [left, right] = [
    await sentRaw(["POST /echo.cgi HTTP/1.1"], one),
    await sentRaw(["POST /echo.cgi HTTP/1.1"], other),
  ];
  compare(left.id, right.id);
  render(<Compare />);
  await screen.findByRole("region", { name: "Request" });
  expect(["Request", "Response"].map(counted)).toEqual([words, words]);
});

test("as many differences as there are rows under it, although the client's port is another", async () => {
  const [left, right] = [await sentRaw(["GET /echo.cgi?a=1 HTTP/1.1"]), await sentRaw(["GET /echo.cgi?a=2 HTTP/1.1"])];
  compare(left.id, right.id);
  render(<Compare />);
  const rows = within(await screen.findByRole("table", { name: "Environment" })).getAllByRole("rowheader");
  const ports = [left, right].map(({ env }) => env?.find(({ name }) => name === "REMOTE_PORT")?.value);
  expect(ports[0]).not.toBe(ports[1]);
  expect(counted("Environment")).toBe(`${rows.length} differences`);
});
