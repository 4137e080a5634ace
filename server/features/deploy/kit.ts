// The files of a kit, as texts: the templates of its server, filled with its plan.
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { agentFile, deployTemplatesFolder } from "../../base/built-files.js";
import type { TargetId } from "../../contract/deploy-targets.js";
import { neverServedNames } from "../../routing/deny-list.js";
import { moduleChecks } from "./language-modules.js";
import type { Plan, SourceOf } from "./plan.js";
import {
  environmentValue,
  globPattern,
  inDoubleQuotes,
  inMarkdown,
  pattern,
  shellWord,
  specifiers,
  unitPath,
  unitWord,
  yamlWord,
} from "./quoting.js";
import { packageOf } from "./script-program.js";
import type { KitScript } from "./sorted-files.js";
import { fill, type View } from "./template.js";

export interface KitFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** All but what is copied from the folder. */
export async function kitFiles(plan: Plan, sourceOf: SourceOf): Promise<KitFile[]> {
  const { to, name, agents, variables, target } = plan;
  const base = await viewOf(plan, sourceOf);
  const filled = async (template: string, quote: (text: string) => string, own: View) =>
    fill(await readFile(join(deployTemplatesFolder(), template), "utf8"), own, quote);
  const view = {
    ...base,
    rules: await filled("lighttpd-rules.conf", inDoubleQuotes, base),
    hardening: await filled("systemd/hardening", specifiers, base),
  };
  const made = async (template: string, path: string, quote: (text: string) => string, own = {}, mode = 0o644) => ({
    path,
    text: await filled(template, quote, { ...view, ...own }),
    mode,
  });
  const agentFiles = agents.map(async (language) => ({
    path: `agent/${posix.basename(agentFile(language))}`,
    text: await readFile(agentFile(language), "utf8"),
    mode: 0o755,
  }));
  const environment = variables.size > 0 ? [made("env", ".env.example", asIs)] : [];
  const own = target.isImage
    ? [
        made("README.image.md", "README.md", inMarkdown),
        made("Containerfile", "Containerfile", asIs),
        made("containerignore", ".dockerignore", asIs),
        made("image.conf", `${name}.conf`, inDoubleQuotes),
        ...(manifests[to] ?? []).map((path) => made(path, path, asIs)),
      ]
    : [
        made("README.md", "README.md", inMarkdown),
        made("check.sh", "check.sh", shellWord, {}, 0o755),
        made(`${to}.conf`, `${name}.conf`, inDoubleQuotes),
        ...viewsOfBackends(plan).flatMap((backend) => [
          made("systemd/backend.socket", `systemd/${name}-${backend.id}.socket`, specifiers, backend),
          made("systemd/backend.service", `systemd/${name}-${backend.id}@.service`, specifiers, backend),
        ]),
        ...(target.service !== null && target.runsCgi && variables.size > 0
          ? [made("systemd/variables.conf", `systemd/${target.service}.service.d/${name}.conf`, specifiers)]
          : []),
        ...(target.service === null ? [made(`systemd/${to}.service`, `systemd/${name}.service`, specifiers)] : []),
      ];
  return Promise.all([...own, ...environment, ...agentFiles]);
}

const asIs = (text: string): string => text;

/** What starts an image on several machines. */
const manifests: Readonly<Partial<Record<TargetId, readonly string[]>>> = {
  compose: ["compose.yaml", "front.conf"],
  kubernetes: ["kubernetes.yaml"],
  knative: ["knative.yaml"],
};

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
  }));

/** Debian's, of what runs the scripts. */
function packagesOf(scripts: readonly KitScript[]): string[] {
  const names = scripts.map(({ language, program }) =>
    language === "php" ? "php-cgi" : program === null ? "" : (packageOf(program) ?? ""),
  );
  return [...new Set(names)].filter((name) => name !== "").toSorted();
}

/** What has to be there for scripts whose file is not what is started. */
const programsOf = (scripts: readonly KitScript[]): View[] =>
  [...new Map(scripts.map((script) => [script.program, script])).values()].flatMap(({ path, program, isStarted }) => {
    if (program === null || isStarted) return [];
    const name = packageOf(program);
    return [{ path, program, repair: name ? `apt-get install ${name}` : `install ${shellWord(program)}` }];
  });

