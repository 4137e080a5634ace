// The encoding and line endings of the shown file, and how to read or save it with others. LF is usual and not shown.
import {
  charsets,
  encodingTitle,
  type FileEncoding,
  fileEncodings,
  isReadOnlyEncoding,
} from "../../../server/contract/charsets.js";
import { plural } from "../../format/plural.js";
import { shownEncoding, type TextDocument } from "../../model/documents/document.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { changeLineEnds, reopenWith } from "../../model/documents/text-format.js";
import { anchor } from "../../platform/anchors.js";
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator, Submenu } from "../../ui/menu.js";

export function EncodingMenu({ document }: { readonly document: TextDocument }) {
  const { path, encoding, detected, undecodable, bom, isDirty, lineEnd, mixed } = document;
  const title = encodingTitle(encoding);
  const isMixed = shownEncoding(document) === "mixed";
  const shown = isMixed ? `Mixed, read as ${title}` : bom ? `${title} with BOM` : title;
  const detail =
    undecodable.length > 0
      ? `${plural(undecodable.length, "line")} cannot be decoded`
      : detected === encoding
        ? "detected"
        : "chosen";
  const lineEnds = mixed ? "mixed or CR" : lineEndNames[lineEnd];
  const isUsual = lineEnd === "lf" && !mixed;
  const save = (next: FileEncoding): void => void saveDocument(path, { encoding: next });
  return (
    <Menu
      align="end"
      trigger={
        <button
          ref={anchor("status.encoding")}
          type="button"
          className="status-button"
          aria-label={`Encoding: ${shown}${isUsual ? "" : `, line endings: ${lineEnds}`}`}
          title={`${shown}, ${detail}; line endings: ${lineEnds}`}
        >
          <span className={isMixed || undecodable.length > 0 ? "ui-warn" : undefined}>{shown}</span>
          {!isUsual && <span className="ui-warn">{lineEnds}</span>}
        </button>
      }
    >
      <MenuGroup title={`${shown}, ${detail}`}>
        <MenuItem disabled={encoding === "utf-8" || isMixed} onSelect={() => save("utf-8")}>
          Convert to UTF-8{isMixed && " (repair and save the mixed text first)"}
        </MenuItem>
        <MenuSeparator />
        <Submenu title="Reopen with encoding">
          {isDirty ? (
            <MenuItem disabled onSelect={() => undefined}>
              Save or revert your edits first
            </MenuItem>
          ) : (
            <MenuChoice
              title="Reopen with encoding"
              value={encoding}
              choices={choicesOf(fileEncodings, detected)}
              onChange={(next) => void reopenWith(path, next)}
            />
          )}
        </Submenu>
        <Submenu title="Save with encoding">
          <MenuChoice
            title="Save with encoding"
            value={encoding}
            choices={choicesOf(
              fileEncodings.filter((candidate) => !isReadOnlyEncoding(candidate)),
              detected,
            )}
            onChange={save}
          />
        </Submenu>
        <MenuSeparator />
        <MenuChoice<"lf" | "crlf" | "mixed">
          title="Line endings"
          value={mixed ? "mixed" : lineEnd}
          onChange={(next) => next !== "mixed" && void changeLineEnds(path, next)}
          choices={[
            { value: "lf", title: "LF: Unix; shebang lines need it" },
            { value: "crlf", title: "CRLF: Windows" },
          ]}
        />
      </MenuGroup>
    </Menu>
  );
}

const lineEndNames = { lf: "LF", crlf: "CRLF" } as const;
const utf16 = ["utf-16le", "utf-16be"] as const;

/** A file with a NUL may be text in UTF-16, which nothing but a byte order mark tells. */
export function BinaryMenu({ path }: { readonly path: string }) {
  return (
    <Menu
      align="end"
      trigger={
        <button
          ref={anchor("status.encoding")}
          type="button"
          className="status-button"
          aria-label="Encoding: none, binary"
        >
          Binary
        </button>
      }
    >
      <MenuGroup title="Reopen with encoding">
        {utf16.map((encoding) => (
          <MenuItem key={encoding} onSelect={() => void reopenWith(path, encoding)}>
            {encodingTitle(encoding)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}

const choicesOf = (encodings: readonly FileEncoding[], detected: FileEncoding | null) =>
  encodings.map((value) => ({
    value,
    title: encodingTitle(value),
    aside: value === detected ? "detected" : groupOf(value),
  }));

const groupOf = (encoding: FileEncoding): string => charsets.find(({ name }) => name === encoding)?.of ?? "Western";
