// Why the examples cannot be copied, reset or compiled.
import { defineProblems } from "../contract/problem.js";

type Path = { readonly path: string };

export const sampleMessage = defineProblems({
  "not-a-folder": { message: ({ path }: Path) => `${path} is a file, not a folder.`, fix: "Choose another name." },
  "folder-not-empty": {
    message: ({ path }: Path) => `${path} is not empty.`,
    fix: "Choose a new folder: the examples never replace other files.",
  },
  "no-samples": {
    message: (_: Path) => "The open folder is not a copy of the examples.",
    fix: "Open them first: Try the examples.",
  },
  conflict: { message: ({ path }: Path) => `Another program is changing ${path}.`, fix: "Try again." },
  "not-c": {
    message: ({ path }: Path) => `${path} is not a C or C++ source file.`,
    fix: "Choose a file whose name ends in .c, .cc, .cpp or .cxx.",
  },
  /** `path`: of the program. */
  "program-name-taken": {
    message: ({ path, source }: Path & { readonly source: string }) =>
      `${path} is not a compiled program, so ${source} was not compiled to it.`,
    fix: ({ path, source }: Path & { readonly source: string }) => `Rename ${path} or ${source}, then compile again.`,
  },
  "no-compiler": {
    message: "There is no C or C++ compiler (cc, c++) on this machine.",
    fix: "Install one, then compile again.",
  },
  /** `output`: the compiler's messages. */
  "not-compiled": {
    message: ({ path, output }: Path & { readonly output: string }) => `${path} does not compile. ${output}`,
    fix: "Fix it and compile again.",
  },
});
