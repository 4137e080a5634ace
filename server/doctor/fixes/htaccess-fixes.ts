// Fixes for `.htaccess` files: the folder is served like Apache, which reads them, or its own configuration gets their
// rules.
import { isDeepStrictEqual } from "node:util";
import type { Config, ConfiguredRoute } from "../../contract/config.js";
import { parseConfig } from "../../workspace/config/config-file.js";
import { withServeLike } from "../../workspace/config/edit-config.js";
import { withValue } from "../../workspace/config/edit-json.js";
import type { Fix } from "./fix.js";

export const serveLikeApache: Fix = {
  id: "serve-like-apache",
  title: "Serve this folder like Apache, which reads its .htaccess files",
  change: ({ config }) => (config === null ? null : { config: withServeLike(config, "apache") }),
};

export const takeHtaccessRules: Fix = {
  id: "take-htaccess-rules",
  title: "Take the rules of all .htaccess files over into cgi-workbench.json",
  change: ({ config: text, rules }) => {
    const own = text === null ? null : parseConfig(text);
    if (text === null || !own?.ok || !rules) return null;
    const settings = { ...rules, routes: rules.routes.flatMap(written) };
    const config = (["routes", "handlers", "inherit"] as const)
      .filter((key) => !isDeepStrictEqual(settings[key], own.config[key]))
      .reduce((changed, key) => withValue(changed, [key], settings[key]), text);
    return config === text ? null : { config };
  },
};

/** A file that cannot be read has no rules to take over. */
const written = ({ mistake, from: _, ...route }: ConfiguredRoute): Config["routes"][number][] =>
  mistake === undefined ? [route] : [];
