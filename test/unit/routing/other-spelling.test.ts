// On a system whose files have any spelling of their names, as macOS: what is
// decided by a path holds for every spelling.
import { afterAll, expect, test } from "vitest";

const platform = Object.getOwnPropertyDescriptor(process, "platform") ?? {};
Object.defineProperty(process, "platform", { ...platform, value: "darwin" });
const { ask, inShort, routingOf, site } = await import("./site.js");
afterAll(() => void Object.defineProperty(process, "platform", platform));

test("a file in cgi-bin is a script, however the request spells the folder", () => {
  // Here each spelling is a folder of its own.
  using folder = site({ "cgi-bin/data": "secret", "CGI-BIN/data": "secret", "sub/Cgi-Bin/data": "secret" });
  const routing = routingOf(folder.root);
  const usual = inShort(ask(routing, "/cgi-bin/data"));
  expect(usual).not.toBe("static");
  for (const path of ["/CGI-BIN/data", "/sub/Cgi-Bin/data"]) expect(inShort(ask(routing, path))).toBe(usual);
});
