// Which of the app's arguments is the folder to open.
import { describe, expect, test } from "vitest";
import { argumentsAgain, folderArgument } from "../../../electron/start-arguments.js";

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

describe("the arguments of another start", () => {
  test.each([
    [["app", "scripts"], "/srv/www", false, ["/srv/www"]],
    [["app", "--no-sandbox", "scripts"], null, false, ["--no-sandbox"]],
    [["electron", "--user-data-dir=/p", ".", "scripts"], "/srv/www", true, ["--user-data-dir=/p", ".", "/srv/www"]],
    [["electron", ".", ""], null, true, ["."]],
  ])("after %j with the folder %s (default app: %s) are %j", (argv, folder, isDefaultApp, expected) => {
    expect(argumentsAgain(argv, folder, isDefaultApp)).toEqual(expected);
  });
});
