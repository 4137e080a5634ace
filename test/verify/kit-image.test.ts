// The Containerfile of a kit, built by buildah on a base that mmdebstrap makes, and kept between runs: what it starts
// serves what the workbench serves. No engine has to start containers: buildah runs it in its own root.
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine, serve } from "../support/command-line.js";
import { isHere, Machine, noMachine } from "../support/deploy/machine.js";
import { tempFolder } from "../support/temp-workspace.js";
import { waitFor } from "../support/wait-for.js";

const kept = join(tmpdir(), "cgi-workbench-kit-base");
const buildah = `buildah --root ${kept}/root --runroot ${kept}/run --storage-driver vfs`;
const base = "docker.io/library/debian:bookworm-slim";
function run(script: string): string {
  const { status, stdout, stderr } = spawnSync("sh", ["-ec", script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${script}\n${stderr.slice(-2000)}`);
  return stdout;
}

const python = `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
print("Status: 201 Made\\nContent-Type: text/plain; charset=utf-8\\n")
print(os.environ["SCRIPT_NAME"], os.environ.get("PATH_INFO"), os.environ["QUERY_STRING"], os.environ["GREETING"], body)
`;

const missing = isHere("buildah", "mmdebstrap") ? noMachine() : "buildah";
test.skipIf(missing !== null)(
  "an image is built and serves (needs buildah, mmdebstrap, root and Debian's packages)",
  async () => {
    using folder = tempFolder();
    folder.makeFolder("shop/cgi-bin");
    for (const name of ["plain.py", "forked.py"]) {
      folder.write(`shop/cgi-bin/${name}`, python);
      folder.makeExecutable(`shop/cgi-bin/${name}`);
    }
    const scripts = { "cgi-bin/forked.py": { mode: "prefork" } };
    folder.write("shop/cgi-workbench.json", JSON.stringify({ scripts, variables: { GREETING: "good day" } }));
    const out = folder.file("kit");
    await commandLine(["deploy", folder.file("shop"), "--to", "container", "--out", out, "--name", "shop"]);
    folder.makeFolder("base");
    folder.write("base/Containerfile", "FROM scratch\nADD root.tar /\n");
    run(`mkdir -p ${kept}; ${buildah} inspect ${base} >/dev/null 2>&1 || {
      mmdebstrap --variant=minbase bookworm ${folder.file("base/root.tar")}
      ${buildah} bud --isolation=chroot -t ${base} ${folder.file("base")}; }`);
    run(`${buildah} bud --isolation=chroot --format docker --pull-never -t localhost/shop ${out}`);
    const container = run(`${buildah} from --pull-never localhost/shop`).trim();
    try {
      const image: { Docker: { config: { Entrypoint: string[] } } } = JSON.parse(
        run(`${buildah} inspect --type image localhost/shop`),
      );
      expect(image.Docker.config).toMatchObject({
        User: "10001",
        StopSignal: "SIGINT",
        Healthcheck: { Test: ["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/healthz"] },
      });
      await using machine = await Machine.start();
      // An engine gives the standard streams to the container's user; buildah leaves them to root.
      const started = `chown 10001 /proc/self/fd/2; exec setpriv --reuid=10001 --clear-groups ${image.Docker.config.Entrypoint.join(" ")}`;
      machine.run(`setsid ${buildah} run --isolation=chroot --user 0 -e GREETING='good day' ${container} -- \\
        sh -c '${started}' </dev/null >/dev/null 2>/run/shop.log &`);
      const there = await machine.reach(8080);
      await waitFor("the image answers", () =>
        fetch(`${there}/healthz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
      await using here = await serve([folder.file("shop"), "--no-ui", "--port", "0"]);
      const ask = async (at: string, path: string, init: RequestInit) => {
        const answer = await fetch(at + path, init);
        return [path, answer.status, answer.headers.get("content-type"), await answer.text()];
      };
      for (const name of ["plain.py", "forked.py"])
        for (const init of [{}, { method: "POST", body: "n=1" }]) {
          const path = `/cgi-bin/${name}/more?a=1`;
          expect(await ask(there, path, init)).toEqual(await ask(here.ready.scripts, path, init));
        }
    } finally {
      run(`${buildah} rm ${container}`);
    }
  },
  900_000,
);
