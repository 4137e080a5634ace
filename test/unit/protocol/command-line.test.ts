import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { commandLine as commandLineBy } from "../../../server/protocol/command-line.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { coded } from "../../support/coded.js";

const commandLine = (method: ReturnType<typeof byteString>, query: ReturnType<typeof byteString>) =>
  commandLineBy(method, query, defaultPolicy);
const words = (query: string, method = "GET") => commandLine(byteString(method), byteString(query)).words;

describe("commandLine, RFC 3875 §4.4", () => {
  test.each([
    ["logout", ["logout"]],
    ["a+b%20c", ["a", "b c"]],
    ["a%3Db", ["a=b"]],
    ["%C3%BC", ["\xc3\xbc"]],
    ["x%2By", ["x+y"]],
  ])("C35: %j gives %j", (query, expected) => expect(words(query)).toEqual(expected));

  test("C35: what a Bourne shell would act on gets a backslash, §7.2", () => {
    expect(words("a;b&$c%60d%0Ae")).toEqual(["a\\;b\\&\\$c\\`d\\\ne"]);
  });

  test.each(["", "a=b", "a+b=c", "=", "+="])("%j is no search", (query) => {
    expect(commandLine(byteString("GET"), byteString(query))).toEqual({ words: [], why: null });
  });

  test.each(["a+", "+a", "a++b", "a+%zz", "a+%00", 'a+"', "a+\xfc", "a+[b]"])(
    "C36: one word of %j cannot be passed on, so none is",
    (query) => {
      expect(commandLine(byteString("GET"), byteString(query))).toEqual({
        words: [],
        why: expect.objectContaining({ code: expect.stringMatching(/^query-/) }),
      });
    },
  );

  test.each(["-s", "a+-s", "%2ds", "-d+allow_url_include%3don"])(
    "C37: %j would be an option: no arguments",
    (query) => {
      expect(commandLine(byteString("GET"), byteString(query))).toEqual({
        words: [],
        why: coded("query-option"),
      });
    },
  );

  test("none where the policy says so", () => {
    expect(commandLineBy(byteString("GET"), byteString("a"), { searchWords: "ignore" })).toEqual({
      words: [],
      why: null,
    });
  });

  test("only GET and HEAD have one, in capitals", () => {
    expect(words("a", "HEAD")).toEqual(["a"]);
    expect(words("a", "POST")).toEqual([]);
    expect(words("a", "get")).toEqual([]);
  });
});
