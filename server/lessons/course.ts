// The course that the product brings along, and lessons that lie elsewhere.
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { lessonsFolder } from "../base/built-files.js";
import { isWithin } from "../base/disk.js";
import { ProblemError } from "../base/problem.js";
import type { Lesson } from "./format/lesson.js";
import { lessonIn } from "./format/read-lesson.js";
import { type Mistake, readYaml } from "./format/read-yaml.js";
import { courseFile } from "./format/schema.js";
import { lessonProblem } from "./messages.js";

type CourseFile = z.output<typeof courseFile>;

export class Course {
  readonly #folder: string;
  readonly #lessons = new Map<string, Promise<Lesson>>();

  /** `folder`: by default the built course. */
  constructor(folder: string = lessonsFolder()) {
    this.#folder = folder;
  }

  /** @throws ProblemError */
  async outline(): Promise<CourseFile> {
    const path = join(this.#folder, "course.yaml");
    const mistakes: Mistake[] = [];
    const read = readYaml(courseFile, { path, text: await readFile(path, "utf8"), above: 0 }, mistakes);
    if (read !== null) return read.value;
    const { line = null, why } = mistakes[0] ?? {};
    throw new ProblemError(lessonProblem("lesson-invalid", { path, line, mistake: why?.text ?? "" }));
  }

  /** Of the course; they do not change while the product runs. */
  async ids(): Promise<readonly string[]> {
    return (await this.outline()).parts.flatMap(({ lessons }) => lessons);
  }

  /** `name`: an id, or the path of a folder. @throws ProblemError */
  async lesson(name: string): Promise<Lesson> {
    if (!(await this.ids()).includes(name)) return lessonIn(await folderNamed(name));
    const read = this.#lessons.get(name) ?? lessonIn(this.folderOf(name));
    this.#lessons.set(name, read);
    return read;
  }

  folderOf(id: string): string {
    return join(this.#folder, "lessons", id);
  }

  /** False: somebody else wrote it. */
  has({ folder }: Pick<Lesson, "folder">): boolean {
    return isWithin(folder, this.#folder);
  }
}

/** Absolute. @throws ProblemError "no-lesson" */
async function folderNamed(name: string): Promise<string> {
  const folder = resolve(name);
  const isFolder = await stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new ProblemError(lessonProblem("no-lesson", { lesson: name }));
  return folder;
}
