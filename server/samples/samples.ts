// The examples and languages for the window: the catalogue, copies of the examples, templates, compiling.

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { samplesFolder } from "../base/built-files.js";
import { ProblemError } from "../base/problem.js";
import { homeFolder } from "../base/user-folders.js";
import type { Language, LanguageId, Sample, SampleChanges } from "../contract/samples-contract.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";
import { type Environment, machineEnvironment } from "../workspace/interpreters/own-environment.js";
import { compile } from "./compile.js";
import { copySamples, makeFolder, resetSamples, sampleChanges } from "./copy-samples.js";
import { type FoundLanguage, findLanguage, howToGet, type LanguageFacts, languages } from "./languages.js";
import { sampleMessage } from "./messages.js";
import { type SampleFile, sampleFiles, samplesHere, sumSource } from "./sample-files.js";

/** Lines of the compiler's messages that a failure has. */
const maxLines = 6;

interface SamplesOptions {
  /** Folder of the examples and templates; by default the built ones. */
  readonly folder?: string;
  /** The source of PATH and of what version managers need. */
  readonly environment?: Environment;
}
interface SamplesOverview {
  readonly suggestedFolder: string;
  readonly languages: Language[];
  readonly samples: Sample[];
}

export class Samples {
  readonly #folder: string;
  readonly #environment: Environment;
  readonly #known = new Map<string, FoundLanguage>();
  #finding: Promise<readonly Found[]> | null = null;

  constructor({ folder = samplesFolder(), environment = machineEnvironment() }: SamplesOptions = {}) {
    this.#folder = folder;
    this.#environment = environment;
  }

  async overview(): Promise<SamplesOverview> {
    const found = await this.#find();
    const searchPath = this.#environment["PATH"] ?? "";
    return {
      suggestedFolder: join(homeFolder(), "cgi-examples"),
      languages: await Promise.all(
        found.map(async ({ facts, path, version }) => ({
          id: facts.id,
          title: facts.title,
          program: facts.program,
          path,
          version,
          get: howToGet(facts, searchPath),
          template: {
            text: await readFile(join(this.#folder, "templates", `hello${facts.extension}`), "utf8"),
            extension: facts.extension,
          },
        })),
      ),
      samples: [...samplesHere(this.#isInstalled)],
    };
  }

  /** @throws ProblemError if the folder has other files or cannot be written */
  async copy(path: string): Promise<{ root: string; isNew: boolean; notCompiled: string | null }> {
    const { root } = await makeFolder(path);
    const files = await this.#files();
    const isNew = await copySamples(root, files);
    return { root, isNew, notCompiled: isNew ? await this.#compileSum(root, files) : null };
  }

  makeFolder(path: string): Promise<{ root: string; isNew: boolean }> {
    return makeFolder(path);
  }

  async changes(root: string): Promise<SampleChanges> {
    return sampleChanges(root, await this.#files());
  }

  /** Returns how many files were restored. @throws ProblemError */
  async reset(root: string): Promise<number> {
    const files = await this.#files();
    const restored = await resetSamples(root, files);
    await this.#compileSum(root, files); // if it does not compile, the reset is complete all the same
    return restored;
  }

  /**
   * Compiles `source` (in `root`) into cgi-bin; returns the program's path in `root`. `links`: the configuration's.
   * @throws ProblemError
   */
  async compile(root: string, source: string, links: readonly string[] = []): Promise<string> {
    if (!source.endsWith(".c")) throw new ProblemError(sampleMessage("not-c", { path: source }));
    const program = `cgi-bin/${basename(source, ".c")}`;
    const flags = ["-O2", "-Wall"];
    const compiler = this.#compiler();
    const { isDone, output } = await compile({
      compiler,
      root,
      source,
      program,
      flags,
      links,
      environment: this.#environment,
    });
    const beginning = output.trim().split("\n").slice(0, maxLines).join("\n");
    if (!isDone) throw new ProblemError(sampleMessage("not-compiled", { path: source, output: beginning }));
    return program;
  }

  async #compileSum(root: string, files: readonly SampleFile[]): Promise<string | null> {
    if (!files.some(({ path }) => path === sumSource)) return null;
    try {
      await this.compile(root, sumSource);
      return null;
    } catch (error) {
      if (error instanceof ProblemError) return error.message;
      throw error;
    }
  }

  #compiler(): string {
    const compiler = this.#programOf("c");
    if (compiler === null) throw new ProblemError(sampleMessage("no-compiler"));
    return compiler;
  }

  #files(): Promise<readonly SampleFile[]> {
    return sampleFiles(this.#folder, this.#isInstalled);
  }

  readonly #isInstalled = (id: LanguageId): boolean => this.#programOf(id) !== null;

  /** Its first match along PATH. No program is started for it. */
  #programOf(id: LanguageId): string | null {
    const program = languages.find((facts) => facts.id === id)?.program;
    return program === undefined ? null : findProgram(program, this.#environment["PATH"] ?? "");
  }

  /** The languages with their versions, once for all concurrent callers. Each question has a time limit of its own. */
  #find(): Promise<readonly Found[]> {
    this.#finding ??= Promise.all(
      languages.map(async (facts) => {
        const circumstances = {
          cwd: homeFolder(),
          environment: this.#environment,
          signal: new AbortController().signal,
        };
        return { facts, ...(await findLanguage(facts, this.#known, circumstances)) };
      }),
    ).finally(() => {
      this.#finding = null;
    });
    return this.#finding;
  }
}

type Found = FoundLanguage & { readonly facts: LanguageFacts };
