// A request's path may be as long as its head: that nothing lies there is found out in linear time, before the sign-in.
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import type { ByteString } from "../../server/contract/bytes-text.js";
import { byteString, utf8 } from "../../server/protocol/byte-string.js";
import { settledMs } from "../../server/routing/file-facts.js";
import type { Routing } from "../../server/routing/routing.js";
import { growth, linearAtMost, ratio } from "../support/growth.js";
import { waitFor } from "../support/wait-for.js";
import { routingOf, site } from "../unit/routing/site.js";

test.each([
  ["routed", 500, (routing: Routing, path: ByteString) => routing.resolve({ path, query: byteString("") })],
  ["guarded", 2000, (routing: Routing, path: ByteString) => routing.guards({ path })],
] as const)("a path of many segments that do not exist is %s", async (_what, segments, work) => {
  using folder = site({ "page.html": "<p>" });
  const auth = { realm: "Staff", htpasswd: ".htpasswd" };
  const routing = routingOf(folder.root, { routes: [{ path: "/private/", auth }] });
  const { ctimeMs } = statSync(`${folder.root}/page.html`);
  await waitFor("what is read of a page is kept", () => Date.now() - ctimeMs > settledMs);
  work(routing, utf8("/page.html")); // one file is remembered, as on any server that is used
  const path = (count: number): ByteString => utf8("/b".repeat(count));
  expect(ratio(path(segments), path(growth * segments), (asked) => work(routing, asked))).toBeLessThan(linearAtMost);
});
