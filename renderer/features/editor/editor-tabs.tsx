// The tabs of open files. Arrows go from tab to tab, Delete and the middle button close; the cross is for the pointer.
import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";
import { hintOf } from "../../app/commands.js";
import { useSelection } from "../../app/selection.js";
import { IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { folderOf, isDirty, nameOf, type OpenDocument } from "./document.js";
import { closeDocument } from "./document-store.js";

export function EditorTabs({ open, shown }: { readonly open: readonly OpenDocument[]; readonly shown: string | null }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (shown !== null) list.current?.querySelector("[data-shown]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [shown]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const index = open.findIndex(({ path }) => path === shown);
    const moves: Readonly<Record<string, number>> = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: open.length - 1 };
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

  return (
    <div ref={list} role="tablist" aria-label="Open files" className="editor-tabs" onKeyDown={onKeyDown}>
      {open.map((document) => {
        const { path } = document;
        const name = nameOf(path);
        const isShown = path === shown;
        const hasEdits = isDirty(document);
        const isAmbiguous = open.some((other) => other !== document && nameOf(other.path) === name);
        return (
          <div
            key={path}
            role="presentation"
            className="editor-tab"
            data-shown={isShown || undefined}
            onAuxClick={(event) => {
              if (event.button === 1) closeDocument(path);
            }}
          >
            <button
              type="button"
              role="tab"
              aria-selected={isShown}
              aria-label={`${isAmbiguous ? path : name}${hasEdits ? ", unsaved" : ""}`}
              tabIndex={isShown ? 0 : -1}
              data-path={path}
              title={path}
              className="editor-tab-name"
              onClick={() => useSelection.getState().open(path)}
            >
              {isAmbiguous && <span className="ui-dim">{folderOf(path)}/</span>}
              {name}
              {hasEdits && <span className="ui-dot" />}
            </button>
            <IconButton
              label={`Close ${name}`}
              hint={isShown ? hintOf("file.close", `Close ${name}`) : `Close ${name}`}
              size="small"
              className="editor-tab-close"
              tabIndex={-1}
              onClick={() => closeDocument(path)}
            >
              <CloseIcon className="ui-icon" aria-hidden="true" />
            </IconButton>
          </div>
        );
      })}
    </div>
  );
}
