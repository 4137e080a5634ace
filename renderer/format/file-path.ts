// Paths of the workspace: "/"-separated, "" is the workspace itself.

/** The path without its last segment. */
export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const baseOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const join = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

/** Whether `path` is `folder` or lies in it. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === "" || path === folder || path.startsWith(`${folder}/`);

/**
 * As paths, and what is typed to find one, are compared: in whatever case, and with "ü" as one character or as "u" and
 * a diaeresis, as names from macOS have it.
 */
export const comparable = (text: string): string => text.toLowerCase().normalize("NFC");

/** What `path` is called once `from` is called `to`; null when that does not concern it. */
export const movedPath = (path: string, from: string, to: string): string | null =>
  isWithin(path, from) ? `${to}${path.slice(from.length)}` : null;

/**
 * How much of a name a rename selects: everything before the extension; all of a
 * folder's or of a name that begins with a dot.
 */
export function stemLength(name: string, kind: "file" | "folder"): number {
  const dot = name.lastIndexOf(".");
  return kind === "folder" || dot <= 0 ? name.length : dot;
}

/** Why a name cannot be given to a file; null when it can. */
export function whyNoName(name: string): string | null {
  if (name === "") return "Enter a name.";
  if (name === "." || name === "..") return "“.” and “..” are names of folders. Enter another name.";
  if (name.includes("/")) return "A name cannot contain a slash. Use “Move to…” to choose another folder.";
  if (name.includes("\0")) return "A name cannot contain a NUL character.";
  if (name.startsWith(".") || name === "node_modules")
    return "The workbench does not list names that begin with a dot, or node_modules. Enter another name.";
  return null;
}

/** The same of a path: what its first wrong name is refused for. */
export const whyNoPath = (path: string): string | null =>
  path
    .split("/")
    .map(whyNoName)
    .find((why) => why !== null) ?? null;

/** A script by its name, an external application by the path that leads to it. `file`: as in rows of traces. */
export const scriptLabel = (file: string): string => (file.startsWith("/") ? file : baseOf(file));
