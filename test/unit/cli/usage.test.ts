// The help of each verb fits a terminal, and docs/command-line.md says the same.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { generalUsage, usage } from "../../../server/cli/usage/usage.js";
import { repositoryRoot } from "../../support/repository.js";

const [introduction = "", ...sections] = readFileSync(join(repositoryRoot, "docs/command-line.md"), "utf8").split(
  "\n## `",
);
const sectionOf = (verb: string): string => sections.find((section) => /^[a-z]+/.exec(section)?.[0] === verb) ?? "";
const optionsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option)),
];

test("no line is longer than a terminal of 80 columns", () => {
  const lines = [generalUsage, ...Object.values(usage)].flatMap((text) => text.split("\n"));
  expect(lines.length).toBeGreaterThan(200);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test("the general help names every verb, and nothing else", () => {
  const named = [...generalUsage.matchAll(/^ {2}([a-z]+) /gm)].map(([, verb]) => verb);
  expect(named).toEqual(Object.keys(usage));
  expect(sections.length).toBe(named.length);
});

test.each(Object.entries(usage))("the document and the help of %s agree", (verb, help) => {
  const own = sectionOf(verb);
  const section = own.includes("as for `request`") ? `${own}${optionsIn(sectionOf("request"))}` : own;
  expect(help.split("\n")[0]).toContain(`cgi-workbench ${verb === "open" ? "[open]" : verb}`);
  const [helped, documented] = [optionsIn(help), optionsIn(section)];
  expect(helped.filter((option) => !documented.includes(option) && !introduction.includes(option))).toEqual([]);
  expect(optionsIn(own).filter((option) => !helped.includes(option))).toEqual([]);
  for (const text of [help, section]) expect(text).toMatch(/Exit code: 0/);
});
