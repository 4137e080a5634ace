// Files that are dropped anywhere on the window.
import { useEffect, useState } from "react";
import { needsFolder } from "../../model/folder/command-needs.js";
import { notify } from "../../platform/notices.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { importFiles, whyNotImported } from "./import-files.js";

/** Whether files are over the window. */
export function useFileDrop(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    // First of all: the editor would insert the files' names, and the browser would leave the page.
    const options = { signal: ending.signal, capture: true } as const;
    const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      event.dataTransfer.dropEffect = "copy";
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      open(event.dataTransfer).catch((error: unknown) => notify("bad", problemText(problemOf(error))));
    };
    window.addEventListener("dragenter", over, options);
    window.addEventListener("dragover", over, options);
    window.addEventListener("dragleave", leave, options);
    window.addEventListener("drop", drop, options);
    return () => ending.abort();
  }, []);
  return isOver;
}

async function open(dropped: DataTransfer): Promise<void> {
  // At once: what was dropped is gone after the event.
  const entries = [...dropped.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const plain = [...dropped.files];
  const why = needsFolder();
  if (why !== null) {
    notify("bad", why);
    return;
  }
  const hasFolder = entries.some(({ isDirectory }) => isDirectory);
  const found = hasFolder ? await filesIn(entries) : plain.map(withoutFolder);
  const mistake = hasFolder && found.length === 0 ? noCollection : whyNotImported(found.map(({ file }) => file));
  if (mistake !== null) {
    notify("bad", mistake);
    return;
  }
  const paths = new Map(found.map(({ file, path }) => [file, path]));
  if (found.length > 0)
    await importFiles(
      found.map(({ file }) => file),
      (file) => paths.get(file) ?? file.name,
    );
}

const isCollectionFile = (name: string): boolean =>
  /\.(?:bru|ya?ml)$|^bruno\.json$|\.(?:request|environment|globals)\.json$/.test(name);

const noCollection =
  "The folder has no collection of Bruno or Postman. To import other files, drop the files themselves.";

interface Found {
  readonly file: File;
  readonly path: string;
}
const withoutFolder = (file: File): Found => ({ file, path: file.name });

/** Finds the dropped files; a folder gives only those files that a collection may have. */
async function filesIn(entries: readonly FileSystemEntry[], folder: string | null = null): Promise<Found[]> {
  const found: Found[] = [];
  for (const entry of entries) {
    const path = folder === null ? entry.name : folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry instanceof FileSystemDirectoryEntry) {
      if (entry.name === "node_modules" || (entry.name.startsWith(".") && entry.name !== ".resources")) continue;
      // The collection's own folder has no name in the paths.
      found.push(...(await filesIn(await childrenOf(entry), folder === null ? "" : path)));
    } else if (entry instanceof FileSystemFileEntry && (folder === null || isCollectionFile(entry.name)))
      found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
  }
  return found;
}

/** They come in portions. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
