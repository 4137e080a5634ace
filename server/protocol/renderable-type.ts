// What a browser does with a document of some Content-Type: draws it, or saves it as a file. As Chromium decides it.

export type Showing = "shown" | "saved" | "needs-plugin";

/** Text types that browsers hand to other programs all the same (Chromium's list). */
const savedText: ReadonlySet<string> = new Set([
  ...[
    "calendar",
    "x-calendar",
    "x-vcalendar",
    "vcalendar",
    "vcard",
    "x-vcard",
    "x-vcf",
    "directory",
    "ldif",
    "qif",
    "x-qif",
    "rtf",
    "ofx",
  ],
  ...[
    "csv",
    "x-csv",
    "comma-separated-values",
    "tab-separated-values",
    "tsv",
    "x-ms-iqy",
    "x-ms-odc",
    "vnd.sun.j2me.app-descriptor",
  ],
]);
const shownImages: ReadonlySet<string> = new Set([
  "png",
  "jpeg",
  "jpg",
  "pjpeg",
  "gif",
  "webp",
  "avif",
  "bmp",
  "x-ms-bmp",
  "x-icon",
  "vnd.microsoft.icon",
  "svg+xml",
]);
const shownApplications: ReadonlySet<string> = new Set([
  "json",
  "javascript",
  "x-javascript",
  "ecmascript",
  "xml",
  "xhtml+xml",
  "ogg",
]);

/** `contentType`: the field's value, null when there is none: browsers then look at the bytes. */
export function showingOf(contentType: string | null): Showing {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const [kind = "", name = ""] = type.split("/", 2);
  if (!type.includes("/")) return "shown"; // not a type: as good as none
  if (type === "application/pdf") return "needs-plugin";
  if (kind === "text") return savedText.has(name) ? "saved" : "shown";
  if (kind === "image") return shownImages.has(name) ? "shown" : "saved";
  if (kind === "audio" || kind === "video") return "shown";
  if (type === "multipart/x-mixed-replace") return "shown";
  return kind === "application" && (shownApplications.has(name) || /\+(json|xml)$/.test(name)) ? "shown" : "saved";
}
