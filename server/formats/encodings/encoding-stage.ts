// One step on the way of a character: from the keyboard of who typed it to the screen of who reads it.
import type { ByteString } from "../../contract/bytes-text.js";
import { percentEncode } from "../../protocol/percent.js";
import type { BrowserCharset } from "./browser-charset.js";

const encodingStageIds = ["typed", "sent", "handed-over", "read", "written", "declared", "shown"] as const;
export type EncodingStageId = (typeof encodingStageIds)[number];

/**
 * "breaks": here it goes wrong. "carried": wrong already, and passed on. "detour": wrong for a while, and made good
 * later. "assumed": what the language does by itself; what this script did is not seen.
 */
export type StageVerdict = "fine" | "breaks" | "carried" | "detour" | "assumed";

export interface EncodingStage {
  readonly id: EncodingStageId;
  readonly title: string;
  /** null where there are characters only. */
  readonly bytes: ByteString | null;
  /** null where there are bytes only, or nothing any more. */
  readonly text: string | null;
  /** The encoding that joins the two; null where none does. */
  readonly encoding: string | null;
  /** What happens here, and who decides it. */
  readonly why: string;
  readonly verdict: StageVerdict;
}

export const stageTitles: Readonly<Record<EncodingStageId, string>> = {
  typed: "What was typed",
  sent: "In the request",
  "handed-over": "Handed to the script",
  read: "In the script",
  written: "Written to stdout",
  declared: "What the response declares",
  shown: "On the screen",
};

/** Why a browser takes windows-1252. */
export function byDefault({ header, inPage }: Pick<BrowserCharset, "header" | "inPage">): string {
  const named = header ?? inPage;
  return `${named === null ? "No encoding is declared" : `Browsers do not know the encoding “${named.name}”`}, so a browser takes windows-1252.`;
}

/**
 * Bytes as a form or an address writes them: letters, digits and "*-._" as they
 * are, a space as "+", everything else as %XX.
 */
export function formEncode(bytes: ByteString): string {
  return bytes.replace(/[^A-Za-z0-9*\-._]/g, (byte) => (byte === " " ? "+" : percentEncode(byte)));
}
