// What the tests need of the system beside Node: found, or installed through apt as
// root or in CI, or named with how to get it.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { comparedPackages } from "./compared-packages.mjs";
import { findProgram } from "./find-program.mjs";
import { step } from "./step.mjs";

const programs =
  (...names) =>
  () =>
    names.every((name) => findProgram(name) !== null);

const anyProgram =
  (...names) =>
  () =>
    names.some((name) => findProgram(name) !== null);

const perlHas = (module) => () => spawnSync("perl", [`-M${module}`, "-e", "1"]).status === 0;
const hasXdebug = () =>
  spawnSync("php", ["-r", "exit(is_file(ini_get('extension_dir') . '/xdebug.so') ? 0 : 1);"]).status === 0;
/** What apt installs is for the system's own Python, which need not be the first in PATH. */
const pythonHas = (module) => () => spawnSync("/usr/bin/python3", ["-c", `import ${module}`]).status === 0;
const hasLldb = () =>
  (process.env.PATH ?? "")
    .split(":")
    .some((folder) => existsSync(folder) && readdirSync(folder).some((name) => /^lldb-(?:dap|vscode)/.test(name)));
const rubyHas = (library) => () => spawnSync("ruby", [`-r${library}`, "-e", "1"]).status === 0;
const files =
  (...paths) =>
  () =>
    paths.every(existsSync);
const onLinux = (found) => () => process.platform !== "linux" || found();

const documented = (...packages) => files(...packages.map((name) => `/usr/share/doc/${name}`));

/**
 * `packages`: names on Debian and Ubuntu; "a|b" is the first of them that the system knows. `isServer`: a package that
 * may start a server of its own, so that it is installed on CI alone; only `ci`, `verify` and `peers` look for it.
 * `isLater`: no test of the gate needs it.
 * `isApart`: a failure to install it must not keep the others from being installed. `after`: a command that follows its
 * installation, so that the tests of other parts do not notice it.
 */
