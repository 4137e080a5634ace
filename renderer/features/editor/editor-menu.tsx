// The editor's context menu: what can be done with the text, and with the script that it is.
import { CommandItem } from "../../platform/command-item.js";
import { keyLabel, runCommand } from "../../platform/command-registry.js";
import { notify } from "../../platform/notices.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { MenuItem, MenuSeparator } from "../../ui/menu.js";
import { runInEditor, triggerInEditor } from "./shown-editor.js";

// The keys that the editor itself knows, as keyboards label them. Keys of our
// commands are in server/contract/commands.ts.
const editorKeys = {
  cut: keyLabel("$mod+x"),
  copy: keyLabel("$mod+c"),
  paste: keyLabel("$mod+v"),
  find: keyLabel("$mod+f"),
  goToLine: keyLabel("$mod+g"),
  quickFix: keyLabel("$mod+."),
} as const;

interface EditorMenuProps {
  /** Px from the window's left and top edges; null: closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
  readonly focusEditor: () => void;
}

export function EditorMenu({ at, onClose, focusEditor }: EditorMenuProps) {
  /** After the menu has closed, so that what the action opens keeps the focus. */
  const soon = (act: () => void) => () => {
    onClose();
    requestAnimationFrame(act);
  };
  return (
    <ContextMenu
      label="Editor"
      at={at}
      onClose={() => {
        onClose();
        focusEditor();
      }}
      returnTo={() => null}
    >
      <MenuItem onSelect={soon(() => triggerInEditor(actions.cut))} aside={editorKeys.cut}>
        Cut
      </MenuItem>
      <MenuItem onSelect={soon(() => triggerInEditor(actions.copy))} aside={editorKeys.copy}>
        Copy
      </MenuItem>
      <MenuItem onSelect={soon(() => void paste())} aside={editorKeys.paste}>
        Paste
      </MenuItem>
      <MenuSeparator />
      <CommandItem id="editor.find" onSelect={soon(() => runCommand("editor.find"))} aside={editorKeys.find}>
        Find
      </CommandItem>
      <CommandItem
        id="editor.goToLine"
        onSelect={soon(() => runCommand("editor.goToLine"))}
        aside={editorKeys.goToLine}
      />
      <MenuItem onSelect={soon(() => void runInEditor(actions.quickFix))} aside={editorKeys.quickFix}>
        Quick fix…
      </MenuItem>
      <MenuSeparator />
      {(["request.send", "debug.send", "debug.breakpoint", "debug.editBreakpoint"] as const).map((id) => (
        <CommandItem key={id} id={id} onSelect={soon(() => runCommand(id))} />
      ))}
      <CommandItem id="file.compareRan" onSelect={soon(() => runCommand("file.compareRan"))}>
        Compare with the version that ran
      </CommandItem>
    </ContextMenu>
  );
}

/** The editor's own names. */
const actions = {
  cut: "editor.action.clipboardCutAction",
  copy: "editor.action.clipboardCopyAction",
  quickFix: "editor.action.quickFix",
} as const;

async function paste(): Promise<void> {
  try {
    triggerInEditor("paste", { text: await navigator.clipboard.readText() });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    notify("info", `The menu may not read the clipboard. Press ${editorKeys.paste} in the editor.`);
  }
}
