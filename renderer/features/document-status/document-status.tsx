// The shown file's part of the status bar: cursor, encoding and line endings (a click changes them), executable bit,
// language.
import { useCursor } from "../../model/documents/cursor-store.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { changeLineEnds } from "../../model/documents/text-format.js";
import { useChecked } from "../../model/folder/checked-files.js";
import { useFiles } from "../../model/folder/file-store.js";
import { languageOf } from "../../platform/monaco/language.js";
import { useSelection } from "../../platform/selection.js";
import { CodeText } from "../../ui/code-text.js";
import { Menu, MenuChoice } from "../../ui/menu.js";
import { Popover } from "../../ui/popover.js";
import { BinaryMenu, EncodingMenu } from "./encoding-menu.js";

const lineEndNames = { lf: "LF", crlf: "CRLF" } as const;

export function DocumentStatus() {
  const openFile = useSelection((selection) => selection.openFile);
  const document = useDocuments(({ open }) => open.find(({ path }) => path === openFile));
  const isScript = useFiles(({ byPath }) => openFile !== null && byPath.get(openFile)?.mode != null);
  const cursor = useCursor((store) => store.cursor);
  const unchecked = useChecked(({ byPath }) => (openFile === null ? null : (byPath.get(openFile)?.unchecked ?? null)));
  if (document?.kind === "binary") return <BinaryMenu path={document.path} />;
  if (document?.kind !== "text") return null;
  const { path, lineEnd, mixed, executable } = document;
  const buffer = bufferOf(path);
  const lineEnds = mixed ? "Mixed or CR" : lineEndNames[lineEnd];
  const language = languageOf(path, buffer?.model.getLineContent(1) ?? "");
  return (
    <>
      {cursor && (
        <span className="status-number">
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      <EncodingMenu document={document} />
      <Menu
        align="end"
        trigger={
          <button type="button" className="status-button" aria-label={`Line endings: ${lineEnds}`}>
            <span className={lineEnd === "crlf" || mixed ? "ui-warn" : undefined}>{lineEnds}</span>
          </button>
        }
      >
        <MenuChoice<"lf" | "crlf" | "mixed">
          title="Line endings"
          value={mixed ? "mixed" : lineEnd}
          onChange={(next) => next !== "mixed" && void changeLineEnds(path, next)}
          choices={[
            { value: "lf", title: "LF: Unix; shebang lines need it" },
            { value: "crlf", title: "CRLF: Windows" },
          ]}
        />
      </Menu>
      {unchecked !== null && (
        <Popover
          title="Syntax not checked"
          side="top"
          align="end"
          trigger={
            <button type="button" className="status-button">
              <span className="ui-dim">syntax not checked</span>
            </button>
          }
        >
          <p>
            <CodeText>{unchecked}</CodeText>
          </p>
        </Popover>
      )}
      {executable ? <span>executable ✓</span> : isScript && <span className="ui-dim">not executable</span>}
      <span>{language.title}</span>
    </>
  );
}
