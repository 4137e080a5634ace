// A kit's check.sh on a machine with planted faults: each is found, and its repair is what the check says.
import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandLine } from "../../support/command-line.js";
import { isHere, Machine, noMachine } from "../../support/deploy/machine.js";
import { program, type TempFolder, tempFolder } from "../../support/temp-workspace.js";

/** Apache as Debian packs it, or nginx. */
const server = isHere("a2enmod") ? "apache" : "nginx";
const pid = { apache: "/run/apache2/apache2.pid", nginx: "/run/nginx.pid" }[server];
const service = { apache: "apache2", nginx: "nginx" }[server];

interface Fault {
  readonly only?: "apache";
  readonly plant: string;
  readonly finds: RegExp;
  /** Where the check's own words cannot repair it here; else these are run. */
  readonly undo?: string;
}
const site = "/srv/shop/site/cgi-bin";
const sockets = "systemctl enable --now shop-kept-py.socket shop-kept-py@1.service";
const faults: Readonly<Record<string, Fault>> = {
  "the site is not switched on": {
    plant: `rm /etc/${service}/sites-enabled/shop.conf`,
    finds: /shop\.conf is missing/,
  },
  "Debian's own site answers": {
    plant:
      server === "apache"
        ? "ln -s ../sites-available/000-default.conf /etc/apache2/sites-enabled/000-default.conf && apache2ctl graceful 2>/dev/null"
        : "ln -s /etc/nginx/sites-available/default /etc/nginx/sites-enabled/default",
    finds: /sites-enabled\/(?:000-)?default\S* answers in the place of shop/,
  },
  "a module is off": {
    only: "apache",
    plant: "rm /etc/apache2/mods-enabled/proxy_fcgi.load",
    finds: /module proxy_fcgi is missing/,
  },
  "the other CGI module is on": {
    only: "apache",
    plant: "rm /etc/apache2/mods-enabled/cgi.load",
    finds: /module cgi is missing/,
  },
  "a mistake in the configuration": {
    plant: "cp /srv/shop/shop.conf /srv/kept && echo 'Bogus;' >> /srv/shop/shop.conf",
    finds: /configuration is refused: .*Bogus/s,
    undo: "cp /srv/kept /srv/shop/shop.conf",
  },
  "no execute bit": { plant: `chmod 644 ${site}/plain.pl`, finds: /no execute bit/ },
  "a script that its user cannot read": { plant: `chmod 600 ${site}/kept.py`, finds: /shop cannot read .*kept\.py/ },
  "a folder that nobody may enter": { plant: `chmod 700 ${site}`, finds: /cannot read \/srv\/shop\/site\/cgi-bin\n/ },
  "a script that everybody can change": { plant: `chmod o+w ${site}/plain.pl`, finds: /everybody can change/ },
  "a script that can change itself": { plant: `chown shop ${site}/kept.py`, finds: /can change itself/ },
  "a carriage return": { plant: `sed -i 's/$/\\r/' ${site}/plain.pl`, finds: /ends in a carriage return/ },
  "no interpreter": {
    plant: `sed -i '1s/.*/#!\\/usr\\/bin\\/perl7/' ${site}/plain.pl`,
    finds: /\/usr\/bin\/perl7, .* is missing/,
    undo: `sed -i '1s/.*/#!\\/usr\\/bin\\/perl/' ${site}/plain.pl`,
  },
  "another Python, without the module": {
    plant: `printf '#!/bin/sh\\nexit 1\\n' > "$BIN/python3" && chmod 755 "$BIN/python3"`,
    finds: /python3 has no module wsgiref/,
    undo: 'rm "$BIN/python3"',
  },
  "a script for another version of Python": {
    plant: `cp ${site}/kept.py /srv/kept.py && echo 'print "x"' >> ${site}/kept.py`,
    finds: /python3 cannot read .*kept\.py, which needs another version/,
    undo: `cp /srv/kept.py ${site}/kept.py`,
  },
  "a script for a later Perl": {
    plant: `cp ${site}/plain.pl /srv/plain.pl && sed -i '1a use v5.999;' ${site}/plain.pl`,
    finds: /perl cannot read .*plain\.pl, which needs another version/,
    undo: `cp /srv/plain.pl ${site}/plain.pl`,
  },
  "a mount with noexec": { plant: "mount -o remount,noexec /srv", finds: /mounted with noexec/ },
  "a missing script": {
    plant: `mv ${site}/plain.pl /srv/plain.pl`,
    finds: /plain\.pl is missing/,
    undo: `mv /srv/plain.pl ${site}/plain.pl`,
  },
  "no variables": {
    plant: "mv /srv/shop/.env /srv/env",
    finds: /\.env is missing/,
    undo: "mv /srv/env /srv/shop/.env",
  },
  "a secret that was not filled in": {
    plant: "sed -i 's/^API_TOKEN=.*/API_TOKEN=/' /srv/shop/.env",
    finds: /no value for API_TOKEN/,
    undo: "sed -i 's/^API_TOKEN=/API_TOKEN=x/' /srv/shop/.env",
  },
  "secrets that everybody can read": { plant: "chmod 644 /srv/shop/.env", finds: /everybody can read/ },
  "no socket": { plant: "rm /run/shop/kept-py.sock", finds: /nothing listens at .*kept-py/, undo: sockets },
  "a socket for everybody": {
    plant: "chmod 666 /run/shop/kept-py.sock",
    finds: /kept-py\.sock is not for shop and www-data alone/,
    undo: sockets,
  },
  "no user": {
    plant: "cp /etc/passwd /srv/passwd && sed -i '/^shop:/d' /etc/passwd",
    finds: /There is no user shop/,
    undo: "cat /srv/passwd > /etc/passwd",
  },
  "a script that fails": {
    plant: `cp ${site}/kept.py /srv/kept.py && echo 'raise SystemExit(1)' > ${site}/kept.py`,
    finds: /is answered with 500/,
    undo: `cp /srv/kept.py ${site}/kept.py`,
  },
  "the server is not there": {
    plant: `kill $(cat ${pid}) && while [ -e ${pid} ]; do :; done`,
    finds: /nothing listens at port/,
  },
  "another program has the port": {
    plant: `kill $(cat ${pid}); while ss -Hltn "sport = :$PORT" | grep -q .; do :; done
      setsid busybox httpd -f -p $PORT -h /srv >/dev/null 2>&1 & echo $! > /srv/other
      until ss -Hltn "sport = :$PORT" | grep -q .; do :; done`,
    finds: /another program has the port/,
    undo: `kill $(cat /srv/other); while ss -Hltn "sport = :$PORT" | grep -q .; do :; done; systemctl restart ${service}`,
  },
};

