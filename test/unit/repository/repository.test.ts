// What the repository itself promises: its shape, its licences, its build description.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { getConfig, validateConfiguration } from "app-builder-lib/out/util/config/config.js";
import { DebugLogger } from "builder-util";
import { describe, expect, test } from "vitest";
import { noticesText } from "../../../electron/launch/notices.mjs";
import { manifest, repositoryRoot } from "../../support/repository.js";
import { filesBelow, readModuleGraph } from "./module-graph.js";
import { lock, productLicences, usedPackages } from "./product-packages.js";

const read = (path: string): string => readFileSync(join(repositoryRoot, path), "utf8");
const sourceFolders = ["server", "electron", "renderer", "test"];
const isSource = (path: string): boolean => /\.(ts|tsx|mts|mjs|css)$/.test(path) && !path.startsWith("test/fixtures/");

describe("the top level", () => {
  const needed = [
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "electron-builder.yml",
    "biome.json",
    "README.md",
    "LICENSE",
    ".ci",
    ".gitignore",
    ...sourceFolders,
  ];
  const made = [".git", "node_modules", "dist", "release", "test-results"];
  const entries = readdirSync(repositoryRoot).filter((name) => !made.includes(name));

  test("holds what the design names and nothing else", () => {
    expect(entries.filter((name) => ![...needed, "docs", ".gitattributes"].includes(name))).toEqual([]);
    expect(needed.filter((name) => !entries.includes(name))).toEqual([]);
  });

  test("what is made by tools is ignored by git", () => {
    const ignored = read(".gitignore").split("\n");
    expect(made.filter((name) => name !== ".git" && !ignored.includes(`${name}/`))).toEqual([]);
  });
});

