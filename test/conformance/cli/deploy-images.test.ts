// Kits for containers: what starts in the image serves what the workbench serves and ends as its page says, manifests
// have what a cluster needs, and state that machines would not share is named before.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { commandLine, serve } from "../../support/command-line.js";
import { isHere, Machine, noMachine } from "../../support/deploy/machine.js";
import { repositoryRoot } from "../../support/repository.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";
import { waitFor } from "../../support/wait-for.js";

let folder: TempFolder;
beforeEach(() => {
  folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
});
afterEach(() => folder[Symbol.dispose]());

const python = `#!/usr/bin/env python3
import os, sys
body = sys.stdin.buffer.read(int(os.environ.get("CONTENT_LENGTH") or 0))
print("Content-Type: text/plain; charset=utf-8\\n")
print(os.environ["SCRIPT_NAME"], os.environ.get("PATH_INFO"), os.environ["QUERY_STRING"], os.environ["GREETING"], body)
`;
const slow = `#!/usr/bin/env python3
import time
print("Content-Type: text/plain\\n", flush=True)
time.sleep(2)
print("whole")
`;
function write(path: string, text: string): void {
  folder.write(`shop/${path}`, text);
  folder.makeExecutable(`shop/${path}`);
}
async function deployed(to: string) {
  const out = folder.file(`kit-${to}`);
  const said = await commandLine(["deploy", folder.file("shop"), "--to", to, "--out", out, "--json"]);
  expect([to, said.exitCode]).toEqual([to, 0]);
  const report: { notes: { code: string; data: { path: string; line: number; where: string } }[] } = JSON.parse(
    said.stdout.toString(),
  );
  return { ...report, read: (path: string) => readFileSync(join(out, path), "utf8"), out };
}

