// The files of a kit, as texts: the templates of its server, filled with its plan.
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { agentFile, deployTemplatesFolder } from "../../base/built-files.js";
import type { TargetId } from "../../contract/deploy-targets.js";
import { wordsOf } from "../../contract/message.js";
import { neverServedNames } from "../../routing/deny-list.js";
import { kitNetwork } from "./kit-name.js";
import { moduleChecks, versionChecks } from "./language-modules.js";
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

/** All but what is copied from the folder. */
export async function kitFiles(plan: Plan, sourceOf: SourceOf) {
  const { to, name, agents, variables, target } = plan;
  const base = await viewOf(plan, sourceOf);
  const filled = async (template: string, quote: (text: string) => string, own: View) =>
    fill(await readFile(join(deployTemplatesFolder(), template), "utf8"), own, quote);
  const view = {
    ...base,
    rules: await filled("lighttpd-rules.conf", inDoubleQuotes, base),
    hardening: await filled("systemd/hardening", specifiers, base),
  };
  const made = async ([template, path, quote = asIs, own = {}]: Row) => ({
    path,
    text: await filled(template, quote, { ...view, ...own }),
    mode: path.endsWith(".sh") ? 0o755 : 0o644,
  });
  const agentFiles = agents.map(async (language) => ({
    path: `agent/${posix.basename(agentFile(language))}`,
    text: await readFile(agentFile(language), "utf8"),
    mode: 0o755,
  }));
  const rows: Row[] = target.isImage
    ? [
        ["README.image.md", "README.md", inMarkdown],
        ["Containerfile", "Containerfile"],
        ["containerignore", ".dockerignore"],
        ...(to === "openfaas" ? [] : [["image.conf", `${name}.conf`, inDoubleQuotes] as const]),
      ]
    : [
        ["README.md", "README.md", inMarkdown],
        ["check.sh", "check.sh", shellWord],
        [`${to}.conf`, `${name}.conf`, inDoubleQuotes],
        ...viewsOfBackends(plan).flatMap((backend): Row[] => [
          ["systemd/backend.socket", `systemd/${name}-${backend.id}.socket`, specifiers, backend],
          ["systemd/backend.service", `systemd/${name}-${backend.id}@.service`, specifiers, backend],
        ]),
      ];
  rows.push(...(ownRows[to] ?? []));
  if (variables.size > 0 && to !== "openfaas") rows.push(["env", ".env.example"]);
  if (!target.hasService && !target.isImage)
    rows.push([`systemd/${to}.service`, `systemd/${name}.service`, specifiers]);
  if (target.hasService && target.runsCgi && variables.size > 0)
    rows.push(["systemd/variables.conf", `systemd/${target.program}.service.d/${name}.conf`, specifiers]);
  return Promise.all([...rows.map(made), ...agentFiles]);
}

const asIs = (text: string): string => text;

/** A template, the path of what it becomes, how names are quoted in it, and what it is given beside the rest. */
type Row = readonly [template: string, path: string, quote?: (text: string) => string, own?: View];

/** What one target has alone; of several machines, first what starts the image on them. */
const ownRows: Readonly<Partial<Record<TargetId, readonly Row[]>>> = {
  h2o: [
    ["h2o.rb", "h2o.rb"],
    ["h2o-cgi.sh", "h2o-cgi.sh"],
  ],
  compose: [
    ["compose.yaml", "compose.yaml"],
    ["front.conf", "front/app.conf"],
    ["upgrade.sh", "upgrade.sh"],
  ],
  kubernetes: [["kubernetes.yaml", "kubernetes.yaml"]],
  knative: [["knative.yaml", "knative.yaml"]],
  openfaas: [
    ["stack.yaml", "stack.yaml"],
    ["watchdog.sh", "watchdog.sh", shellWord],
  ],
};

/** The application hosts of Compose, by their numbers. */
const hosts = ["1", "2", "3"];

/** All but those that begin as .well-known does; no server's patterns look ahead. */
const hiddenNames = "/\\.([^w]|w[^e])";

const viewsOfBackends = ({ backends }: Plan) =>
  backends.map(({ id, about, command, folder, instances, environment }) => ({
    id,
    about,
    folder,
    instances,
    exec: command.map(unitWord).join(" "),
    command: command.join(" "),
    environment,
    numbers: Array.from({ length: instances }, (_, index) => `${index + 1}`),
  }));

/** OpenFaaS's secrets are files, with names as those of Kubernetes. */
const secretName = (variable: string): string =>
  variable
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^-+|-+$/g, "");

/** Debian's, of what runs the scripts. */
function packagesOf(scripts: readonly KitScript[]): string[] {
  const names = scripts.flatMap(({ backend, language, program }) => [
    backend === "cgi" ? "fcgiwrap" : "",
    language === "php" ? "php-cgi" : program === null ? "" : (packageOf(program) ?? ""),
  ]);
  return [...new Set(names)].filter((name) => name !== "").toSorted();
}

/** What has to be there for scripts whose file is not what is started. */
const programsOf = (scripts: readonly KitScript[]): View[] =>
  [...new Map(scripts.map((script) => [script.program, script])).values()].flatMap(({ path, program, isStarted }) => {
    if (program === null || isStarted) return [];
    const name = packageOf(program);
    return [{ path, program, repair: name ? `apt-get install ${name}` : `install ${shellWord(program)}` }];
  });

