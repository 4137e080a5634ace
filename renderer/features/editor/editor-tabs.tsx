// The tabs of open files. Arrows go from tab to tab, Delete and the middle button close; the cross is for the pointer.
import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";
import { folderOf, isDirty, nameOf, type OpenDocument } from "../../model/documents/document.js";
import { closeDocument } from "../../model/documents/document-store.js";
import { hintOf } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";

export function EditorTabs({ open, shown }: { readonly open: readonly OpenDocument[]; readonly shown: string | null }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== null)
      list.current?.querySelector("[data-shown]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = open.findIndex(({ path }) => path === shown);
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: open.length - 1,
    };
    const move = moves[event.key];
    if (move !== undefined) {
      const next = open[(move + open.length) % open.length];
      if (!next) return;
      event.preventDefault();
      useSelection.getState().open(next.path);
      list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(next.path)}"]`)?.focus();
    } else if (event.key === "Delete" && shown !== null) {
      event.preventDefault();
      closeDocument(shown);
    }
  };

  const isAmbiguous = (document: OpenDocument): boolean =>
    open.some((other) => other !== document && nameOf(other.path) === nameOf(document.path));
  return (
    <div className="editor-tabs">
      {/* The list holds tabs alone, as its role demands; "display: contents" and the order put each cross behind its tab. */}
      <div ref={list} role="tablist" aria-label="Open files" className="editor-tablist" onKeyDown={onKeyDown}>
        {open.map((document, index) => {
          const { path } = document;
          const hasEdits = isDirty(document);
          const label = isAmbiguous(document) ? path : nameOf(path);
          return (
            <button
              key={path}
              type="button"
              role="tab"
              aria-selected={path === shown}
              aria-label={`${label}${hasEdits ? ", unsaved" : ""}`}
              tabIndex={path === shown ? 0 : -1}
              data-path={path}
              data-shown={path === shown || undefined}
              title={path}
              className="editor-tab"
              style={{ order: 2 * index }}
              onClick={() => useSelection.getState().open(path)}
              onAuxClick={(event) => {
                if (event.button === 1) closeDocument(path);
              }}
            >
              {isAmbiguous(document) && <span className="ui-dim">{folderOf(path)}/</span>}
              {nameOf(path)}
              {hasEdits && <span className="ui-dot" />}
            </button>
          );
        })}
      </div>
      {open.map(({ path }, index) => (
        <span
          key={path}
          className="editor-tab-end"
          data-shown={path === shown || undefined}
          style={{ order: 2 * index + 1 }}
        >
          <IconButton
            label={`Close ${nameOf(path)}`}
            hint={path === shown ? hintOf("file.close", `Close ${nameOf(path)}`) : `Close ${nameOf(path)}`}
            size="small"
            className="editor-tab-close"
            tabIndex={-1}
            onClick={() => closeDocument(path)}
          >
            <CloseIcon className="ui-icon" aria-hidden="true" />
          </IconButton>
        </span>
      ))}
    </div>
  );
}
