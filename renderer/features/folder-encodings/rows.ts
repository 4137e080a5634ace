// Which files the table shows, and in which words.
import { encodingTitle } from "../../../server/contract/charsets.js";
import type { EncodedFileRow, EncodingReport, Verdict } from "../../../server/contract/encodings-contract.js";
import { comparable } from "../../format/file-path.js";
import { formatBytes } from "../../format/size.js";

export const kinds = ["all", "not-utf-8", "contradicts", "undeclared", "mixed"] as const;
export type Kind = (typeof kinds)[number];

export const kindTitles: Readonly<Record<Kind, string>> = {
  all: "All",
  "not-utf-8": "Not UTF-8",
  contradicts: "Contradictions",
  undeclared: "Undeclared",
  mixed: "Mixed",
};

export function isOfKind({ detected, verdict }: EncodedFileRow, kind: Kind): boolean {
  if (kind === "all") return true;
  return kind === "not-utf-8" ? detected !== "utf-8" && detected !== "ascii" : verdict === kind;
}

/** `text`: a part of the path. */
export function shownRows(files: readonly EncodedFileRow[], kind: Kind, text: string): readonly EncodedFileRow[] {
  const wanted = comparable(text.trim());
  return files.filter((file) => isOfKind(file, kind) && comparable(file.path).includes(wanted));
}

export function detectedTitle({ detected, bom }: EncodedFileRow): string {
  if (detected === "ascii") return "ASCII";
  return bom ? `${encodingTitle(detected)}, BOM` : encodingTitle(detected);
}

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  mixed: "two encodings",
  contradicts: "contradicts",
  bom: "BOM",
  undeclared: "undeclared",
  agrees: "agrees",
};

export const declaredBy = { header: "header", meta: "meta", source: "source" } as const;

/** What was examined and found, in sentences. */
export function summaryOf(report: EncodingReport): string {
  const { files, binary, skipped, bound } = report;
  const odd = files.filter((file) => isOfKind(file, "not-utf-8")).length;
  const wrong = files.filter((file) => isOfKind(file, "contradicts")).length;
  const sentences = [
    `${countOf(files.length, "text file")}. ${odd} ${odd === 1 ? "is" : "are"} not UTF-8. ${wrong} ${wrong === 1 ? "declares" : "declare"} a charset that does not fit.`,
  ];
  if (binary > 0) sentences.push(`${countOf(binary, "binary file")} left out.`);
  if (skipped > 0)
    sentences.push(
      `Left out: ${countOf(skipped, "file")} larger than ${formatBytes(report.maxFileBytes)} or unreadable.`,
    );
  if (bound !== null)
    sentences.push(`The examination ended after ${boundOf(report, bound)}: not every file is listed.`);
  return sentences.join(" ");
}

const boundOf = (report: EncodingReport, bound: NonNullable<EncodingReport["bound"]>): string =>
  ({
    files: `${report.maxFiles} files`,
    bytes: formatBytes(report.maxBytes),
    time: `${report.maxMs / 1000} s`,
  })[bound];

export const countOf = (count: number, noun: string): string => `${count} ${count === 1 ? noun : `${noun}s`}`;
