// The editor's column: one group of tabs, or two side by side.
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import type { OpenDocument } from "../../model/documents/document.js";
import { useDocuments } from "../../model/documents/document-store.js";
import { useSplit } from "../../model/documents/editor-groups.js";
import { idlePart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { windowStorage } from "../../platform/storage.js";
import { EditorGroup } from "./editor-group.js";
import "./editor.css";

const CloseDialog = idlePart(async () => (await import("./close-dialog.js")).CloseDialog);

export function EditorPane() {
  const openFile = useSelection((selection) => selection.openFile);
  const open = useDocuments((documents) => documents.open);
  const split = useSplit((store) => store.split);
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: "editor.groups",
    panelIds: split ? ["editor-left", "editor-right"] : ["editor-left"],
    storage: windowStorage,
    onlySaveAfterUserInteractions: true,
  });
  return (
    <section className="editor" aria-label="Editor">
      <Group id="editor-groups" defaultLayout={defaultLayout} onLayoutChanged={onLayoutChanged}>
        <Panel key="left" id="editor-left" minSize="120px">
          {split ? (
            <EditorGroup
              side="left"
              open={inOrder(open, split.left.tabs)}
              shown={split.left.shown}
              isActive={split.active === "left"}
            />
          ) : (
            <EditorGroup side={null} open={open} shown={openFile} isActive />
          )}
        </Panel>
        {split && (
          <Separator key="groups-line" className="workbench-line" aria-label="Width of the left editor group" />
        )}
        {split && (
          <Panel key="right" id="editor-right" defaultSize="50%" minSize="120px">
            <EditorGroup
              side="right"
              open={inOrder(open, split.right.tabs)}
              shown={split.right.shown}
              isActive={split.active === "right"}
            />
          </Panel>
        )}
      </Group>
      <CloseDialog />
    </section>
  );
}

const inOrder = (open: readonly OpenDocument[], tabs: readonly string[]): readonly OpenDocument[] =>
  tabs.flatMap((tab) => open.find(({ path }) => path === tab) ?? []);