/** What is sent by its own path, and the folders that lead to an index: a script, or a page. */
function sentFiles({ files, hidden, scripts, index }: Plan) {
  const isScript = (path: string) => scripts.some((script) => script.path === path);
  const sent = files.filter((path) => !hidden.includes(path) && !isScript(path));
  const indexes = [...new Set(files.map((file) => posix.dirname(file)))].flatMap((folder) => {
    const found = index.map((name) => posix.join(folder, name)).find((path) => files.includes(path));
    return found === undefined ? [] : [{ path: posix.join("/", folder, "/"), found }];
  });
  return {
    files: [...sent, ...indexes.flatMap(({ path, found }) => (sent.includes(found) ? [path.slice(1)] : []))],
    scripts: indexes.flatMap(({ path, found }) => (isScript(found) ? [{ path, to: `/${found}` }] : [])),
  };
}

async function viewOf(plan: Plan, sourceOf: SourceOf): Promise<View> {
  const { name, at, host, port, target, scripts, hidden, guards, refused, index, variables, to, notes } = plan;
  const guardOf = (path: string) =>
    guards
      .filter((guard) => `/${path}/`.startsWith(`${guard.path.replace(/\/$/, "")}/`))
      .toSorted((a, b) => b.path.length - a.path.length)
      .slice(0, 1);
  const backends = viewsOfBackends(plan);
  const sent = sentFiles(plan);
  const views = scripts.map(({ path, backend, isStarted, passesAuthorization }, number) => ({
    path,
    number,
    url: `/${path}`,
    pattern: pattern(`/${path}`),
    backend: backend ?? "",
    isCgi: backend === null,
    isWrapped: backend === "cgi",
    // What an image starts for it.
    process: !target.isImage ? [] : backends.filter(({ id }) => id === backend),
    starts: isStarted ? "yes" : "no",
    passesAuthorization,
    guard: guardOf(path),
  }));
  const checks = await moduleChecks(scripts, plan.files, sourceOf);
  return {
    name,
    at,
    to,
    site: `${at}/site`,
    run: `/run/${name}`,
    network: kitNetwork(name),
    host,
    hostPattern: pattern(host),
    port,
    isOtherPort: port !== 80,
    server: target.name,
    program: target.program,
    group: target.group,
    installed: target.installed(name),
    service: target.hasService ? target.program : name,
    hasService: target.hasService,
    test: target.test,
    otherSite: host === "" && port === 80 ? target.defaultSite : "",
    modules: target.modules,
    scripts: views,
    cgiScripts: views.filter(({ isCgi }) => isCgi),
    passedScripts: views.filter(({ isCgi }) => !isCgi),
    backends,
    fcgiwrap: backends.some(({ id }) => id === "cgi"),
    checks,
    versionChecks: versionChecks(scripts),
    programs: programsOf(scripts),
    never: [...neverServedNames.map(({ source }) => source.replace(/(?<!\[)\^/g, "/")), hiddenNames]
      .join("|")
      .replace(/(?<!\\)\((?!\?)/g, "(?:"),
    sent: [...sent.files.map((path) => ({ path: `/${path}`, to: `/${path}` })), ...sent.scripts],
    denied: [
      ...refused.map(({ path, names }) => ({
        why: "The folder's own configuration refuses this.",
        pattern: `${pattern(path.replace(/\/$/, ""))}${names.length === 0 ? "" : `/(?:.*/)?(?:${names.map(globPattern).join("|")})`}`,
      })),
      ...hidden.map((path) => ({ why: `Only scripts read this: ${path}.`, pattern: pattern(`/${path}`) })),
    ].map((each, number) => ({ ...each, number })),
    guards: guards.map(({ path, realm }) => ({ path, realm, pattern: pattern(path.replace(/\/$/, "")) })),
    indexWords: index.map((word) => `"${inDoubleQuotes(word)}"`).join(" "),
    indexList: index.map((word) => `"${inDoubleQuotes(word)}"`).join(", "),
    isContainer: to === "container",
    isCompose: to === "compose",
    isCluster: to === "kubernetes" || to === "knative",
    isFunctions: to === "openfaas",
    usesEnv: to !== "openfaas" && variables.size > 0,
    isPushed: to !== "container" && to !== "compose",
    functions: plan.functions.map((each) => ({ ...each, type: yamlWord(each.type) })),
    manifest: (ownRows[to] ?? []).slice(0, 1).map(([, path]) => path),
    hosts,
    drained: hosts.map((number) => ({ number, others: hosts.filter((other) => other !== number) })),
    packages: packagesOf(scripts),
    open: [...variables].flatMap(([variable, value]) => (value === null ? [] : [{ variable, value: yamlWord(value) }])),
    secrets: [...variables].flatMap(([variable, value]) =>
      value === null ? [{ variable, secret: secretName(variable) }] : [],
    ),
    page: index.find((word) => /\.html?$/.test(word)) ?? "index.html",
    folderIndexes: sent.scripts,
    variables: [...variables].map(([variable, value]) => ({
      variable,
      value: value === null ? "" : to === "container" ? value : environmentValue(value),
    })),
    notes: notes.map(({ text }) => wordsOf(text)),
    agents: plan.agents,
    // Where systemd does not find one, the unit starts all the same.
    writable: plan.written.map((folder) => unitPath(folder.startsWith(at) ? folder : `-${folder}`)).join(" "),
    written: plan.written.filter((folder) => folder !== `${at}/site`).map((folder) => ({ folder })),
    capabilities: to === "busybox" ? "CAP_NET_BIND_SERVICE" : "",
    hostOption: host === "" ? "" : `-H ${shellWord(`Host: ${host}`)} `,
    first: `/${(scripts[0]?.path ?? "").split("/").map(encodeURIComponent).join("/")}`,
  };
}
