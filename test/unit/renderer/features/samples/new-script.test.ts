import { expect, test } from "vitest";
import { freePath, programOf } from "../../../../../renderer/features/samples/new-script-path.js";

const python = { id: "python", template: { text: "", extension: ".py" } } as const;
const c = { id: "c", template: { text: "", extension: ".c" } } as const;

test("a new script gets a name that is free", () => {
  const taken = new Set<string>();
  for (const expected of ["cgi-bin/hello.py", "cgi-bin/hello-2.py", "cgi-bin/hello-3.py"]) {
    const path = freePath(python, (candidate) => taken.has(candidate));
    expect(path).toBe(expected);
    taken.add(path);
  }
  expect(freePath(c, () => false)).toBe("c/hello.c");
});

test("a new C source gets a name whose program is free, too", () => {
  const taken = new Set(["cgi-bin/hello", "c/hello-2.c"]);
  expect(freePath(c, (candidate) => taken.has(candidate))).toBe("c/hello-3.c");
  expect(freePath(python, (candidate) => taken.has(candidate))).toBe("cgi-bin/hello.py");
});

test("a C source is compiled into cgi-bin, under its own name", () => {
  expect(programOf("c/hello.c")).toBe("cgi-bin/hello");
  expect(programOf("deep/er/x.y.c")).toBe("cgi-bin/x.y");
});
