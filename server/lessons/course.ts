// The course that the product brings along, and lessons that lie elsewhere.
import { readFile, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import type { z } from "zod";
import { lessonsFolder } from "../base/built-files.js";
import { isWithin } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import { wordsOf } from "../contract/message.js";
import type { Lesson } from "./format/lesson.js";
import { lessonIn } from "./format/read-lesson.js";
import { type Mistake, readYaml } from "./format/read-yaml.js";
import { courseFile } from "./format/schema.js";
import { lessonProblem } from "./messages.js";

type CourseFile = z.output<typeof courseFile>;

export class Course {
  readonly #folder = lessonsFolder();
  readonly #lessons = new Map<string, Promise<Lesson>>();
  #outline: Promise<CourseFile> | null = null;

  /** @throws ProblemError */
  outline(): Promise<CourseFile> {
    this.#outline ??= outlineAt(join(this.#folder, "course.yaml"));
    return this.#outline;
  }

  /** The ids of its lessons; they do not change while the product runs. @throws ProblemError */
  async ids(): Promise<readonly string[]> {
    return (await this.outline()).parts.flatMap(({ lessons }) => lessons);
  }

  /** `name`: an id, or the absolute path of a folder. @throws ProblemError */
  async lesson(name: string): Promise<Lesson> {
    if (!(await this.ids()).includes(name)) return lessonIn(await folderNamed(name));
    const read = this.#lessons.get(name) ?? lessonIn(this.folderOf(name));
    this.#lessons.set(name, read);
    return read;
  }

  folderOf(id: string): string {
    return join(this.#folder, "lessons", id);
  }

  /** False: somebody else wrote the lesson. */
  has({ folder }: Pick<Lesson, "folder">): boolean {
    return isWithin(folder, this.#folder);
  }
}

/** @throws ProblemError */
async function outlineAt(path: string): Promise<CourseFile> {
  const mistakes: Mistake[] = [];
  const read = readYaml(courseFile, { path, text: await readFile(path, "utf8"), above: 0 }, mistakes);
  if (read !== null) return read.value;
  const { line = null, why } = mistakes[0] ?? {};
  throw new ProblemError(lessonProblem("lesson-invalid", { path, line, mistake: wordsOf(why?.text ?? "") }));
}

/** A relative path names no folder: a work's file would lead to another one from each place. @throws ProblemError */
async function folderNamed(name: string): Promise<string> {
  const isFolder = await stat(name).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isAbsolute(name) || !isFolder) throw new ProblemError(lessonProblem("no-lesson", { lesson: name }));
  return resolve(name);
}
