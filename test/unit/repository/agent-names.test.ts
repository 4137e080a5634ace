// The modules of an agent share one namespace when they are joined: the later of two
// with one name silently replaces the other.
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { joinAgent } from "../../../electron/launch/join-agents.mjs";
import { repositoryRoot } from "../../support/repository.js";
import { tempFolder } from "../../support/temp-workspace.js";

test.each([
  ["python", "x.py", "def report(error):\n    pass\n"],
  ["python", "x.py", "class Script:\n    pass\n"],
  ["python", "x.py", "_exit = None\n"],
  ["python", "x.py", "from gc import collect as flush\n"],
  ["python", "x.py", "import report\n"],
  ["perl", "x.pl", "sub serve {}\n"],
])("the %s agent is not joined when a module replaces a name of another one: %s %j", (language, file, text) => {
  using folder = tempFolder();
  cpSync(join(repositoryRoot, "server/agents", language), folder.file(language), { recursive: true });
  const names = folder.read(`${language}/modules.txt`);
  expect(joinAgent(language, folder.path)).toBe(joinAgent(language));
  folder.write(`${language}/${file}`, text);
  folder.write(`${language}/modules.txt`, `${names}${file}\n`);
  expect(() => joinAgent(language, folder.path)).toThrow("defines twice");
});

test.each(["perl", "python", "ruby"])("the %s agent is the same where git wrote CRLF", (language) => {
  using folder = tempFolder();
  folder.makeFolder(language);
  const sources = join(repositoryRoot, "server/agents", language);
  for (const name of readdirSync(sources))
    folder.write(`${language}/${name}`, readFileSync(join(sources, name), "utf8").replaceAll("\n", "\r\n"));
  expect(joinAgent(language, folder.path)).toBe(joinAgent(language));
});