describe("licences", () => {
  test("the product is under the MIT licence", () => {
    expect(manifest.license).toBe("MIT");
    expect(read("LICENSE")).toMatch(/^MIT License\n(.*\n)*Permission is hereby granted, free of charge/);
  });

  const allowed = ["MIT", "MIT-0", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC"];
  /** `(A OR B)`: one allowed is enough; `(A AND B)`: both are needed. */
  const isAllowed = (licence: string): boolean =>
    licence
      .replace(/[()]/g, "")
      .split(" OR ")
      .some((choice) => choice.split(" AND ").every((name) => allowed.includes(name)));

  test("everything that ships is MIT, Apache, BSD or ISC", () => {
    const licences = productLicences(readModuleGraph());
    expect(licences.size).toBeGreaterThan(20);
    expect([...licences].filter(([, licence]) => !isAllowed(licence))).toEqual([]);
    expect(["GPL-3.0", "MPL-2.0", "(MIT AND GPL-2.0)"].some(isAllowed)).toBe(false);
  });
});

test("every package that ships has its licence's text in the notices (B15)", () => {
  const shipped = [...productLicences(readModuleGraph()).keys()].filter((path) =>
    existsSync(join(repositoryRoot, path)),
  );
  expect(shipped.length).toBeGreaterThan(20);
  const notices = noticesText(shipped.map((path) => `${repositoryRoot}/${path}/index.js`)).split(
    /^=+\n(?=\S.* \d+\.\d+)/m,
  );
  const textOf = (name: string): string => notices.find((notice) => notice.startsWith(`${name} `)) ?? "";
  const names = shipped.map((path) => path.replace(/^.*node_modules\//, ""));
  expect(names.filter((name) => textOf(name).length < 500)).toEqual([]);
});

describe("packages", () => {
  test("versions are exact", () => {
    const inexact = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(inexact).toEqual([]);
  });

  test("every imported package is named in package.json", () => {
    const named = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(usedPackages(readModuleGraph()).filter((name) => !Object.hasOwn(named, name))).toEqual([]);
  });

  test("the lock file belongs to no particular registry and names what it expects", () => {
    const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
    expect(
      entries
        .filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"))
        .map(([path]) => path),
    ).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  test("every script of package.json calls a file that is there", () => {
    const called = Object.values(manifest.scripts).flatMap((script) =>
      [...script.matchAll(/\bnode (\S+\.mjs)/g)].map(([, path = ""]) => path),
    );
    expect(called.length).toBeGreaterThan(5);
    expect(called.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });
});

describe("sources", () => {
  const sources = sourceFolders.flatMap(filesBelow).filter(isSource);

  test("no file is longer than 500 lines", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(
      sources.map((path) => [path, read(path).split("\n").length] as const).filter(([, lines]) => lines > 500),
    ).toEqual([]);
  });

  test("no comment is wider than 120 columns; the formatter holds the code to that", () => {
    const wide = /^\s*(\/\/|\*|\/\*)(?! biome-ignore).{119,}$/m;
    expect(
      sources.filter((path) =>
        read(path)
          .split("\n")
          .some((line) => line.length > 120 && wide.test(line)),
      ),
    ).toEqual([]);
  });

  test("no comment begins as the rest of a sentence, such as “Of the texts.”", () => {
    // A folder is added when its comments are rewritten.
    const done =
      /^(?:renderer\/(?:features\/(?:lessons|traces)|model\/traces)|server\/(?:adopt|app|base|boot|cli|client|contract|doctor|http\/script|lessons|protocol|routing|rpc|runners|servers|spawn|store|window))\//;
    const rest = /^ *(?:\/\*\*|\*|\/\/) (?:Of|Those|The same|By|As) /m;
    const held = sources.filter((path) => done.test(path) && /\.tsx?$/.test(path));
    expect(held.length).toBeGreaterThan(50);
    expect(held.filter((path) => rest.test(read(path)))).toEqual([]);
  });

  test("each property and each variable of the product stands for itself, in no literal that saves a line", () => {
    const packed =
      /(?<!\{)\.\.\.\{|\b(?:const|let) \[[^\]=]*\](?:: \[[^=]*\])? = \[(?!\.\.\.)(?:[^;[\]]|\[[^\]]*\])*\];/;
    const product = sources.filter((path) => /^(?:server|electron|renderer)\/.*\.tsx?$/.test(path));
    expect(product.length).toBeGreaterThan(1000);
    expect(product.filter((path) => packed.test(read(path)))).toEqual([]);
  });

  test("no asynchronous helper of tests registers a hook: Vitest would not call it", () => {
    const helpers = sources.filter((path) => /^test\/(?!.*\.test\.).*\.ts$/.test(path));
    const bodies = (path: string) => read(path).match(/^(?:export )?async function [\s\S]*?^}/gm) ?? [];
    expect(helpers.flatMap(bodies).length).toBeGreaterThan(50);
    expect(helpers.filter((path) => bodies(path).some((body) => /\bafter(?:All|Each)\(/.test(body)))).toEqual([]);
  });

  test("every module says at its top what it is", () => {
    expect(
      sources.filter(
        (path) =>
          !/\.(css|test\.tsx?)$/.test(path) && !/^(#!.*\n)?(\/\/|\/\*)/.test(read(path)) && !path.endsWith(".d.mts"),
      ),
    ).toEqual([]);
  });

  test("file names are kebab-case", () => {
    expect(sources.filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(path))).toEqual([]);
  });

  test("nothing knows the machine it was written on", () => {
    const documents = [
      "README.md",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "biome.json",
      "electron-builder.yml",
    ].filter((path) => existsSync(join(repositoryRoot, path)));
    const everything = [
      ...documents,
      ...sourceFolders.flatMap(filesBelow).filter((path) => statSync(join(repositoryRoot, path)).size < 1 << 20),
    ];
    const places = [repositoryRoot, `${dirname(repositoryRoot)}/shared`, join(homedir(), ".")].filter(
      (place) => place.length > 4,
    );
    expect(everything.filter((path) => places.some((place) => read(path).includes(`${place}/`)))).toEqual([]);
  });
});

describe("electron-builder.yml", () => {
  const config = () => getConfig(repositoryRoot, "electron-builder.yml", {});

  test("is accepted by electron-builder itself", async () => {
    await expect(validateConfiguration(await config(), new DebugLogger(false))).resolves.toBeUndefined();
  });

  test("an unknown key would be refused", async () => {
    await expect(
      validateConfiguration({ ...(await config()), ...{ noSuchKey: 1 } }, new DebugLogger(false)),
    ).rejects.toThrow(/noSuchKey/);
  });

  test("packs the build alone: no sources, no tests, no source maps; native modules outside of the archive", async () => {
    const { files, asarUnpack } = await config();
    const patterns = [files ?? []]
      .flat()
      .flatMap((entry) => (typeof entry === "string" ? [entry] : [entry.filter ?? []].flat()));
    expect(patterns.some((pattern) => pattern.startsWith("dist/"))).toBe(true);
    expect(patterns.filter((pattern) => /^(server|renderer|test|electron)\//.test(pattern))).toEqual([]);
    expect(patterns.some((pattern) => pattern.startsWith("!") && pattern.includes(".map"))).toBe(true);
    expect([asarUnpack ?? []].flat().some((pattern) => pattern.endsWith("*.node"))).toBe(true);
  });

  test("fuses: no Node mode, no NODE_OPTIONS, no inspector, only the archive", async () => {
    const { electronFuses } = await config();
    expect(electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});
