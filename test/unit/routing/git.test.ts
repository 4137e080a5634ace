// The programs that routes were made for, run for real: git http-backend and gitweb,
// with the environment that their route gives.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { ByteString } from "../../../server/contract/bytes-text.js";
import { wordsOf } from "../../../server/contract/message.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { commandLine } from "../../../server/protocol/command-line.js";
import { metaVariables } from "../../../server/protocol/meta-variables.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { parseTarget } from "../../../server/protocol/target.js";
import type { Routing } from "../../../server/routing/routing.js";
import { gitweb, present } from "../../support/real-applications.js";
import { routingOf, type Site, site } from "./site.js";

const backend = "/usr/lib/git-core/git-http-backend";
const gitwebFolder = "/usr/share/gitweb";

/** What a GET prints, run as the gateway would. */
function get(routing: Routing, raw: string): string {
  const parsed = parseTarget(byteString(raw), defaultPolicy);
  if (!parsed.ok) throw new Error(wordsOf(parsed.why.text));
  const route = routing.resolve(parsed.target);
  if (route.kind !== "script") throw new Error(`${raw} is no script: ${JSON.stringify(route)}`);
  const { variables } = metaVariables({
    request: {
      method: byteString("GET"),
      target: byteString(raw),
      httpVersion: "1.1",
      headers: [[byteString("Host"), byteString("localhost:8080")]],
    },
    target: parsed.target,
    route,
    connection: { remoteAddress: "127.0.0.1", remotePort: 50_000, localAddress: "127.0.0.1", localPort: 8080 },
    contentLength: null,
    serverSoftware: byteString("test"),
    auth: null,
    inherited: new Map<ByteString, ByteString>([[byteString("PATH"), byteString(process.env["PATH"] ?? "")]]),
    overrides: new Map(),
    policy: defaultPolicy,
  });
  const [file = route.file, ...args] = [...(route.interpreter ?? []), route.file];
  return execFileSync(file, [...args, ...commandLine(byteString("GET"), parsed.target.query, defaultPolicy).words], {
    env: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    cwd: route.file.slice(0, route.file.lastIndexOf("/")),
    encoding: "latin1",
  });
}

function withRepository(): Site {
  const folder = site({ "repos/": "", "work/hello.txt": "hello" });
  const git = (cwd: string, ...args: string[]) =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.test", ...args], {
      cwd: `${folder.root}/${cwd}`,
      stdio: "pipe",
    });
  git("work", "init", "-q", "-b", "main");
  git("work", "add", ".");
  git("work", "commit", "-q", "-m", "first");
  git("repos", "clone", "-q", "--bare", "../work", "hello.git");
  return folder;
}

test.skipIf(!existsSync(backend))(
  "git http-backend through a route, with its project root given relative to the workspace (needs git)",
  () => {
    using folder = withRepository();
    const routing = routingOf(folder.root, {
      routes: [{ path: "/git/", file: backend, variables: { GIT_PROJECT_ROOT: "repos", GIT_HTTP_EXPORT_ALL: "1" } }],
    });
    const answer = get(routing, "/git/hello.git/info/refs?service=git-upload-pack");
    expect(answer).toContain("Content-Type: application/x-git-upload-pack-advertisement");
    expect(answer).toContain("refs/heads/main");
    expect(get(routing, "/git/missing.git/info/refs?service=git-upload-pack")).toContain("Status: 404");
  },
);

test.skipIf(!present["gitweb"]).each([
  ["its file", [{ path: "/gitweb/", file: gitweb, variables: { GITWEB_CONFIG: "./gitweb.conf" } }], "/gitweb/"],
  [
    "its folder, where index.cgi is a link",
    [{ path: "/gitweb/", dir: gitwebFolder, variables: { GITWEB_CONFIG: "./gitweb.conf" } }],
    "/gitweb/",
  ],
])("gitweb's first page through a route to %s (needs gitweb and libcgi-pm-perl)", (_how, routes, target) => {
  using folder = withRepository();
  folder.put("gitweb.conf", `$projectroot = "${folder.root}/repos";\n`);
  const routing = routingOf(folder.root, {
    routes: [...routes, { path: "/gitweb/static/", dir: `${gitwebFolder}/static` }],
  });
  const page = get(routing, target);
  expect(page).toMatch(/^Status: 200 OK\r?$/m);
  expect(page).toContain("hello.git");
  expect(routing.resolve({ path: byteString("/gitweb/static/gitweb.css"), query: byteString("") })).toMatchObject({
    kind: "static",
  });
});
