// Configurations of Apache, lighttpd and nginx that packages of Debian ship, without their comments, and the usual ones
// for nginx with fcgiwrap, which few packages have: which are understood in full, and what the others lack.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adopt } from "../../../server/adopt/adopt.js";
import { parseConfig } from "../../../server/workspace/config/config-file.js";
import { repositoryRoot } from "../../support/repository.js";

const folder = join(repositoryRoot, "test/fixtures/adopt");
const names = readdirSync(folder).flatMap((server) =>
  readdirSync(join(folder, server)).map((name) => `${server}/${name}`),
);

/** By the file: the codes of what is approximated or left out. Of all others every line is understood. */
const lacking: Readonly<Record<string, string>> = {
  "lighttpd/php-horde.conf": "no-equivalent pattern-not-understood",
  "nginx/ldap-account-manager.conf": "pattern-not-understood",
  "nginx/mailman3.conf": "no-equivalent",
  "nginx/munin.conf": "no-equivalent",
  "nginx/nagios.conf": "per-request",
  "nginx/phpsysinfo.conf": "no-equivalent",
  "nginx/radicale.conf": "no-equivalent",
  "nginx/wordpress.conf": "no-equivalent",
  "nginx/zabbix.conf": "no-equivalent own-error-page per-request",
  "nginx/zoneminder.conf": "no-equivalent",
  "apache/apache2-doc.conf": "no-equivalent",
  "apache/davical.conf": "no-equivalent",
  "apache/dhelp.conf": "options-without-equivalent",
  "apache/gosa.conf": "extension-everywhere include-missing no-equivalent unknown-directive",
  "apache/javascript-common.conf": "options-without-equivalent",
  "apache/loggerhead.conf": "other-processes",
  "apache/nagios4-cgi.conf": "by-address no-equivalent sign-in-not-possible",
  "apache/ocsinventory-restapi.conf": "no-equivalent unknown-directive",
  "apache/openguides.conf": "no-equivalent",
  "apache/php8.2-cgi.conf": "no-equivalent",
  "apache/phpliteadmin.conf": "unknown-directive",
  "apache/radicale-uwsgi.conf": "no-equivalent undefined-variable",
  "apache/radicale-vhost.conf":
    "include-missing no-equivalent other-host pattern-not-understood undefined-variable unknown-directive",
  "apache/rt5-fastcgi.conf": "unknown-directive",
  "apache/rt5-modperl2.conf": "no-equivalent unknown-directive",
  "apache/w3c-markup-validator.conf": "no-equivalent options-without-equivalent",
  "apache/xymon.conf": "no-equivalent options-without-equivalent",
  "apache/zoneminder-vhost.conf": "no-equivalent",
};

test.each(names)("%s", async (name) => {
  const { lines, server, configuration } = await adopt(join(folder, name), { host: null, folders: [] });
  expect([server, lines.length]).toEqual([name.split("/", 1)[0], expect.any(Number)]);
  const numbers = lines.flatMap(({ file, line }) => (file === lines[0]?.file ? line : []));
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  const codes = lines.flatMap(({ result, message }) => (result === "understood" ? [] : [message?.code ?? ""]));
  expect([...new Set(codes)].toSorted().join(" ")).toBe(lacking[name] ?? "");
  expect(parseConfig(JSON.stringify(configuration))).toMatchObject({ ok: true });
});

test("most of them are understood in full", () => {
  const full = (server: string) => names.filter((name) => name.startsWith(server) && !(name in lacking)).length;
  expect([full("apache"), full("lighttpd"), full("nginx")]).toEqual([42, 12, 9]);
  expect(names.length).toBe(91);
});
