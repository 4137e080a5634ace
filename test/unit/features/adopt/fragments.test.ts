// Apache's configurations that packages of Debian ship, without their comments: which are understood in full, and what
// the others lack.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adopt } from "../../../../server/features/adopt/adopt.js";
import { parseConfig } from "../../../../server/workspace/config/config-file.js";
import { repositoryRoot } from "../../../support/repository.js";

const folder = join(repositoryRoot, "test/fixtures/adopt/apache");
const names = readdirSync(folder);

/** By the file: the codes of what is approximated or left out. Of all others every line is understood. */
const lacking: Readonly<Record<string, string>> = {
  "apache2-doc.conf": "no-equivalent",
  "davical.conf": "no-equivalent",
  "dhelp.conf": "options-without-equivalent",
  "gosa.conf": "extension-everywhere include-missing no-equivalent unknown-directive",
  "javascript-common.conf": "options-without-equivalent",
  "loggerhead.conf": "other-processes",
  "nagios4-cgi.conf": "by-address no-equivalent sign-in-not-possible",
  "ocsinventory-restapi.conf": "no-equivalent unknown-directive",
  "openguides.conf": "no-equivalent",
  "php8.2-cgi.conf": "no-equivalent",
  "phpldapadmin.conf": "extension-everywhere",
  "phpliteadmin.conf": "unknown-directive",
  "radicale-uwsgi.conf": "no-equivalent undefined-variable",
  "radicale-vhost.conf":
    "include-missing no-equivalent other-host pattern-not-understood undefined-variable unknown-directive",
  "rt5-fastcgi.conf": "unknown-directive",
  "rt5-modperl2.conf": "no-equivalent unknown-directive",
  "w3c-markup-validator.conf": "no-equivalent options-without-equivalent",
  "xymon.conf": "no-equivalent options-without-equivalent",
  "zoneminder-vhost.conf": "no-equivalent",
};

test.each(names)("%s", async (name) => {
  const { lines, configuration } = await adopt(join(folder, name), { host: null, folders: [] });
  expect(lines.length).toBeGreaterThan(0);
  const codes = lines.flatMap(({ result, message }) => (result === "understood" ? [] : [message?.code ?? ""]));
  expect([...new Set(codes)].toSorted().join(" ")).toBe(lacking[name] ?? "");
  expect(parseConfig(JSON.stringify(configuration))).toMatchObject({ ok: true });
});

test("most of them are understood in full", () => {
  expect(names.length).toBe(60);
  expect(names.length - Object.keys(lacking).length).toBeGreaterThanOrEqual(37);
});