const missing = isHere("lighttpd", "python3", "php-cgi") ? noMachine() : "lighttpd";
test.skipIf(missing !== null)(
  "the first process of the image serves the scripts and ends after what has begun (needs lighttpd and root)",
  async () => {
    for (const name of ["plain.py", "forked.py", "kept.py"]) write(`cgi-bin/${name}`, python);
    write("cgi-bin/slow.py", slow);
    folder.write("shop/page.php", `<?php echo $_SERVER["REQUEST_METHOD"], $_SERVER["PATH_INFO"] ?? "", $_GET["a"];`);
    folder.write("shop/page.html", "<p>a page\n");
    const scripts = { "cgi-bin/forked.py": { mode: "prefork" }, "cgi-bin/kept.py": { mode: "persistent" } };
    folder.write("shop/cgi-workbench.json", JSON.stringify({ scripts, variables: { GREETING: "good $day" } }));
    const { out, read } = await deployed("container");
    const file = read("Containerfile");
    const entry: string[] = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(file)?.[1] ?? "[]");
    expect(file).toMatch(/lighttpd curl php-cgi python3 \\/);
    const copies = [...file.matchAll(/^COPY (.*)$/gm)].map(([, words = ""]) => words);
    const signal = /^STOPSIGNAL (\w+)$/m.exec(file)?.[1] ?? "";
    await using machine = await Machine.start();
    const started = machine.run(`set -e; cp ${out}/.env.example ${out}/.env; useradd --uid 10001 shop
      mkdir /srv/shop; (cd ${out}; ${copies.map((words) => `cp -r ${words}`).join("; ")})
      [ ! -e /srv/shop/.env ] || exit 1
      mkdir /run/shop; chown 10001 /run/shop; touch /srv/shop/healthz; chmod -R o+rX /srv/shop
      sed -i 's#/dev/stderr#/tmp/shop-error.log#' /srv/shop/shop.conf
      mount -o remount,ro /srv
      GREETING='good $day' setsid setpriv --reuid=10001 --regid=10001 --clear-groups --no-new-privs \\
        --bounding-set=-all ${entry.join(" ")} </dev/null >/dev/null 2>&1 & echo $! > /run/first`);
    expect(started).toMatchObject({ code: 0, stderr: "" });
    const there = await machine.reach(8080);
    await waitFor("the container answers", () =>
      fetch(`${there}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
    await using here = await serve([folder.file("shop"), "--no-ui", "--port", "0"]);
    const ask = async (base: string, path: string, init?: RequestInit) => {
      const answer = await fetch(`${base}/${path}`, init);
      return [path, answer.status, answer.headers.get("content-type"), await answer.text()];
    };
    for (const name of ["cgi-bin/plain.py", "cgi-bin/forked.py", "cgi-bin/kept.py", "page.php"])
      for (const init of [{}, { method: "POST", body: "n=1" }])
        expect(await ask(there, `${name}/more?a=1`, init)).toEqual(
          await ask(here.ready.scripts, `${name}/more?a=1`, init),
        );

    const begun = await fetch(`${there}/cgi-bin/slow.py`);
    machine.run(`kill -${signal.slice(3)} $(cat /run/first)`);
    expect(await begun.text()).toBe("whole\n");
    await waitFor("it has ended", () =>
      fetch(there).then(
        () => false,
        () => true,
      ),
    );
  },
  60_000,
);

test("manifests for many machines: replicas, probes, a limit to disruption, no rights, no secrets", async () => {
  write("cgi-bin/shop.py", python);
  const variables = { GREETING: 'a "b" $c: {d}', DB_PASSWORD: "do not copy" };
  folder.write("shop/cgi-workbench.json", JSON.stringify({ variables }));
  const kubernetes = (await deployed("kubernetes")).read("kubernetes.yaml");
  expect(kubernetes).not.toContain("do not copy");
  const documents = parseAllDocuments(kubernetes).map((document) => document.toJS());
  expect(documents.map(({ kind }) => kind)).toEqual([
    ...["ConfigMap", "Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"],
  ]);
  const [map, deployment, service, ingress] = documents;
  expect(ingress.spec.rules[0].http.paths[0].backend.service.name).toBe(service.metadata.name);
  expect(map.data).toEqual({ GREETING: variables.GREETING });
  const [container] = deployment.spec.template.spec.containers;
  expect(container).toMatchObject({
    securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    readinessProbe: { httpGet: { path: "/healthz", port: "http" } },
    envFrom: [{ configMapRef: { name: "shop" } }, { secretRef: { name: "shop" } }],
  });
  expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
  const knative = parse((await deployed("knative")).read("knative.yaml"));
  expect(knative.spec.template.spec.containers[0].env).toEqual([
    { name: "GREETING", value: variables.GREETING },
    { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "shop", key: "DB_PASSWORD" } } },
  ]);
  const compose = parse((await deployed("compose")).read("compose.yaml"));
  expect(compose.services.app).toMatchObject({ deploy: { replicas: 3 }, read_only: true, env_file: ".env" });
}, 30_000);

test("state that two machines would not share is named with its line", async () => {
  cpSync(join(repositoryRoot, "test/fixtures/deploy/with-state"), folder.file("shop"), { recursive: true });
  for (const name of ["counter.py", "guestbook.pl", "shop.py", "basket.rb", "votes.sh", "members.pl", "notes.rb"])
    folder.makeExecutable(`shop/${name}`);
  const { notes } = await deployed("compose");
  const named = notes.flatMap(({ code, data }) => (code === "keeps-state" ? [[data.path, data.line, data.where]] : []));
  expect(named.toSorted()).toEqual([
    ...[
      ["basket.rb", 3, "many"],
      ["cache.wsgi", 4, "many"],
      ["counter.py", 8, "many"],
      ["guestbook.pl", 4, "many"],
    ],
    ...[
      ["login.php", 2, "many"],
      ["members.pl", 3, "many"],
      ["notes.rb", 3, "many"],
      ["shop.py", 4, "many"],
    ],
    ...[
      ["upload.php", 3, "many"],
      ["votes.sh", 4, "many"],
    ],
  ]);
});
