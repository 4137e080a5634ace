// The way of a text through a form, a script and a page, computed: every step can be
// switched, and what comes out is seen at once.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, toBytes, utf8 } from "../../protocol/byte-string.js";
import { decodeBytes } from "../../protocol/charset.js";
import { isUtf8Prefix } from "../../protocol/utf8-validity.js";
import { browserCharset } from "./browser-charset.js";
import { type CodecName, decodeAs, encodeAs } from "./codecs.js";
import {
  byDefault,
  type EncodingStage,
  type EncodingStageId,
  formEncode,
  type StageVerdict,
  stageTitles,
} from "./encoding-stage.js";
import { type Lookup, type TextHandling, type TextLanguage, textHandling } from "./interpreter-text.js";

export interface LabSettings {
  readonly text: string;
  /** The encoding of the page that the form is on. */
  readonly form: "utf-8" | "windows-1252";
  readonly language: TextLanguage;
  readonly variables: Readonly<Record<string, string>>;
  /** How the script decodes the form's bytes; "language": as the language does by itself. */
  readonly reads: "language" | "utf-8" | "windows-1252";
  readonly writes: "language" | "utf-8" | "windows-1252";
  /** Charset of Content-Type and of the page's <meta>; null: none. */
  readonly header: string | null;
  readonly meta: string | null;
}
interface LabEncodingPath {
  readonly steps: readonly EncodingStage[];
  /** What is read is what was typed. */
  readonly isRight: boolean;
}

export function labEncodingPath(settings: LabSettings): LabEncodingPath {
  const { text, form } = settings;
  const lookup: Lookup = (name) => settings.variables[name];
  const handling = textHandling(settings.language, lookup);
  const sent = encodeAs(text, form, "xmlcharrefreplace").value ?? byteString("");
  const read = readBy(settings, sent);
  const written = writeBy(settings, handling, read, sent);
  const page = written.bytes ?? byteString("");
  const meta = settings.meta === null ? "" : `<meta charset="${settings.meta}">`;
  const browser = browserCharset(
    settings.header === null ? "text/html" : `text/html; charset=${settings.header}`,
    byteString(`${meta}${page}`),
  );
  const shown = decodeBytes(toBytes(page), browser.encoding).text;
  const isRight = shown === text && written.bytes !== null;
  const cannotSend = encodeAs(text, form).value === null;
  const breaksAt = isRight ? null : firstBreak(text, cannotSend, read, written);

  const step = (
    id: EncodingStageId,
    parts: Pick<EncodingStage, "bytes" | "text" | "encoding" | "why">,
    isWrong = false,
  ): EncodingStage => ({
    id,
    title: stageTitles[id],
    ...parts,
    verdict: verdictOf(id, breaksAt, isWrong && isRight),
  });
  const steps = [
    step("typed", { bytes: null, text, encoding: null, why: "Characters, as a person sees them." }),
    step("sent", {
      bytes: sent,
      text: formEncode(sent),
      encoding: form,
      why: `A browser sends a form in the encoding of its page, here ${form}, and writes each byte beyond ASCII as % and two digits.${cannotSend ? ` What ${form} does not have is sent as &#…;, which no script expects.` : ""}`,
    }),
    step("handed-over", {
      bytes: byteString(formEncode(sent)),
      text: formEncode(sent),
      encoding: null,
      why: "QUERY_STRING, or stdin for a posted form, holds exactly this. The server decodes nothing, and says nothing of the encoding.",
    }),
    step(
      "read",
      { bytes: sent, text: read.text, encoding: read.encoding, why: read.why },
      read.text !== null && read.text !== text,
    ),
    step("written", { bytes: written.bytes, text: null, encoding: written.encoding, why: written.why }),
    step("declared", {
      bytes: null,
      text: null,
      encoding: browser.from === "default" ? null : browser.encoding,
      why:
        browser.from === "header"
          ? `Content-Type says charset=${settings.header ?? ""}${browser.inPage !== null && browser.inPage.encoding !== browser.encoding ? `, and wins over the page's <meta>, which says ${browser.inPage.name}` : ""}.`
          : browser.from === "meta"
            ? `The page's <meta> says ${settings.meta ?? ""}.`
            : byDefault(browser),
    }),
    step("shown", {
      bytes: written.bytes,
      text: written.bytes === null ? null : shown,
      encoding: browser.encoding,
      why:
        written.bytes === null
          ? "The page is cut off here, or there is none."
          : isRight
            ? "What was typed is what is read."
            : `The browser reads the bytes as ${browser.encoding}.`,
    }),
  ];
  return { steps, isRight };
}

function firstBreak(text: string, cannotSend: boolean, read: Read, written: Written): EncodingStageId {
  if (cannotSend) return "sent";
  if (written.bytes === null) return read.text === text ? "written" : "read";
  if (read.text !== null && read.text !== text) return "read";
  return written.fits ? "declared" : "written";
}

