// Why a file or folder cannot be listed, read, written, moved, removed or watched.
import { encodingTitle, type FileEncoding } from "../../contract/charsets.js";
import { defineProblems } from "../../contract/problem.js";

type Path = { readonly path: string };
type Refused = Path & { readonly errno: string };
type Linked = Path & { readonly target: string };
type Sized = Path & { readonly maxBytes: number };
type Line = Path & { readonly line: number };
type Encoded = Line & { readonly encoding: FileEncoding };
const allowLink = 'To allow it, list the target under "links" in cgi-workbench.json.';

/** `path`: in the workspace. */
export const fileMessage = defineProblems({
  // What the system refuses.
  "no-permission": {
    message: ({ path }: Refused) => `${path} cannot be read or written: the permission is missing.`,
    fix: "Change its permissions, or those of the folders above it.",
  },
  "read-only-file-system": {
    code: "no-permission",
    message: ({ path }: Refused) => `${path} is on a read-only disk.`,
    fix: "Make the disk writable, or open a copy of the folder that is elsewhere.",
  },
  "no-space": {
    message: ({ path }: Refused) => `There is no space left on the disk for ${path}.`,
    fix: "Free some space and try again.",
  },
  exists: {
    message: ({ path }: Refused) => `${path} already exists. It was not changed.`,
    fix: "Choose another name.",
  },
  "name-too-long": {
    message: ({ path }: Refused) => `${path} has a name that is too long for this file system.`,
    fix: "Choose a shorter name.",
  },
  "other-file-system": {
    message: ({ path }: Refused) => `${path} cannot be moved to another file system.`,
    fix: "Copy it there, then remove it here.",
  },
  missing: {
    code: "not-found",
    message: ({ path }: Refused) => `${path} no longer exists.`,
    fix: "It may have been renamed or removed. Check the list of files.",
  },
  "below-a-file": {
    code: "not-found",
    message: ({ path }: Refused) => `${path} does not exist: a part of its path is a file, not a folder.`,
    fix: "Check the list of files.",
  },
  "link-loop": {
    code: "not-found",
    message: ({ path }: Refused) => `${path} is a link that leads in a circle.`,
    fix: "Fix the link.",
  },
  "link-to-missing-folder": {
    code: "not-found",
    message: ({ path, target }: Linked) => `${path} is a link to ${target}, and that folder does not exist.`,
    fix: "Create the folder, or replace the link.",
  },
  "is-a-folder": {
    code: "not-a-file",
    message: ({ path }: Refused) => `${path} is a folder.`,
    fix: "Choose a file.",
  },
  "file-system": { message: ({ path, errno }: Refused) => `The system refused access to ${path}: ${errno}.` },
  // What the workbench refuses.
  "not-a-file": {
    message: ({ path }: Path) => `${path} is not a regular file: it is a folder, a pipe, a socket or a device.`,
    fix: "Choose another file.",
  },
  hidden: {
    message: ({ path }: Path) =>
      `${path} is hidden: the workbench neither lists nor changes node_modules and names that begin with a dot.`,
    fix: "Choose another name.",
  },
  "link-to-hidden": {
    code: "hidden",
    message: ({ path }: Path) => `${path} is a link to a hidden file or folder.`,
    fix: "Choose another file or folder.",
  },
  outside: {
    message: ({ path, target }: Linked) => `${path} is a link that leads out of the workspace, to ${target}.`,
    fix: allowLink,
  },
  "behind-link-outside": {
    code: "outside",
    message: ({ path, target }: Linked) => `${path} lies behind a link that leads out of the workspace, to ${target}.`,
    fix: allowLink,
  },
  "into-itself": {
    message: ({ from }: { readonly from: string; readonly to: string }) => `${from} cannot be moved into itself.`,
    fix: "Choose a folder outside it.",
  },
  "too-large": {
    message: ({ path, sizeBytes, maxBytes }: Sized & { readonly sizeBytes: number }) =>
      `${path} has ${sizeBytes} bytes, and the limit is ${maxBytes} bytes.`,
  },
  "too-large-to-save": {
    code: "too-large",
    message: ({ path, maxBytes }: Sized) => `${path} would be larger than ${maxBytes} bytes.`,
    fix: "Shorten the file, then save again.",
  },
  "too-large-to-keep": {
    message: ({ path }: Path) => `${path} is too large to be kept for an Undo.`,
    fix: "Remove it for good, or move it to another folder.",
  },
  "removed-not-kept": {
    message: "That file is no longer kept.",
    fix: ({ maxAgeMs, maxBytes }: { readonly maxAgeMs: number; readonly maxBytes: number }) =>
      `The workbench keeps removed files for ${maxAgeMs / 3_600_000} h, up to ${maxBytes >> 20} MiB.`,
  },
  // What an encoding cannot hold.
  "lone-surrogate": {
    code: "not-text",
    message: ({ line }: Line) => `Line ${line} contains half a character (a lone surrogate), which no encoding has.`,
    fix: "Remove it.",
  },
  nul: {
    code: "not-text",
    message: ({ line }: Line) => `Line ${line} contains a NUL (U+0000): a file with one is text in UTF-16 alone.`,
    fix: "Remove it.",
  },
  "not-in-encoding": {
    message: ({ line, encoding, character }: Encoded & { readonly character: string }) =>
      `${encodingTitle(encoding)} does not have “${character}”, which is in line ${line}.`,
    fix: "Remove the character, or save the file with another encoding, such as UTF-8.",
  },
  "undecodable-line": {
    message: ({ line, encoding }: Encoded) =>
      `Line ${line} has bytes that ${encodingTitle(encoding)} cannot decode, so it cannot be encoded again.`,
    fix: "Undo the change to this line, or reopen the file with another encoding.",
  },
  "read-only-encoding": {
    message: ({ encoding }: Path & Pick<Encoded, "encoding">) =>
      `The workbench reads ${encodingTitle(encoding)} and cannot write it.`,
    fix: "Save the file with another encoding.",
  },
});