/** The folders whose index is a script, for servers that would send it. */
const folderIndexes = ({ index, files, scripts }: Plan): View[] =>
  [...new Set(files.map((file) => posix.dirname(file)))].flatMap((folder) => {
    const found = index.map((name) => posix.join(folder, name)).find((path) => files.includes(path));
    const path = posix.join("/", folder, "/");
    return found !== undefined && scripts.some((script) => script.path === found) ? [{ path, to: `/${found}` }] : [];
  });

async function viewOf(plan: Plan, sourceOf: SourceOf): Promise<View> {
  const { name, at, host, port, target, scripts, hidden, guards, refused, index, variables, to, notes } = plan;
  const guardOf = (path: string) =>
    guards
      .filter((guard) => `/${path}/`.startsWith(`${guard.path.replace(/\/$/, "")}/`))
      .toSorted((a, b) => b.path.length - a.path.length)
      .slice(0, 1);
  const scriptView = ({ path, backend, isStarted, passesAuthorization }: KitScript, number: number): View => ({
    path,
    number,
    url: `/${path}`,
    pattern: pattern(`/${path}`),
    backend: backend ?? "",
    isCgi: backend === null,
    command: plan.backends.find(({ id }) => id === backend)?.command.join(" ") ?? "",
    instances: plan.backends.find(({ id }) => id === backend)?.instances ?? 0,
    starts: isStarted ? "yes" : "no",
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
    otherSite: host === "" && port === 80 && target.defaultSite !== null ? [target.defaultSite] : [],
    modules: target.modules,
    scripts: scripts.map(scriptView),
    cgiScripts: scripts.filter(({ backend }) => backend === null).map(scriptView),
    passedScripts: scripts.filter(({ backend }) => backend !== null).map(scriptView),
    backends: viewsOfBackends(plan),
    usesWrap: plan.backends.some(({ id }) => id === "cgi"),
    usesPhp: plan.backends.some(({ id }) => id === "php"),
    checks,
    programs: programsOf(scripts),
    never: [...neverServedNames.map(({ source }) => source.replace(/(?<!\[)\^/g, "/")), hiddenNames]
      .join("|")
      .replace(/(?<!\\)\((?!\?)/g, "(?:"),
    hidden: hidden.map((path) => ({ path, pattern: pattern(`/${path}`) })),
    refused: refused.map(({ path, names }, number) => ({
      number,
      pattern: `${pattern(path.replace(/\/$/, ""))}${names.length === 0 ? "" : `/(?:.*/)?(?:${names.map(globPattern).join("|")})`}`,
    })),
    guards: guards.map(({ path, realm }) => ({ path, realm, pattern: pattern(path.replace(/\/$/, "")) })),
    indexWords: index.map((word) => `"${inDoubleQuotes(word)}"`).join(" "),
    indexList: index.map((word) => `"${inDoubleQuotes(word)}"`).join(", "),
    isImage: target.isImage,
    isContainer: to === "container",
    isCompose: to === "compose",
    isCluster: to === "kubernetes" || to === "knative",
    manifest: (manifests[to] ?? []).slice(0, 1),
    packages: packagesOf(scripts),
    open: [...variables].flatMap(([variable, value]) => (value === null ? [] : [{ variable, value: yamlWord(value) }])),
    secrets: [...variables].flatMap(([variable, value]) => (value === null ? [{ variable }] : [])),
    page: index.find((word) => /\.html?$/.test(word)) ?? "index.html",
    folderIndexes: folderIndexes(plan),
    variables: [...variables].map(([variable, value]) => ({
      variable,
      value: value === null ? "" : to === "container" ? value : environmentValue(value),
    })),
    notes: notes.map(({ text }) => text),
    agents: plan.agents,
    // Where systemd does not find one, the unit starts all the same.
    writable: plan.written.map((folder) => unitPath(folder.startsWith(at) ? folder : `-${folder}`)).join(" "),
    written: plan.written.filter((folder) => folder !== `${at}/site`).map((folder) => ({ folder })),
    capabilities: to === "busybox" ? "CAP_NET_BIND_SERVICE" : "",
    hostOption: host === "" ? "" : `-H ${shellWord(`Host: ${host}`)} `,
    first: `/${(scripts[0]?.path ?? "").split("/").map(encodeURIComponent).join("/")}`,
  };
}
