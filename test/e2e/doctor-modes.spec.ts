// A script that is run in the wrong way: the doctor says so, switches it in the configuration, and
// the next answer is a good one; both ways.
import { programs } from "../support/fastcgi-programs.js";
import { fixTitle } from "../support/fix-title.js";
import { expect, test } from "./shell.js";

const missing = programs.find(({ name }) => name === "Perl's FCGI")?.missing ?? null;
// Perl's FCGI answers one request as CGI, too; a program that only waits for connections does not.
const onlyFastcgi = `#!/usr/bin/env perl
use FCGI;
my %params;
my $socket = FCGI::Request(\\*STDIN, \\*STDOUT, \\*STDERR, \\%params);
exit 0 unless $socket->IsFastCGI;
print "Content-Type: text/plain; charset=utf-8\\r\\n\\r\\nkept" while $socket->Accept >= 0;
`;
const onlyCgi = "#!/bin/sh\nprintf 'Content-Type: text/plain; charset=utf-8\\n\\nonce'\n";

test("a CGI script run as FastCGI and a FastCGI application run as CGI are switched by the doctor's fix", async ({
  window,
  folder,
}) => {
  test.skip(missing !== null, `${missing} is not installed`);
  folder.makeFolder("site");
  const scripts = { "cgi.fcgi": onlyCgi, "kept.cgi": onlyFastcgi };
  for (const [name, source] of Object.entries(scripts)) {
    folder.write(`site/${name}`, source);
    folder.makeExecutable(`site/${name}`);
  }
  const { page } = window;
  await window.openFolder(folder.file("site"));
  const modes: Record<string, { mode: string }> = {};
  for (const [name, status, fix, mode, badge, answer] of [
    ["cgi.fcgi", "502", fixTitle("run-as-cgi"), "cgi", "CGI", "once"],
    ["kept.cgi", "500", fixTitle("run-as-fastcgi"), "fastcgi", "FastCGI", "kept"],
  ] as const) {
    await window.openFile(name);
    await window.send(`/${name}`);
    await expect(window.status).toContainText(status);
    await window.tab("Doctor");
    await page.getByRole("button", { name: `${fix}…` }).click();
    const change = page.getByRole("group", { name: fix });
    await expect(change).toContainText("cgi-workbench.json");
    await expect(change.getByRole("list")).toContainText(`"mode": "${mode}"`);
    await change.getByRole("button", { name: "Apply and send again" }).click();
    await expect(page.locator("[data-proof]")).toHaveAttribute("data-proof", "gone");
    await expect(window.status).toContainText("200");
    await expect(page.getByRole("region", { name: "Editor" }).locator('[data-part="mode"]')).toHaveText(badge);
    modes[name] = { mode };
    expect(JSON.parse(folder.read("site/cgi-workbench.json"))).toEqual({ scripts: modes });
    expect(folder.read(`site/${name}`)).toBe(scripts[name]); // the script itself stays as it is
    await window.tab("Response");
    await expect(page.getByRole("tabpanel", { name: /^Response/ })).toContainText(answer);
  }
});
