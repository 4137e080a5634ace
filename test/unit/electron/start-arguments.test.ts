// Which of the app's arguments is the folder to open.
import { describe, expect, test } from "vitest";
import { folderArgument } from "../../../electron/start-arguments.js";

describe("the folder argument", () => {
  test.each([
    [["app"], false, null],
    [["app", "scripts"], false, "/home/me/scripts"],
    [["app", "/srv/www"], false, "/srv/www"],
    [["app", "--no-sandbox", "scripts"], false, "/home/me/scripts"],
    [["electron", "--inspect=0", "/repo"], true, null],
    [["electron", "--inspect=0", "/repo", "../x"], true, "/home/x"],
    [["electron", "/repo", "--flag", "x"], true, "/home/me/x"],
    [["app", ""], false, null],
  ])("of %j (default app: %s) is %s", (argv, isDefaultApp, expected) => {
    expect(folderArgument(argv, "/home/me", isDefaultApp)).toBe(expected);
  });
});
