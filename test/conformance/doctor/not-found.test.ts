// On a 404: the nearest path of the folder, and the line of the page that links there.
import { expect, test } from "vitest";
import { wordsOf } from "../../../server/contract/message.js";
import { request, startGateway, type TestGatewayOptions } from "../../support/gateway.js";

const files = {
  "add.py":
    '#!/usr/bin/env python3\nprint("Content-Type: text/html\\n")\nprint("<form action=\\"/cgi-bin/add.py\\">")\n',
  "forms/order.html": '<p>\n<a href="../shop/Basket.pl?item=1">basket</a>\n<img src="logo.gif"></p>\n',
  "shop/basket.pl": "#!/usr/bin/perl\n",
  "shop/bill.pl": "#!/usr/bin/perl\n",
  "index.html": "<a href=shop/bil.pl>bill</a>\n",
  "index.css": "",
  "a/page.html": "",
  "b/page.html": "",
  "grüße.txt": "",
};

async function detailOf(target: string, referer: string | null, options: TestGatewayOptions = {}): Promise<string> {
  await using gateway = await startGateway(options);
  for (const [path, text] of Object.entries(files)) gateway.file(path, text);
  gateway.folder.makeExecutable("add.py");
  await gateway.ask(
    request("GET", target, ["Connection: close", ...(referer === null ? [] : [`Referer: ${referer}`])]),
  );
  const [trace] = await gateway.ended(1);
  const found = trace?.findings.find(({ rule }) => rule === "file-not-found");
  return wordsOf(found?.detail ?? "");
}

test.each([
  ["another folder", "/cgi-bin/add.py", "http://localhost/add.py?x=1", "Did you mean `/add.py`?", "Line 3 of `add.py`"],
  [
    "another case",
    "/shop/Basket.pl?item=1",
    "http://localhost/forms/order.html",
    "Did you mean `/shop/basket.pl`?",
    "Line 2 of",
  ],
  ["a letter", "/shop/bil.pl", "http://localhost/", "Did you mean `/shop/bill.pl`?", "Line 1 of `index.html`"],
  ["two letters", "/shop/bakset.pl", null, "Did you mean `/shop/basket.pl`?", ""],
  ["a letter more", "/form/order.html", null, "Did you mean `/forms/order.html`?", ""],
  ["another extension", "/shop/bill.cgi", null, "Did you mean `/shop/bill.pl`?", ""],
  ["bytes beyond ASCII", "/Gr%C3%BC%C3%9Fe.txt", null, "Did you mean `/grüße.txt`?", ""],
  [
    "a page that links elsewhere",
    "/shop/bil.pl",
    "http://localhost/add.py",
    "Did you mean",
    "The request came from `/add.py`.",
  ],
])("%s", async (_what, target, referer, meant, links) => {
  const detail = await detailOf(target, referer);
  expect(detail).toContain(meant);
  expect(detail).toContain(links);
});

test.each([
  ["two files have the name", "/c/page.html", null],
  ["nothing is near", "/contact.html", null],
  ["another site links there", "/contact.html", "http://elsewhere.example/add.py"],
])("nothing is guessed where %s", async (_what, target, referer) => {
  const detail = await detailOf(target, referer);
  expect(detail).not.toBe("");
  expect(detail).not.toMatch(/Did you mean|link|came from/);
});

test.each([
  ["a route refuses", { path: "/shop/", deny: ["bill*"] }],
  ["no path leads to", { path: "/", dir: "a" }],
])("no file is suggested that %s", async (_what, route) => {
  const detail = await detailOf("/shop/bil.pl", null, { config: { routes: [route] } });
  expect(detail).not.toBe("");
  expect(detail).not.toMatch(/Did you mean/);
});