const missing = isHere(service, "python3", "perl", "ss", "curl", "busybox") ? noMachine() : server;
describe.skipIf(missing !== null)("check.sh (needs Apache or nginx, and root)", () => {
  let folder: TempFolder;
  let machine: Machine;
  const check = () => machine.run("sh /srv/shop/check.sh");
  const inMachine = (script: string) => machine.run(`BIN='${machine.bin}' PORT=80\n${script}`);
  beforeAll(async () => {
    folder = tempFolder();
    folder.makeFolder("shop/cgi-bin");
    folder.write(
      "shop/cgi-bin/kept.py",
      '#!/usr/bin/env python3\nimport wsgiref\nprint("Content-Type: text/plain\\n")\n',
    );
    folder.write("shop/cgi-bin/plain.pl", '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\n";\n');
    for (const name of ["kept.py", "plain.pl"]) folder.makeExecutable(`shop/cgi-bin/${name}`);
    const scripts = { "cgi-bin/kept.py": { mode: "persistent", workers: 1 } };
    folder.write("shop/cgi-workbench.json", JSON.stringify({ scripts, variables: { API_TOKEN: "x" } }));
    const kit = folder.file("kit");
    const options = ["--to", server, "--out", kit];
    expect((await commandLine(["deploy", folder.file("shop"), ...options])).exitCode).toBe(0);
    machine = await Machine.start();
    machine.install(kit);
    inMachine(
      "sed -i 's/^API_TOKEN=/API_TOKEN=x/' /srv/shop/.env; until ss -Hltn \"sport = :$PORT\" | grep -q .; do :; done",
    );
  }, 60_000);
  afterAll(async () => {
    await machine?.[Symbol.asyncDispose]();
    folder?.[Symbol.dispose]();
  });

  test.each(Object.entries(faults).filter(([, { only = server }]) => only === server))(
    "finds: %s",
    (_, { plant, finds, undo }) => {
      expect(check()).toEqual({ code: 0, stdout: "✓ nothing is wrong with shop\n", stderr: "" });
      expect(inMachine(plant).stderr).toBe("");
      const found = check();
      expect(found.stdout).toMatch(finds);
      expect(found.code).toBe(1);
      const repairs = [...found.stdout.matchAll(/^ {2}repair: (.*)$/gm)].map(([, words = ""]) => words);
      expect(repairs.length).toBeGreaterThan(0);
      for (const words of undo === undefined ? repairs : [undo]) inMachine(words);
    },
    30_000,
  );

  test("says when it is not where the configuration expects it", () => {
    const { stdout } = machine.run("cp /srv/shop/check.sh /run/check.sh && sh /run/check.sh");
    expect(stdout).toMatch(/This is not \/srv\/shop/);
  });
});

describe.each(["apache", "nginx"] as const)("a kit with a host on %s", (to) => {
  const tool = { apache: "a2enmod", nginx: "nginx" }[to];
  const lacks = isHere(tool, "fcgiwrap", "perl", "curl") ? noMachine() : to;
  test.skipIf(lacks !== null)(
    "stands beside the site that Debian has (needs the server and root)",
    async () => {
      using folder = tempFolder();
      folder.makeFolder("shop/cgi-bin");
      folder.write("shop/cgi-bin/plain.pl", '#!/usr/bin/perl\nprint "Content-Type: text/plain\\n\\nours\\n";\n');
      folder.makeExecutable("shop/cgi-bin/plain.pl");
      const options = ["--to", to, "--host", "shop.example", "--out", folder.file("kit")];
      await commandLine(["deploy", folder.file("shop"), ...options]);
      await using machine = await Machine.start();
      machine.install(folder.file("kit"));
      const ask = (host: string) =>
        machine.run(`curl -s --retry 20 --retry-connrefused -H 'Host: ${host}' http://127.0.0.1/cgi-bin/plain.pl`)
          .stdout;
      expect(ask("shop.example")).toBe("ours\n");
      expect(ask("other.example")).not.toContain("ours");
      expect(machine.run("/srv/shop/check.sh").stdout).toBe("✓ nothing is wrong with shop\n");
    },
    60_000,
  );
});

test.skipIf(program("shellcheck") === null)("check.sh is right for a linter of shells (needs shellcheck)", async () => {
  using folder = tempFolder();
  folder.makeFolder("shop/cgi-bin");
  folder.write("shop/cgi-bin/it's.py", "#!/usr/bin/env python3\nimport json\n");
  folder.makeExecutable("shop/cgi-bin/it's.py");
  await commandLine(["deploy", folder.file("shop"), "--to", "nginx", "--out", folder.file("kit")]);
  const { stdout } = spawnSync("shellcheck", [folder.file("kit/check.sh")], { encoding: "utf8" });
  expect(stdout).toBe("");
});
