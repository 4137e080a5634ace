// Mistakes in a configuration that the schema cannot detect: settings that contradict each other, that are there twice,
// or that have no effect.
import { posix } from "node:path";
import { isWithin } from "../../base/disk.js";
import type { Config } from "../../contract/config.js";
import type { Message } from "../../contract/message.js";
import { contradictions } from "../../routing/external-targets.js";
import { scriptPath } from "../../routing/script-settings.js";
import { mistakeMessage } from "./messages.js";
import { keyPath, type Mistake, type Path } from "./schema-mistakes.js";

export interface SettingsContext {
  /** The folder's, absolute. */
  readonly root: string;
  /** The rules that `doctor.off` may name; null: any name is allowed. */
  readonly ruleIds: ReadonlySet<string> | null;
}

export function settingMistakes(config: Config, { root, ruleIds }: SettingsContext): Mistake[] {
  const { routes, handlers, scripts, doctor } = config;
  const byExtension = Object.entries(handlers);
  const byScript = Object.entries(scripts);
  const watching = [...byScript.flatMap(among("scripts")), ...byExtension.flatMap(among("handlers"))];
  const leading = [
    ...routes.map((route, index): Leading => [["routes", index], route]),
    ...byExtension.map(([name, handler]): Leading => [["handlers", name], handler]),
  ];
  return [
    ...wrong(
      Object.keys(doctor.off).filter((id) => ruleIds?.has(id) === false),
      (id) => ["doctor", "off", id],
      mistakeMessage("unknown-rule"),
    ),
    ...wrong(
      watching.filter(({ watched }) => !isWithin(posix.resolve(root, watched), root)),
      ({ path }) => path,
      mistakeMessage("watched-outside"),
    ),
    ...wrong(
      leading.filter(([, to]) => to?.connections !== undefined && to.address === undefined),
      ([path]) => [...path, "connections"],
      mistakeMessage("connections-without-address"),
    ),
    ...wrong(
      byScript.filter(([key]) => isOutside(key) || (root !== "/" && isWithin(key, root))),
      ([key]) => ["scripts", key],
      mistakeMessage("script-path-outside"),
    ),
    ...equalNames(
      routes.map(({ path, redirect }, index) => [
        redirect?.exact ? `exactly ${path}` : path.replace(/\/$/, ""),
        ["routes", index, "path"],
      ]),
    ),
    ...equalNames(byExtension.map(([name]) => [name.toLowerCase(), ["handlers", name]])),
    ...equalNames(byScript.map(([key]) => [scriptPath(key), ["scripts", key]])),
    ...contradictions(config, root).map(({ lead, earlier }) => ({
      path: [...lead.at, "connections"],
      mistake: mistakeMessage("connections-contradict", {
        other: keyPath([...earlier.at]),
        connections: earlier.connections,
      }),
    })),
  ];
}

/** A module that an agent could not load before its first request. */
export interface NotPreloaded {
  readonly module: string;
  readonly systemText: string;
}

/** Those of a script, by its path in the folder, where its `preload` names them. */
export function preloadMistakes(
  { scripts, handlers }: Config,
  path: string,
  failed: readonly NotPreloaded[],
): Mistake[] {
  const ofScript = Object.entries(scripts).filter(([key]) => scriptPath(key) === path);
  const ofExtension = Object.entries(handlers).filter(([name]) => path.toLowerCase().endsWith(name.toLowerCase()));
  const settings = [
    ...ofScript.map(([name, own]) => ({ at: ["scripts", name], preload: own.preload })),
    ...ofExtension.map(([name, own]) => ({ at: ["handlers", name], preload: own?.preload })),
  ].find(({ preload }) => preload !== undefined);
  return failed.flatMap((one) => {
    const index = settings?.preload?.indexOf(one.module) ?? -1;
    if (settings === undefined || index < 0) return [];
    return [{ path: [...settings.at, "preload", index], mistake: mistakeMessage("module-not-loaded", { ...one }) }];
  });
}

const isOutside = (key: string): boolean => posix.normalize(key.replace(/^\/+/, "")).startsWith("../");

type Leading = readonly [Path, { readonly connections?: unknown; readonly address?: unknown } | null];

const wrong = <T>(found: readonly T[], path: (one: T) => Path, mistake: Message): Mistake[] =>
  found.map((one) => ({ path: path(one), mistake }));

/** Only one of several settings for the same thing could apply. */
function equalNames(named: readonly (readonly [name: string, path: Path])[]): Mistake[] {
  const first = new Map<string, Path>();
  return named.flatMap(([name, path]) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, path);
    return earlier === undefined ? [] : [{ path, mistake: mistakeMessage("same-as", { other: keyPath(earlier) }) }];
  });
}

/** The files that the settings of a script or a handler watch, each with its place. */
const among =
  (section: "scripts" | "handlers") =>
  ([name, settings]: readonly [string, { readonly watch?: readonly string[] | undefined } | null]): {
    path: Path;
    watched: string;
  }[] =>
    (settings?.watch ?? []).map((watched, index) => ({ path: [section, name, "watch", index], watched }));
