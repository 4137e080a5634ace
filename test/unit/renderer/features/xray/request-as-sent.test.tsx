// The X-ray of a request: a form's fields and the headers that became variables, as they were sent.
import { render, screen, waitFor } from "@testing-library/react";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Xray } from "../../../../../renderer/features/xray/index.js";
import { loadPopups } from "../../../../../renderer/ui/popups.js";
import { layOutPage } from "../../../../support/laid-out-page.js";
import type { ServedPage } from "../../../../support/served-page.js";
import { sentRaw } from "../../sent-raw.js";
import { serveStreams } from "../../streamed-page.js";

layOutPage();

let served: ServedPage;
beforeAll(async () => {
  await loadPopups();
  served = await serveStreams();
  served.script("echo.cgi", "cat >/dev/null; printf 'Content-Type: text/plain\\n\\n'; env");
});
afterAll(() => served[Symbol.asyncDispose]());

async function show(headers: readonly string[], body = "", request = "POST /echo.cgi"): Promise<void> {
  const trace = await sentRaw([`${request} HTTP/1.1`, ...headers], body);
  render(<Xray trace={trace} charset={null} onShow={() => undefined} onOpenLine={null} />);
}

const texts = (selector: string): (string | null)[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
const fields = async (): Promise<(string | null)[][]> => {
  await screen.findByLabelText("Form fields");
  return [...document.querySelectorAll(".xray-field")].map((row) => [...row.children].map((cell) => cell.textContent));
};
const isCut = (): boolean => document.querySelector('[data-part="fields-cut"]') !== null;

const multipart = "Content-Type: multipart/form-data; boundary=edge";
const part = (name: string, value: string, more = ""): string =>
  `--edge\nContent-Disposition: form-data; name="${name}"${more}\n\n${value}\n`;
const urlencoded = "Content-Type: application/x-www-form-urlencoded";

test("a file that goes on behind the examined bytes has no certain size, and the list is not all", async () => {
  const photo = part("photo", "x".repeat(100_000), '; filename="photo.jpg"');
  await show([multipart], `${part("first", "1")}${photo}${part("last", "2")}--edge--\n`);
  const [, [, size] = []] = await fields();
  expect(size).toMatch(/^photo\.jpg at least 65,\d{3} bytes$/);
  expect(isCut()).toBe(true);
  expect(texts(".xray-fold .xray-fields")).toEqual([]);
});

test("of a long form no field that was not read is counted", async () => {
  await show([urlencoded], Array.from({ length: 20_000 }, (_, index) => `f${index}=1`).join("&"));
  expect(await fields()).toHaveLength(50);
  expect(isCut()).toBe(true);
  const fold = 'section[aria-label="Stdin"] .xray-fold';
  expect(texts(`${fold} > summary > .ui-link, ${fold} > p`).join("")).toMatch(/^\D+$/);
});

test("a form that was read completely has its counts", async () => {
  const photo = part("photo", "x".repeat(1000), '; filename="photo.jpg"');
  await show([multipart], `${photo}${part("last", "2")}--edge--\n`);
  expect(await fields()).toEqual([
    ["photo", "photo.jpg 1,000 bytes"],
    ["last", "2"],
  ]);
  expect(isCut()).toBe(false);
});

test("what a value holds beside text is seen", async () => {
  await show([urlencoded], "file=a.txt%00.png&lines=a%0D%0Ab&name=%E2%80%AEgnp.txt");
  expect(await fields()).toEqual([
    ["file", "a.txtNUL.png"],
    ["lines", "aCRLFb"],
    ["name", "RLOgnp.txt"],
  ]);
});

test("the members of a JSON object are as they were written, all of them, in their order", async () => {
  const text = String.raw`"\"}\u00fc\\"`;
  const json = `{"id":12345678901234567890, "price" : 1.10,"a":1,"a":{"x":[1.0,"]}"]},"2":"x","1":${text}}`;
  await show(["Content-Type: application/json"], json.replaceAll("\\", "\\\\")); // as raw text escapes it
  expect(await fields()).toEqual([
    ["id", "12345678901234567890"],
    ["price", "1.10"],
    ["a", "1"],
    ["a", '{"x":[1.0,"]}"]}'],
    ["2", "x"],
    ["1", '"}ü\\'],
  ]);
});

/** Of each header line that tells what became of it: its text, the variable it became, the one it did not become. */
const lines = (): unknown[] =>
  [...document.querySelectorAll('section[aria-label="Request"] .xray-line')].map((line) => [
    line.textContent,
    line.querySelector("[data-variable]")?.getAttribute("data-variable") ?? null,
    line.querySelector("[data-withheld]")?.getAttribute("data-withheld") ?? null,
  ]);

test("a header became a variable only if the gateway exported it", async () => {
  await show(["X_Forwarded_For: 6.6.6.6", "X-Forwarded-For: 1.1.1.1", "Content-Type: a/b", "content-type: c/d"]);
  await waitFor(() => expect(lines()).toContainEqual(["Content-Type: a/b", "CONTENT_TYPE", null]));
  expect(lines()).toContainEqual(["content-type: c/d", null, "CONTENT_TYPE"]);
  expect(lines()).toContainEqual(["X-Forwarded-For: 1.1.1.1", "HTTP_X_FORWARDED_FOR", null]);
  expect(lines()).toContainEqual(["X_Forwarded_For: 6.6.6.6", null, "HTTP_X_FORWARDED_FOR"]);
});

test("the line for which the server refused the request is shown behind any number of others", async () => {
  await show([...Array.from({ length: 200 }, (_, index) => `X-H${index}: 1`), "bad line"]);
  await waitFor(() => expect(texts('section[aria-label="Request"] .xray-malformed').join("")).toContain("bad line"));
  expect(lines().length).toBeLessThanOrEqual(120);
});

test("headers that were not passed on are counted apart from a query that did not become arguments", async () => {
  await show(["Proxy: evil", "Authorization: Basic YTpi"], "", "GET /echo.cgi?hello+");
  const hidden = await waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>(".xray-hidden")];
    expect(found).toHaveLength(2);
    return found;
  });
  const names = hidden.map((part) => [
    part.dataset["what"],
    [...part.querySelectorAll("dt")].map((dt) => dt.textContent),
  ]);
  expect(new Map(names.map(([what, of]) => [String(what), of]))).toEqual(
    new Map<string, unknown>([
      ["header", expect.arrayContaining(["Proxy", "Authorization"])],
      ["query", ["hello+"]],
    ]),
  );
});
