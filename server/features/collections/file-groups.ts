// Which files are one collection: those of one folder of Bruno's or Postman's, or one file by itself.
import type { TextFile } from "./collection.js";

export const isBrunoFile = (path: string): boolean => /(?:\.bru|^bruno\.json|\/bruno\.json)$/.test(path);

const definition = /(?:^|\/)\.resources\/definition\.(?:ya?ml|json)$/;
const request = /\.request\.(?:ya?ml|json)$/;

/** A file of Postman's format 3. */
export const isPostmanFile = (path: string): boolean =>
  definition.test(path) || request.test(path) || /\.(?:environment|globals)\.(?:ya?ml|json)$/.test(path);

const openCollection = /(?:^|\/)opencollection\.ya?ml$/;

/** The file names that it is a file of Bruno's YAML format (OpenCollection), wherever it lies. */
export const isYamlOfBruno = ({ path, text }: TextFile): boolean =>
  openCollection.test(path) || (/\.ya?ml$/.test(path) && /^info:/m.test(text) && /^(?:http|graphql):/m.test(text));

/** What a folder of a collection may have. */
export const isCollectionFile = (name: string): boolean =>
  isBrunoFile(name) || isPostmanFile(name) || /\.ya?ml$/.test(name);

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The folders of Bruno's collections in YAML. */
export const openRoots = (files: readonly TextFile[]): readonly string[] =>
  files.filter(({ path }) => openCollection.test(path)).map(({ path }) => folderOf(path));

/** Where the collection of a file of Postman's begins: what is above holds several collections. */
export function postmanRoots(files: readonly TextFile[]): (path: string) => string {
  const isOne = files.some(
    ({ path }) => (request.test(path) && !path.includes("/")) || /^\.resources\/definition\./.test(path),
  );
  return (path) =>
    isOne ? "" : (/^(?:.*?\/)?collections\/[^/]+(?=\/)/.exec(path)?.[0] ?? path.slice(0, path.indexOf("/")));
}

/** The collections among the files of a folder. */
export function foldersOf(files: readonly TextFile[]): readonly (readonly TextFile[])[] {
  const bruno = files.filter(({ path }) => isBrunoFile(path));
  const roots = openRoots(files);
  const rootOf = ({ path }: TextFile): string | undefined =>
    roots.filter((root) => root === "" || path.startsWith(`${root}/`)).toSorted((a, b) => b.length - a.length)[0];
  const yaml = files.filter(({ path }) => /\.ya?ml$/.test(path) && !isPostmanFile(path));
  const open = grouped(
    yaml.filter((file) => isYamlOfBruno(file) || rootOf(file) !== undefined),
    (file) => rootOf(file) ?? "",
  );
  const isPart = ({ path }: TextFile): boolean => definition.test(path) || request.test(path);
  const postmanRoot = postmanRoots(files);
  const [first = [], ...others] = grouped(files.filter(isPart), ({ path }) => postmanRoot(path));
  // They belong to all collections beside them; what is stored with the first is there for the others.
  const environments = files.filter((file) => isPostmanFile(file.path) && !isPart(file));
  return [bruno, ...open, [...first, ...environments], ...others].filter(({ length }) => length > 0);
}

function grouped(files: readonly TextFile[], keyOf: (file: TextFile) => string): TextFile[][] {
  const groups = new Map<string, TextFile[]>();
  for (const file of files) groups.set(keyOf(file), [...(groups.get(keyOf(file)) ?? []), file]);
  return [...groups.values()];
}

/** Files that belong together; each of the others is one by itself. */
export function groupsOf(files: readonly TextFile[]): readonly (readonly TextFile[])[] {
  const folders = foldersOf(files);
  const inFolders = new Set(folders.flat());
  // A folder may have other YAML files, such as of a container.
  const isBeside = ({ path, text }: TextFile): boolean =>
    folders.length > 0 && /\.ya?ml$/.test(path) && !text.includes("insomnia");
  return [...folders, ...files.filter((file) => !inFolders.has(file) && !isBeside(file)).map((file) => [file])];
}
