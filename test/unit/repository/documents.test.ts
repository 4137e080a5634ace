// What the documents name must be there: files, folders and npm scripts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { requestFaultStatus } from "../../../server/protocol/http1/request-fault.js";
import { problemTables } from "../../support/message-tables.js";
import { manifest, repositoryRoot } from "../../support/repository.js";

const documents = [
  "README.md",
  ...readdirSync(join(repositoryRoot, "docs")).filter((name) => name.endsWith(".md")),
].map((name) => (name === "README.md" ? name : `docs/${name}`));
const textOf = (document: string): string => readFileSync(join(repositoryRoot, document), "utf8");

test("there are documents to check", () => {
  expect(documents).toContain("docs/architecture.md");
  expect(documents.length).toBeGreaterThan(8);
});

test.each(documents)("%s names files and folders that exist", (document) => {
  const paths = [...textOf(document).matchAll(/`((?:server|renderer|electron|test)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );
  const links = [...textOf(document).matchAll(/\]\(([\w./-]+)\)/g)].map(([, path = ""]) =>
    join(dirname(document), path),
  );
  expect([...paths, ...links].filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
});

test("docs/trace-format.md lists the code of every problem", () => {
  const [, problems = ""] = textOf("docs/trace-format.md").split("\n## Problems\n");
  const listed = [...problems.matchAll(/^\|([^|]*)\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code),
  );
  const made = new Set(Object.values(problemTables).flatMap(({ codes }) => codes));
  expect(made.size).toBeGreaterThan(30);
  expect(listed.toSorted()).toEqual([...made].toSorted());
});

test.each(documents)("%s names npm scripts that exist", (document) => {
  const named = [...textOf(document).matchAll(/npm run ([a-z0-9]+)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
});

test("docs/requests.md has every code that refuses a request, with its status", () => {
  const rows = textOf("docs/requests.md").split("\n");
  const listed = (code: string, status: number) =>
    rows.some((row) => row.includes(`\`${code}\``) && row.includes(`| ${status} |`));
  expect(Object.entries(requestFaultStatus).filter(([code, status]) => !listed(code, status))).toEqual([]);
});

test("docs/dependencies.md names every package of package.json, and no other", () => {
  const wanted = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const text = textOf("docs/dependencies.md");
  const isNamed = (name: string) => new RegExp(`(?<![\\w@/-])${name}(?![\\w/-])`).test(text);
  expect(wanted.filter((name) => !isNamed(name) && !name.startsWith("@types/"))).toEqual([]);
  const listed = [...text.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = ""]) => cell.split(", "));
  expect(listed.filter((name) => name !== "Package" && !wanted.includes(name))).toEqual([]);
});
