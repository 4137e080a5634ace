// The shown file's part of the status bar: cursor, encoding, line endings (a click changes them), executable bit,
// language.
import { useCursor } from "../../model/documents/cursor-store.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { bufferOf, loadMonaco, setLineEnd } from "../../model/documents/text-buffers.js";
import { useChecked } from "../../model/folder/checked-files.js";
import { useFiles } from "../../model/folder/file-store.js";
import { languageOf } from "../../platform/monaco/language.js";
import { useSelection } from "../../platform/selection.js";
import { Menu, MenuChoice } from "../../ui/menu.js";
import { Popover } from "../../ui/popover.js";

const lineEndNames = { lf: "LF", crlf: "CRLF" } as const;

export function DocumentStatus() {
  const openFile = useSelection((selection) => selection.openFile);
  const document = useDocuments(({ open }) => open.find(({ path }) => path === openFile));
  const isScript = useFiles(({ byPath }) => openFile !== null && byPath.get(openFile)?.mode != null);
  const cursor = useCursor((store) => store.cursor);
  const unchecked = useChecked(({ byPath }) => (openFile === null ? null : (byPath.get(openFile)?.unchecked ?? null)));
  if (document?.kind !== "text") return null;
  const { path, bom, lineEnd, mixed, executable } = document;
  const buffer = bufferOf(path);
  const language = languageOf(path, buffer?.model.getLineContent(1) ?? "");
  const change = async (next: "lf" | "crlf"): Promise<void> => {
    const changed = bufferOf(path);
    if (changed) setLineEnd(await loadMonaco(), changed, next);
  };
  return (
    <>
      {cursor && (
        <span className="status-number">
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      <span>{bom ? "UTF-8 with BOM" : "UTF-8"}</span>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            className="status-button"
            aria-label={`Line endings: ${mixed ? "mixed" : lineEndNames[lineEnd]}`}
          >
            <span className={lineEnd === "crlf" || mixed ? "ui-warn" : undefined}>
              {mixed ? "LF and CRLF" : lineEndNames[lineEnd]}
            </span>
          </button>
        }
      >
        <MenuChoice
          title="Line endings"
          value={lineEnd}
          onChange={(next) => void change(next)}
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
          <p>{unchecked}</p>
        </Popover>
      )}
      {executable ? <span>executable ✓</span> : isScript && <span className="ui-dim">not executable</span>}
      <span>{language.title}</span>
    </>
  );
}
