// The files of a kit, as texts: the templates of its server, filled with its plan.
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { agentFile, deployTemplatesFolder } from "../../base/built-files.js";
import { neverServedNames } from "../../routing/deny-list.js";
import { moduleChecks } from "./language-modules.js";
import type { KitScript, Plan } from "./plan.js";
import { environmentValue, globPattern, inDoubleQuotes, pattern, shellWord, specifiers, unitWord } from "./quoting.js";
import { fill, type View } from "./template.js";

export interface KitFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** All but what is copied from the folder. */
export async function kitFiles(plan: Plan, sourceOf: (path: string) => Promise<string>): Promise<KitFile[]> {
  const { to, name, agents, variables, target } = plan;
  const view = await viewOf(plan, sourceOf);
  const made = async (
    template: string,
    path: string,
    quote: (text: string) => string,
    own: View = {},
    mode = 0o644,
  ) => ({
    path,
    text: fill(await readFile(join(deployTemplatesFolder(), template), "utf8"), { ...view, ...own }, quote),
    mode,
  });
  const units = await Promise.all(
    viewsOfBackends(plan).flatMap((backend) => [
      made("systemd/backend.socket", `systemd/${name}-${backend.id}.socket`, specifiers, backend),
      made("systemd/backend.service", `systemd/${name}-${backend.id}@.service`, specifiers, backend),
    ]),
  );
  return [
    await made("README.md", "README.md", (text) => text),
    await made("check.sh", "check.sh", shellWord, {}, 0o755),
    await made(`${to}.conf`, `${name}.conf`, inDoubleQuotes),
    await made("env", ".env.example", (text) => text),
    ...units,
    ...(target.service !== null && target.runsCgi && variables.size > 0
      ? [await made("systemd/variables.conf", `systemd/${target.service}.service.d/${name}.conf`, specifiers)]
      : []),
    ...(target.service === null ? [await made(`systemd/${to}.service`, `systemd/${name}.service`, specifiers)] : []),
    ...(await Promise.all(
      agents.map(async (language) => ({
        path: `agent/${posix.basename(agentFile(language))}`,
        text: await readFile(agentFile(language), "utf8"),
        mode: 0o755,
      })),
    )),
  ].filter(({ path }) => path !== ".env.example" || variables.size > 0);
}

/** All but those that begin as .well-known does; no server's patterns look ahead. */
const hiddenNames = "/\\.([^w]|w[^e])";

const viewsOfBackends = ({ backends }: Plan) =>
  backends.map(({ id, about, command, folder, instances, environment }) => ({
    id,
    about,
    folder,
    instances,
    exec: command.map(unitWord).join(" "),
    environment,
    numbers: Array.from({ length: instances }, (_, index) => `${index + 1}`),
    isOne: instances === 1,
  }));

/** The folders whose index is a script, for servers that would send it. */
const folderIndexes = ({ index, files, scripts }: Plan): View[] =>
  [...new Set(files.map((file) => posix.dirname(file)))].flatMap((folder) => {
    const found = index.map((name) => posix.join(folder, name)).find((path) => files.includes(path));
    const path = posix.join("/", folder, "/");
    return found !== undefined && scripts.some((script) => script.path === found) ? [{ path, to: `/${found}` }] : [];
  });

async function viewOf(plan: Plan, sourceOf: (path: string) => Promise<string>): Promise<View> {
  const { name, at, host, port, target, scripts, hidden, guards, refused, index, variables, to, notes } = plan;
  const guardOf = (path: string) =>
    guards
      .filter((guard) => `/${path}`.startsWith(guard.path))
      .toSorted((a, b) => b.path.length - a.path.length)
      .slice(0, 1);
  const scriptView = ({ path, backend, program, passesAuthorization }: KitScript, number: number): View => ({
    path,
    number,
    url: `/${path}`,
    pattern: pattern(`/${path}`),
    backend: backend ?? "",
    isCgi: backend === null,
    hasBackend: backend !== null,
    program: program ?? "",
    starts: backend === "cgi" || program === null ? "yes" : "no",
    passesAuthorization,
    guard: guardOf(path),
  });
  const checks = await moduleChecks(scripts, plan.files, sourceOf);
  return {
    name,
    at,
    to,
    site: `${at}/site`,
    run: `/run/${name}`,
    host,
    hasHost: host !== "",
    port,
    isOtherPort: port !== 80,
    server: target.name,
    package: target.package,
    program: target.program,
    group: target.group,
    installed: target.installed(name),
    service: target.service ?? name,
    hasService: target.service !== null,
    test: target.test,
    modules: target.modules,
    scripts: scripts.map(scriptView),
    cgiScripts: scripts.filter(({ backend }) => backend === null).map(scriptView),
    passedScripts: scripts.filter(({ backend }) => backend !== null).map(scriptView),
    backends: viewsOfBackends(plan),
    hasBackends: plan.backends.length > 0,
    usesWrap: plan.backends.some(({ id }) => id === "cgi"),
    usesPhp: plan.backends.some(({ id }) => id === "php"),
    programs: [...new Set(scripts.flatMap(({ program, language }) => (language === "php" ? [] : (program ?? []))))],
    checks,
    never: [...neverServedNames.map(({ source }) => source.replace(/(?<!\[)\^/g, "/")), hiddenNames]
      .join("|")
      .replace(/(?<!\\)\((?!\?)/g, "(?:"),
    hidden: hidden.map((path) => ({ path, pattern: pattern(`/${path}`) })),
    refused: refused.map(({ path, names }, number) => ({
      number,
      pattern: `${pattern(path.replace(/\/$/, ""))}${names.length === 0 ? "" : `/(?:.*/)?(?:${names.map(globPattern).join("|")})`}`,
    })),
    guards: guards.map(({ path, realm }) => ({ path, realm, pattern: pattern(path.replace(/\/$/, "")) })),
    hasGuards: guards.length > 0,
    index,
    indexWords: index.map((word) => `"${inDoubleQuotes(word)}"`).join(" "),
    indexList: index.map((word) => `"${inDoubleQuotes(word)}"`).join(", "),
    page: index.find((word) => /\.html?$/.test(word)) ?? "index.html",
    folderIndexes: folderIndexes(plan),
    hasIndex: index.length > 0,
    variables: [...variables].map(([variable, value]) => ({
      variable,
      given: `^${variable}=..*`,
      value: value === null ? "" : environmentValue(value),
      isSecret: value === null,
    })),
    hasVariables: variables.size > 0,
    notes: notes.map(({ text }) => text),
    hasNotes: notes.length > 0,
    agents: plan.agents,
    writes: false,
    hostOption: host === "" ? "" : `-H ${shellWord(`Host: ${host}`)} `,
    first: `/${(scripts[0]?.path ?? "").split("/").map(encodeURIComponent).join("/")}`,
  };
}
