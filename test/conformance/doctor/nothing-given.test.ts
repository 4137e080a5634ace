// What is missing in a request is named in every language: the variable that is not set, and the keyboard.
import { describe, expect, test } from "vitest";
import { caseFindings } from "../../support/case-findings.js";
import { findProgram } from "../../support/run/find-program.mjs";

const python = (code: string): string => `#!/usr/bin/env python3\n${code}\n`;
const ruby = (code: string): string => `#!/usr/bin/env ruby\n${code}\n`;
const lua = (code: string): string => `#!/usr/bin/env lua\n${code}\n`;
const node = (code: string): string => `#!/usr/bin/env node\n${code}\n`;

type Case = [what: string, needs: string, name: string, source: string, named: string];
const variables: Case[] = [
  ["a method of nil", "ruby", "x.rb", ruby('puts ENV["HTTP_COOKIE"].split(";")'), "HTTP_COOKIE"],
  ["a fetch", "ruby", "x.rb", ruby('user = ENV.fetch("REMOTE_USER")'), "REMOTE_USER"],
  [
    "assigned above",
    "ruby",
    "x.rb",
    ruby('length = ENV["CONTENT_LENGTH"]\nname = "x"\nprint length + 1'),
    "CONTENT_LENGTH",
  ],
  [
    "a method of nil",
    "lua",
    "x.lua",
    lua('local page = os.getenv("HTTP_REFERER")\nprint(page:match("x"))'),
    "HTTP_REFERER",
  ],
  ["a property of undefined", "node", "x.js", node("console.log(process.env.PATH_INFO.split('/'));"), "PATH_INFO"],
  ["NoneType", "python3", "x.py", python('import os\nprint(len(os.environ.get("CONTENT_TYPE")))'), "CONTENT_TYPE"],
];
describe("a variable that this request does not set", () => {
  for (const [what, needs, name, source, variable] of variables)
    test.skipIf(findProgram(needs) === null)(`${what}: ${variable} (needs ${needs})`, async () => {
      const errors = (await caseFindings(name, source)).filter(({ severity }) => severity === "error");
      expect(errors).toMatchObject([{ rule: "variable-unset-for-request" }]);
      expect(errors[0]?.detail).toContain(`\`${variable}\``);
    });
});

const keyboards: Case[] = [
  ["a question", "python3", "x.py", python('age = int(input("Age? "))\nprint("Content-Type: text/plain\\n")'), "input"],
  ["assigned above", "ruby", "x.rb", ruby('line = gets\nprint "hi"\nputs line.strip'), "gets"],
  ["the end of STDIN", "ruby", "x.rb", ruby("name = STDIN.readline"), "STDIN.readline"],
  ["a read", "lua", "x.lua", lua('io.write("Name? ")\nlocal name = io.read()\nprint(name:upper())'), "io.read"],
];
describe("a line that nobody types", () => {
  for (const [what, needs, name, source, call] of keyboards)
    test.skipIf(findProgram(needs) === null)(`${what}: ${call} (needs ${needs})`, async () => {
      const errors = (await caseFindings(name, source)).filter(({ severity }) => severity === "error");
      expect(errors).toMatchObject([{ rule: "input-awaited" }]);
      expect(errors[0]?.detail).toContain(`\`${call}\``);
    });
});

const others: Case[] = [
  [
    "a variable that is used elsewhere",
    "ruby",
    "x.rb",
    ruby('length = (ENV["CONTENT_LENGTH"] || "0").to_i\nnames = nil\nnames.each { |name| puts name }'),
    "ruby-error",
  ],
  [
    "a default",
    "ruby",
    "x.rb",
    ruby('user = ENV["REMOTE_USER"] || "guest"\nrow = nil\nputs "#{user}: #{row.name}"'),
    "ruby-error",
  ],
  [
    "another value of the line",
    "ruby",
    "x.rb",
    ruby('user = ENV["REMOTE_USER"]\nrow = nil\nputs "#{user}: #{row.name}"'),
    "ruby-error",
  ],
  [
    "a default of Python",
    "python3",
    "x.py",
    python('import os\nback = os.environ.get("HTTP_REFERER", "/")\nrow = None\nprint(back + row["name"])'),
    "python-error",
  ],
  [
    "no method of a module",
    "ruby",
    "x.rb",
    ruby('require "json"\ndata = STDIN.read\nx = JSON.prase(data)'),
    "ruby-error",
  ],
  ["no function", "php-cgi", "x.php", "<?php $r = clean($_SERVER['HTTP_REFERER'] ?? ''); echo $r;", "php-error"],
  ["a list without an element", "ruby", "x.rb", ruby("rows = []\nputs rows.first.name"), "ruby-error"],
  ["no function", "lua", "x.lua", lua("missing()"), "lua-error"],
  [
    "no function for a variable",
    "lua",
    "x.lua",
    lua('local cookie = os.getenv("HTTP_COOKIE")\nparse(cookie)'),
    "lua-error",
  ],
  [
    "another field of the line",
    "lua",
    "x.lua",
    lua('local cookie = os.getenv("HTTP_COOKIE")\nlocal row = {}\nprint(row.user.name, cookie)'),
    "lua-error",
  ],
  [
    "another list of the line",
    "python3",
    "x.py",
    python('import os\ncookie = os.environ.get("HTTP_COOKIE")\nrow = None\nprint(cookie, row["name"])'),
    "python-error",
  ],
  [
    "a comment on input()",
    "python3",
    "x.py",
    python("name = None  # was input()\nprint(name.upper())"),
    "python-error",
  ],
  ["a text with “gets”", "ruby", "x.rb", ruby('row = nil\nputs "he gets " + row'), "ruby-error"],
];
for (const [what, needs, name, source, rule] of others)
  test.skipIf(findProgram(needs) === null)(`nil for another reason: ${what} (needs ${needs})`, async () => {
    expect((await caseFindings(name, source))[0]?.rule).toBe(rule);
  });
