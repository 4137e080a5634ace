// The modules of an agent share one namespace when they are joined: the later of two
// with one name silently replaces the other.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { repositoryRoot } from "../../support/repository.js";
import { tempFolder } from "../../support/temp-workspace.js";

const definitions = { perl: /^sub (\w+)/gm, python: /^(?:def|class) (\w+)/gm };

test.each(Object.entries(definitions))("the %s agent defines each name once", (language, definition) => {
  const names = [...joinAgent(language).matchAll(definition)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(["perl", "python", "ruby"])("the %s agent is the same where git wrote CRLF", (language) => {
  using folder = tempFolder();
  folder.makeFolder(language);
  const sources = join(repositoryRoot, "server/agents", language);
  for (const name of readdirSync(sources))
    folder.write(`${language}/${name}`, readFileSync(join(sources, name), "utf8").replaceAll("\n", "\r\n"));
  expect(joinAgent(language, folder.path)).toBe(joinAgent(language));
});
