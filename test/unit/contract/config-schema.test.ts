// The published schema of cgi-workbench.json is the one the workbench reads by. After a change of the contract:
// `npm run unit -- test/unit/contract -u` writes it anew.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AgentOptions, config, configJsonSchema } from "../../../server/contract/config.js";
import { repositoryRoot } from "../../support/repository.js";

const published = join(repositoryRoot, "docs/cgi-workbench.schema.json");

test("docs/cgi-workbench.schema.json is current", async () => {
  await expect(`${JSON.stringify(configJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(published);
});

test("every setting but the containers says what it means", () => {
  const silent: string[] = [];
  const look = (schema: unknown, at: string): void => {
    if (typeof schema !== "object" || schema === null) return;
    const properties =
      "properties" in schema && typeof schema.properties === "object" ? Object.entries(schema.properties ?? {}) : [];
    for (const [name, value] of properties) {
      const isContainer = typeof value === "object" && value !== null && "properties" in value;
      if (!isContainer && !(typeof value === "object" && value !== null && "description" in value))
        silent.push(`${at}.${name}`);
      look(value, `${at}.${name}`);
    }
    if ("items" in schema) look(schema.items, `${at}[]`);
    if ("additionalProperties" in schema) look(schema.additionalProperties, `${at}{}`);
    if ("anyOf" in schema && Array.isArray(schema.anyOf)) for (const one of schema.anyOf) look(one, at);
  };
  look(configJsonSchema(), "");
  expect(silent).toEqual([]);
});

test("the agents have the defaults that the settings name, and are never replaced after a number of requests", () => {
  const tables = ["perl/options.pl", "python/options.py", "ruby/options.rb"].map((file) =>
    readFileSync(join(repositoryRoot, "server/agents", file), "utf8"),
  );
  const defaults = (option: string): ReadonlySet<number> =>
    new Set(
      tables.flatMap((text) => {
        const found = [...text.matchAll(new RegExp(`\\b${option}\\W+(\\d+)`, "g"))].map(([, number]) => Number(number));
        expect(found).not.toEqual([]);
        return found;
      }),
    );
  const described = (setting: keyof AgentOptions): ReadonlySet<number> => {
    const { description = "" } = config.shape.scripts.unwrap().valueType.shape[setting];
    return new Set(description.match(/\d+/g)?.map(Number));
  };
  expect(described("growMiB")).toEqual(new Set([0, ...defaults("grow")]));
  expect(described("spare")).toEqual(defaults("spare"));
  expect(defaults("recycle")).toEqual(new Set([0]));
});
