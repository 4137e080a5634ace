// What the tests need of the system beside Node: found, or installed through apt as root or in CI, or named with how to get it.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { findProgram } from "./find-program.mjs";
import { step } from "./step.mjs";

const programs =
  (...names) =>
  () =>
    names.every((name) => findProgram(name) !== null);

/** `packages`: names on Debian and Ubuntu; "a|b" is the first of them that the system knows. */
const needs = [
  { what: "Python", packages: ["python3"], found: programs("python3") },
  { what: "Perl", packages: ["perl"], found: programs("perl") },
  { what: "PHP's CGI program", packages: ["php-cgi"], found: programs("php-cgi") },
  { what: "a C compiler", packages: ["gcc", "libc6-dev"], found: programs("cc") },
  { what: "libfcgi", packages: ["libfcgi-dev"], found: () => existsSync("/usr/include/fcgiapp.h") },
  {
    what: "Perl's FCGI",
    packages: ["libfcgi-perl"],
    found: () => spawnSync("perl", ["-MFCGI", "-e", "1"]).status === 0,
  },
  { what: "fcgiwrap", packages: ["fcgiwrap"], found: programs("fcgiwrap") },
  {
    what: "phpLiteAdmin",
    packages: ["phpliteadmin"],
    found: () => existsSync("/usr/share/phpliteadmin/phpliteadmin.php"),
  },
  { what: "git", packages: ["git"], found: programs("git") },
  { what: "gitweb", packages: ["gitweb"], found: () => existsSync("/usr/share/gitweb/gitweb.cgi") },
  {
    what: "a virtual display",
    packages: ["xvfb", "xauth"],
    found: () => process.platform !== "linux" || findProgram("xvfb-run") !== null,
  },
];

/** Libraries a desktop shell links to. Their names carry "t64" on newer systems. */
const electronLibraries = [
  "libgtk-3-0t64|libgtk-3-0",
  "libnss3",
  "libasound2t64|libasound2",
  "libgbm1",
  "libxss1",
  "libxtst6",
  "libatk-bridge2.0-0t64|libatk-bridge2.0-0",
  "libdrm2",
  "libcups2t64|libcups2",
  "libsecret-1-0",
  "libnotify4",
  "fonts-dejavu-core",
];

/** Installs what is missing where that is allowed, and says what stays missing. */
export async function installMissingPrograms() {
  const missing = needs.filter(({ found }) => !found());
  if (missing.length > 0 && aptPrefix() !== null)
    await install(
      missing.map(({ what }) => what).join(", "),
      missing.flatMap(({ packages }) => packages),
    );
  for (const { what, packages, found } of missing)
    if (!found()) console.log(`  ${what} is missing, its tests are skipped: ${howToInstall(packages)}`);
}

/** Chromium from the system's packages. Ubuntu's is only a pointer to a snap, so Debian alone. */
export async function installSystemBrowser() {
  if (aptPrefix() === null || !/^ID=debian$/m.test(osRelease())) return;
  await install("Chromium", ["chromium", "fonts-dejavu-core"]);
}

export async function installElectronLibraries() {
  if (aptPrefix() !== null) await install("libraries for Electron", electronLibraries);
}

/** @param {string[]} packages */
export const howToInstall = (packages) => `apt-get install ${packages.map((name) => name.split("|").at(-1)).join(" ")}`;

let indexIsFresh = false;

async function install(what, packages) {
  const prefix = aptPrefix() ?? [];
  const apt = [...prefix, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!indexIsFresh)
    indexIsFresh = (await step("read the package index", [...apt, "update"], { env, isOptional: true })).ok;
  const known = packages.flatMap((name) => firstKnown(name.split("|")) ?? []); // one unknown name, and apt installs nothing at all
  await step(`install ${what}`, [...apt, "install", "-y", "--no-install-recommends", ...known], {
    env,
    isOptional: true,
  });
}

function firstKnown(names) {
  const candidate = (name) =>
    /Candidate: (?!\(none\))/.test(spawnSync("apt-cache", ["policy", name], { encoding: "utf8" }).stdout ?? "");
  return names.find(candidate) ?? null;
}

/** How to call apt here: as root, through sudo in CI, or not at all (null). */
function aptPrefix() {
  if (process.platform !== "linux" || findProgram("apt-get") === null) return null;
  if (process.getuid?.() === 0) return [];
  return process.env.CI && findProgram("sudo") !== null ? ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"] : null;
}

function osRelease() {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return ""; // Not a Linux that says what it is.
  }
}
