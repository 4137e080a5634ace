import { expect, test } from "vitest";
import { type Beginning, decide, type ExtensionKind, table } from "../../../server/routing/table.js";

const beginnings: Beginning[] = ["shebang", "program", "bom", "utf-16", "other", "unreadable"];
const extensions: ExtensionKind[] = ["script", "handler", "other"];

const everything = [false, true].flatMap((inCgiBin) =>
  [false, true].flatMap((executable) =>
    beginnings.flatMap((begins) => extensions.map((extension) => ({ inCgiBin, executable, begins, extension }))),
  ),
);

test("every row of the table decides over something: none is hidden behind the rows above it", () => {
  const used = new Set(everything.map(decide));
  expect(table.filter((row) => !used.has(row))).toEqual([]);
});

test("nothing under cgi-bin, and no .cgi or .fcgi file, is ever sent as it is", () => {
  for (const features of everything.filter(({ inCgiBin, extension }) => inCgiBin || extension === "script"))
    expect(decide(features).action).not.toBe("static");
});

test("a handler is used only for its own extensions, and always says why", () => {
  for (const features of everything) {
    const { action, because } = decide(features);
    expect(because !== null).toBe(action === "handler");
    if (action === "handler") expect(features.extension).toBe("handler");
  }
});

test("the source of a file whose extension has a handler is never sent", () => {
  for (const features of everything.filter(({ extension }) => extension === "handler"))
    expect(decide(features).action).not.toBe("static");
});