/** A folder to open. `path`: absolute, apart from "relative-path". */
export const folderMessage = defineProblems({
  "relative-path": {
    message: ({ path }: Path) => `“${path}” is not an absolute path.`,
    fix: "Begin it with / or ~/.",
  },
  "folder-missing": {
    message: ({ path }: Path) => `The folder ${path} does not exist.`,
    fix: "Check the path, or choose another folder.",
  },
  /** Of the open folder. */
  "folder-gone": {
    code: "folder-missing",
    message: ({ path }: Path) =>
      `The folder ${path} was moved or removed. Until a folder is there again, its last configuration stays in force.`,
    fix: "Put it back, or open another folder.",
  },
  "not-a-folder": {
    message: ({ path }: Path) => `${path} is a file, not a folder.`,
    fix: "Open the folder that holds it.",
  },
  "no-permission": {
    message: ({ path }: Path) => `You have no permission to read the folder ${path}.`,
    fix: "Change its permissions (chmod u+rx), or choose another folder.",
  },
  "folder-unreadable": { message: ({ path, errno }: Refused) => `The folder ${path} cannot be read: ${errno}.` },
});

/** Why changes in the folder may stay unnoticed, or files unlisted. `names`: the first ones, with their paths. */
export const watchMessage = defineProblems({
  "unlisted-names": {
    message: ({ count, names }: { readonly count: number; readonly names: readonly string[] }) =>
      `Requests reach these files and folders, but the window cannot list them, because their names are not UTF-8: ${names.join(", ")}${count > names.length ? ` and ${count - names.length} more` : ""}.`,
    fix: "Rename them in a terminal, for example with `convmv -r -f latin1 -t utf8 --notest .`, and change the links to them.",
  },
  "watch-limit": {
    message: ({ maxEntries }: { readonly maxEntries: number }) =>
      `The folder has more than ${maxEntries} files and folders. The workbench does not notice changes to the rest.`,
    fix: "Open a smaller folder.",
  },
  "no-watches-left": {
    code: "watch",
    message: (_: { readonly errno: string }) =>
      "The workbench may miss changes in the folder: the system has no file watches left.",
    fix: "Raise fs.inotify.max_user_watches and fs.inotify.max_user_instances, or close other programs that watch files.",
  },
  /** `systemText`: of an error without a number. */
  watch: {
    message: ({ errno, systemText }: { readonly errno: string | null; readonly systemText: string | null }) =>
      `The workbench may miss changes in the folder: ${errno ?? systemText}.`,
  },
});
