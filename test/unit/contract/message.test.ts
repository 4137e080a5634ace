import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defineMessages, sentencesOf } from "../../../server/contract/message.js";
import { otherTables, publishedTables } from "../../support/message-tables.js";
import { repositoryRoot } from "../../support/repository.js";

const published = Object.entries(publishedTables).map(
  ([heading, tables]) => [heading, tables.flatMap(({ codes }) => codes)] as const,
);
const all = [...published.flatMap(([, codes]) => codes), ...otherTables.flatMap(({ codes }) => codes)];

test("a message has its code, its data and its sentence", () => {
  const message = defineMessages({ plain: "A sentence.", "with-data": ({ n }: { n: number }) => `${n} bytes.` });
  expect(message("plain")).toEqual({ code: "plain", data: null, text: "A sentence." });
  expect(message("with-data", { n: 3 })).toEqual({ code: "with-data", data: { n: 3 }, text: "3 bytes." });
  expect(message.codes).toEqual(["plain", "with-data"]);
  expect([message.is(message("plain"), "plain"), message.is(message("plain"), "with-data")]).toEqual([true, false]);
  expect(message.is(null, "plain")).toBe(false);
  expect(sentencesOf([message("plain"), message("with-data", { n: 3 })])).toBe("A sentence. 3 bytes.");
  expect(sentencesOf([])).toBeNull();
});

test("no code is there twice, and each is lower case with hyphens", () => {
  expect(all.filter((code, index) => all.indexOf(code) !== index)).toEqual([]);
  expect(all.filter((code) => !/^[a-z][a-z0-9.]*(?:-[a-z0-9.]+)*$/.test(code))).toEqual([]);
});

describe("docs/trace-format.md", () => {
  const [, ...sections] = readFileSync(join(repositoryRoot, "docs/trace-format.md"), "utf8").split("\n### ");
  const listed = sections.map((section) => {
    const [heading = "", , , , codes = ""] = section.split("\n");
    return [heading, codes.split(", ").map((code) => code.replaceAll("`", ""))] as const;
  });

  test.each(published)("lists the codes of: %s", (heading, codes) => {
    expect(listed.find(([name]) => name === heading)?.[1]).toEqual(codes);
  });
});