const needs = [
  { what: "Python", packages: ["python3"], found: programs("python3") },
  { what: "Perl", packages: ["perl"], found: programs("perl") },
  { what: "Perl's CGI", packages: ["libcgi-pm-perl"], found: perlHas("CGI") },
  { what: "Perl's FCGI", packages: ["libfcgi-perl"], found: perlHas("FCGI") },
  { what: "Flask", packages: ["python3-flask"], found: pythonHas("flask"), isLater: true },
  { what: "Django", packages: ["python3-django"], found: pythonHas("django"), isLater: true },
  { what: "NumPy", packages: ["python3-numpy"], found: pythonHas("numpy"), isLater: true },
  { what: "Radicale", packages: ["radicale"], found: pythonHas("radicale"), isLater: true },
  { what: "Plack", packages: ["libplack-perl"], found: perlHas("Plack"), isLater: true },
  { what: "Dancer2", packages: ["libdancer2-perl"], found: perlHas("Dancer2"), isLater: true },
  { what: "Catalyst", packages: ["libcatalyst-perl"], found: perlHas("Catalyst"), isLater: true },
  { what: "PHP", packages: ["php-cgi", "php-cli"], found: programs("php-cgi", "php") },
  {
    what: "Xdebug",
    packages: ["php-xdebug"],
    found: hasXdebug,
    isApart: true,
    isLater: true,
    after: ["phpdismod", "xdebug"],
  },
  { what: "Ruby", packages: ["ruby"], found: programs("ruby") },
  { what: "Rack and Sinatra", packages: ["ruby-rack", "ruby-sinatra"], found: rubyHas("sinatra/base"), isLater: true },
  { what: "Ruby's fcgi", packages: ["ruby-fcgi"], found: rubyHas("fcgi") },
  { what: "Lua", packages: ["lua5.4"], found: programs("lua") },
  { what: "Tcl", packages: ["tcl"], found: programs("tclsh") },
  { what: "Go", packages: ["golang-go"], found: programs("go") },
  { what: "a C compiler", packages: ["gcc", "libc6-dev"], found: programs("cc") },
  { what: "lldb", packages: ["lldb"], found: hasLldb, isApart: true, isLater: true },
  { what: "libfcgi", packages: ["libfcgi-dev"], found: files("/usr/include/fcgiapp.h") },
  { what: "fcgiwrap", packages: ["fcgiwrap"], found: programs("fcgiwrap") },
  { what: "htpasswd", packages: ["apache2-utils"], found: programs("htpasswd") },
  { what: "cURL", packages: ["curl"], found: programs("curl") },
  { what: "shells", packages: ["bash", "busybox", "dash"], found: onLinux(programs("bash", "busybox", "dash")) },
  { what: "git", packages: ["git"], found: programs("git") },
  {
    what: "mmdebstrap",
    packages: ["mmdebstrap"],
    found: onLinux(programs("mmdebstrap")),
    isApart: true,
    isLater: true,
  },
  { what: "gitweb", packages: ["git", "libcgi-pm-perl"], found: files("/usr/share/gitweb/gitweb.cgi") },
  { what: "cgit", packages: ["cgit"], found: files("/usr/lib/cgit/cgit.cgi") },
  {
    what: "phpLiteAdmin",
    packages: ["phpliteadmin"],
    found: files("/usr/share/phpliteadmin/phpliteadmin.php"),
    isLater: true,
  },
  { what: "a virtual display", packages: ["xvfb", "xauth"], found: onLinux(programs("xvfb-run")) },
  {
    what: "Firefox",
    packages: ["firefox-esr"],
    found: anyProgram("firefox", "firefox-esr"),
    isApart: true,
    isLater: true,
  },
  { what: "Apache", packages: ["apache2-bin"], found: programs("apache2"), isServer: true },
  { what: "lighttpd", packages: ["lighttpd"], found: programs("lighttpd"), isServer: true },
  { what: "nginx", packages: ["nginx"], found: programs("nginx"), isServer: true },
  { what: "h2o", packages: ["h2o"], found: programs("h2o"), isServer: true, isApart: true },
  { what: "uWSGI", packages: ["uwsgi-core"], found: programs("uwsgi"), isServer: true, isApart: true },
  { what: "Caddy", packages: ["caddy"], found: programs("caddy"), isServer: true, isApart: true },
  { what: "HAProxy", packages: ["haproxy"], found: programs("haproxy"), isServer: true, isApart: true },
  {
    what: "programs to compare with Apache",
    packages: comparedPackages,
    found: documented(...comparedPackages),
    isServer: true,
    isApart: true,
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

/**
 * Installs what is missing where that is allowed, and names what stays missing.
 * @param {"none" | "gate" | "tests" | "all"} wanted "all": the other web servers, too
 */
export async function installMissingPrograms(wanted) {
  const isWanted = ({ isServer, isLater }) =>
    wanted === "all" || (!isServer && (wanted === "tests" || (wanted === "gate" && !isLater)));
  const isMissing = (need) => isWanted(need) && !need.found();
  const missing = needs.filter(isMissing);
  const allowed = missing.filter(({ isServer }) => !isServer || process.env.CI);
  const groups = [
    allowed.filter(({ isApart }) => !isApart),
    ...allowed.filter(({ isApart }) => isApart).map((one) => [one]),
  ];
  for (const group of aptPrefix() === null ? [] : groups)
    if (group.length > 0) {
      await install(
        group.map(({ what }) => what).join(", "),
        group.flatMap(({ packages }) => packages),
      );
      for (const { what, after } of group)
        if (after) await step(`set up ${what}`, [...(aptPrefix() ?? []), ...after], { isOptional: true });
    }
  const still = missing.filter(isMissing);
  if (still.length === 0) return;
  console.log(`Missing here, and their tests are skipped: ${still.map(({ what }) => what).join(", ")}.`);
  console.log(`To install them: ${howToInstall(still.flatMap(({ packages }) => packages))}`);
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
  console.log(`Installing ${what} with apt-get: ${packages.map((name) => name.split("|")[0]).join(" ")}`);
  const prefix = aptPrefix() ?? [];
  const apt = [...prefix, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  if (!indexIsFresh)
    indexIsFresh = (await step("read the package index", [...apt, "update"], { env, isOptional: true })).ok;
  // One unknown name, and apt installs nothing at all.
  const known = packages.flatMap((name) => firstKnown(name.split("|")) ?? []);
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