function verdictOf(id: EncodingStageId, breaksAt: EncodingStageId | null, isDetour: boolean): StageVerdict {
  if (isDetour) return "detour";
  if (breaksAt === null) return "fine";
  if (id === breaksAt) return "breaks";
  const order: readonly EncodingStageId[] = ["typed", "sent", "handed-over", "read", "written", "declared", "shown"];
  return order.indexOf(id) < order.indexOf(breaksAt) ? "fine" : "carried";
}

interface Read {
  /** null: the language keeps bytes. */
  readonly text: string | null;
  readonly encoding: string;
  readonly why: string;
}

/** What languages' own form parsers do: parse_qs, CGI.pm, $_GET, URLSearchParams, CGI of Ruby. */
function readBy({ reads, language }: LabSettings, sent: ByteString): Read {
  if (reads !== "language")
    return { text: decodeAs(sent, reads).value, encoding: reads, why: `The script decodes the form as ${reads}.` };
  const utf8Text = decodeAs(sent, "utf-8").value;
  switch (language) {
    case "python":
      return {
        text: utf8Text,
        encoding: "utf-8",
        why: "urllib.parse.parse_qs decodes as UTF-8, whatever the environment says; what is not UTF-8 becomes U+FFFD.",
      };
    case "node":
      return {
        text: utf8Text,
        encoding: "utf-8",
        why: "URLSearchParams decodes as UTF-8; what is not UTF-8 becomes U+FFFD.",
      };
    case "ruby":
      return isUtf8Prefix(toBytes(sent))
        ? { text: utf8Text, encoding: "utf-8", why: "CGI.unescape and URI.decode_www_form take UTF-8." }
        : {
            text: null,
            encoding: "bytes",
            why: "CGI.unescape takes UTF-8 and keeps the bytes that are not; URI.decode_www_form replaces them with U+FFFD.",
          };
    case "perl":
      return {
        text: sent,
        encoding: "bytes as characters",
        why: "Perl takes each byte for one character: length counts bytes. Decode it: decode('UTF-8', $value).",
      };
    case "tcl":
    case "php":
    case "shell":
    case "other":
      return {
        text: null,
        encoding: "bytes",
        why:
          language === "php"
            ? "PHP's strings are bytes: $_GET holds them unchanged, and strlen counts bytes."
            : "The bytes are kept as they are.",
      };
  }
}

interface Written {
  /** null: the script failed at it. */
  readonly bytes: ByteString | null;
  readonly encoding: string | null;
  readonly why: string;
  /** The bytes are what the script meant, in some encoding: it remains to declare it. */
  readonly fits: boolean;
}

function writeBy(
  { writes, language, text }: LabSettings,
  handling: TextHandling,
  read: Read,
  sent: ByteString,
): Written {
  const named = (bytes: ByteString): string => (isUtf8Prefix(toBytes(bytes)) ? "utf-8" : "windows-1252");
  if (read.text === null)
    return writes === "language" || writes === named(sent)
      ? { bytes: sent, encoding: named(sent), why: "The same bytes go out again.", fits: true }
      : {
          bytes: recoded(sent, writes),
          encoding: writes,
          why: `The script converts to ${writes}, taking the bytes for ${writes === "utf-8" ? "Latin-1" : "UTF-8"}.`,
          fits: recoded(sent, writes) === encodeAs(text, writes, "replace").value,
        };
  if (
    writes === "language" &&
    language === "perl" &&
    handling.stdout.codec === "latin-1" &&
    /[^\0-\xff]/.test(read.text)
  )
    return {
      bytes: utf8(read.text),
      encoding: "utf-8",
      why: "A character does not fit into one byte, so Perl writes the string as UTF-8, with the warning “Wide character in print”.",
      fits: true,
    };
  const codec: CodecName =
    writes !== "language" ? writes : handling.stdout.codec === "bytes" ? "utf-8" : handling.stdout.codec;
  const encoded = encodeAs(read.text, codec, writes === "language" ? handling.stdout.errors : "strict");
  if (encoded.value === null)
    return {
      bytes: null,
      encoding: codec,
      why: `${codec} has no “${String.fromCodePoint(read.text.codePointAt(encoded.failedAt) ?? 0xfffd)}”: ${language === "python" ? "the script ends with UnicodeEncodeError" : "it cannot be written"}. ${handling.why}`,
      fits: false,
    };
  const fits =
    read.text === text ||
    encoded.value === encodeAs(text, "utf-8").value ||
    encoded.value === encodeAs(text, "windows-1252").value;
  return {
    bytes: encoded.value,
    encoding: named(encoded.value),
    why: writes === "language" ? handling.why : `The script encodes as ${writes}.`,
    fits,
  };
}

/** As iconv does when it gets the wrong source encoding. */
function recoded(bytes: ByteString, to: "utf-8" | "windows-1252"): ByteString {
  const text = decodeAs(bytes, to === "utf-8" ? "latin-1" : "utf-8").value ?? "";
  return encodeAs(text, to, "replace").value ?? byteString("");
}
