// What a kit for h2o sends: whatever the spelling of a path, the files that are named and no others.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { repositoryRoot } from "../../../support/repository.js";
import { program } from "../../../support/temp-workspace.js";

const rules = join(repositoryRoot, "server/features/deploy/templates/h2o.rb");
const asked = `require ARGV[0]; require "json"
files = Files.new({ "/a" => "/a" }); script = Script.new("/site", "/b", false)
puts JSON.dump(JSON.parse(STDIN.read).map { |path|
  env = { "SCRIPT_NAME" => "", "PATH_INFO" => path, "QUERY_STRING" => "" }
  said = script.call(env)
  [files.call(env)[0], said[0], said[1]["x-fallthru-set-path-info"]] })`;

test.skipIf(program("ruby") === null)("each path by its plain spelling (needs ruby)", () => {
  const path = fc
    .array(fc.constantFrom("/", "a", "b", ".", "..", "%61", "%2F", "%2f", "%62", "%0a", "%25", "x"))
    .map((parts) => `/${parts.join("")}`);
  fc.assert(
    fc.property(fc.array(path, { minLength: 100, maxLength: 200 }), (paths) => {
      const said = JSON.parse(execFileSync("ruby", ["-e", asked, rules], { input: JSON.stringify(paths) }).toString());
      expect(said).toEqual(
        paths.map((one) => {
          const plain = decodeURIComponent(one);
          const behind = /^\/b($|\/[^\n]*$)/.exec(plain)?.[1];
          return [plain === "/a" ? 399 : 404, behind === undefined ? 404 : 399, behind ?? null];
        }),
      );
    }),
    { numRuns: 4 },
  );
});
