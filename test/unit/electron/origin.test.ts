// Which addresses are the window's own.
import { describe, expect, test } from "vitest";
import { appOrigin, isOn, pageOrigin } from "../../../electron/origin.js";

describe("the page's origin", () => {
  test.each(["app://workbench/", "app://workbench/index.html#x", "app://workbench"])("%s is the app's", (address) =>
    expect(isOn(appOrigin, address)).toBe(true),
  );

  test.each([
    "app://other/",
    "app://workbench.evil/",
    "app://workbench:1/",
    "app://u@workbench/",
    "https://workbench/",
    "file:///index.html",
    "about:blank",
    "",
    "workbench",
  ])("%s is not", (address) => expect(isOn(appOrigin, address)).toBe(false));

  test("a development server counts only on this machine, unpackaged, over http", () => {
    expect(pageOrigin("http://127.0.0.1:5173/", false)).toBe("http://127.0.0.1:5173");
    expect(pageOrigin("http://127.0.0.1:5173/", true)).toBe(appOrigin);
    expect(pageOrigin(undefined, false)).toBe(appOrigin);
    for (const foreign of [
      "https://example.com/",
      "http://example.com/",
      "http://127.0.0.1.evil.test/",
      "file:///x",
      "nonsense",
    ]) {
      expect(pageOrigin(foreign, false)).toBe(appOrigin);
    }
  });
});
