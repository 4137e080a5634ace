// The rules of a folder's `.htaccess` files in force: its configuration, and what Apache would take from them. They
// loosen nothing: what either of the two refuses is refused, and for the rest the configuration decides.
import { relative } from "node:path";
import type { AdoptedLine } from "../contract/adopt-contract.js";
import { type ConfiguredRoute, config } from "../contract/config.js";
import type { JoinHtaccess } from "../workspace/config/configuration.js";
import { RouteMaker } from "./apache/routes.js";
import { ApacheSite, withoutSlashes } from "./apache/site.js";
import { ConfigFiles } from "./config-files.js";
import { readHtaccess } from "./htaccess.js";
import { ownFolderLeftOut } from "./own-folder.js";
import { Report } from "./report.js";

/** The configuration with the rules, and what became of each line. */
export const withHtaccess: JoinHtaccess = async (root, own) => {
  const report = new Report();
  const rulesOfAll = await readHtaccess(new ConfigFiles([root]), report, root);
  const maker = new RouteMaker(new ApacheSite(rulesOfAll, report, null), report);
  const { routes: made = [], handlers, inherit } = maker.settings();
  const lines = report.lines.map((line) => ({ ...line, file: relative(root, line.file) }));
  const rules = config.parse({ routes: made, handlers, inherit });
  const routes = rules.routes.map((route, index): ConfiguredRoute => {
    const at = (made[index] && maker.lines.get(made[index])) ?? [];
    const from = at.map(({ file, line }) => `${relative(root, file)}:${line}`);
    return { ...ownFolderLeftOut(route, root), ...(from.length > 0 ? { from } : {}) };
  });
  return {
    config: {
      ...own,
      routes: joined(own.routes, [...closed(lines), ...routes.filter((route) => Object.keys(route).length > 1)]),
      handlers: { ...rules.handlers, ...own.handlers },
      inherit: [...new Set([...own.inherit, ...rules.inherit])],
    },
    lines,
  };
};

/** A file that cannot be read may protect its folder, so nothing of that is served, as Apache does. */
const closed = (lines: readonly AdoptedLine[]): ConfiguredRoute[] =>
  lines.flatMap(({ file, line, message }) =>
    line === 0 && message !== null
      ? [{ path: `/${file.replace(/\.htaccess$/, "")}`, deny: true, mistake: message.text }]
      : [],
  );

/** The route with the longest path decides alone, so each has what holds around it. */
function joined(own: readonly ConfiguredRoute[], rules: readonly ConfiguredRoute[]): readonly ConfiguredRoute[] {
  const isOwn = (path: string) => own.some((one) => withoutSlashes(one.path) === withoutSlashes(path));
  const covering = own.map((route) => (leadsElsewhere(route) ? route : both(coverOf(rules, route), route, route.path)));
  const further = rules.flatMap((rule) => {
    const around = coverOf(own, rule);
    if (isOwn(rule.path) || (around && leadsElsewhere(around))) return [];
    return [rule.mistake === undefined ? both(rule, around, rule.path) : rule];
  });
  return [...covering, ...further];
}

const leadsElsewhere = ({ file, dir, address, redirect, mistake }: ConfiguredRoute): boolean =>
  [file, dir, address, redirect, mistake].some((one) => one !== undefined);

function coverOf(routes: readonly ConfiguredRoute[], { path }: ConfiguredRoute): ConfiguredRoute | null {
  const inside = `${withoutSlashes(path)}/`;
  const covering = routes.filter((one) => !one.redirect && inside.startsWith(`${withoutSlashes(one.path)}/`));
  return covering.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null;
}

function both(rule: ConfiguredRoute | null, own: ConfiguredRoute | null, path: string): ConfiguredRoute {
  if (rule === null || own === null) return rule ?? own ?? { path };
  const variables = { ...rule.variables, ...own.variables };
  const names = [rule.deny, own.deny].flatMap((deny) => (Array.isArray(deny) ? deny : []));
  const deny = rule.deny === true || own.deny === true ? true : names.length > 0 ? [...new Set(names)] : undefined;
  const given = { ...rule, ...own, path, ...(deny !== undefined && { deny }) };
  return Object.keys(variables).length > 0 ? { ...given, variables } : given;
}
