// A file that the page offers to save: the desktop app asks for a place, a browser uses its download folder.

/** How long the bytes are kept while the save dialog is open, ms. */
const keptMs = 10 * 60_000;

export function saveFile(name: string, parts: readonly BlobPart[]): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
