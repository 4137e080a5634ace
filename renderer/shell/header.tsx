// The bar at the top: folder, search, server, what explains a request, which panes are shown, help.
import { ServerPill } from "../features/server/index.js";
import { FolderMenu } from "../features/workspace/index.js";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { CommandItem } from "../platform/command-item.js";
import { hintOf, runCommand, shortcutOf } from "../platform/command-registry.js";
import { openDialog } from "../platform/dialogs.js";
import { type Pane, useLayout } from "../platform/layout-store.js";
import { useProjector } from "../platform/projector.js";
import { Button } from "../ui/button.js";
import { ColumnsIcon, HelpIcon } from "../ui/icon.js";
import { IconMenu } from "../ui/icon-menu.js";
import { MenuCheck, MenuSeparator } from "../ui/menu.js";

export function Header() {
  const hasWorkspace = useWorkspace((store) => store.workspace !== null);
  return (
    <header className="ui-row app-header" data-pane>
      <div className="ui-row app-side">
        <span className="app-name">CGI Workbench</span>
        {hasWorkspace && <FolderMenu />}
      </div>
      <button type="button" className="app-search" data-pane-focus onClick={() => openDialog("palette")}>
        <span className="ui-cut">Search files, traces and commands</span>
        <span className="ui-kbd" aria-hidden="true">
          {shortcutOf("view.palette")}
        </span>
      </button>
      <div className="ui-row app-side app-side-right">
        {hasWorkspace && (
          <>
            <ServerPill />
            <Button look="quiet" hint={hintOf("tour.start")} onClick={() => runCommand("tour.start")}>
              Explain
            </Button>
            <Button look="quiet" hint={hintOf("view.present")} onClick={() => runCommand("view.present")}>
              Present
            </Button>
          </>
        )}
        <ViewMenu />
        <HelpMenu />
      </div>
    </header>
  );
}

function HelpMenu() {
  return (
    <IconMenu label="Help" icon={HelpIcon}>
      <CommandItem id="help.documentation">Documentation…</CommandItem>
      <CommandItem id="help.shortcuts">Keyboard shortcuts…</CommandItem>
      <CommandItem id="doctor.index">All doctor rules…</CommandItem>
      <CommandItem id="assistants.connect" />
      <MenuSeparator />
      <CommandItem id="help.about" />
    </IconMenu>
  );
}

function ViewMenu() {
  const hasWorkspace = useWorkspace((store) => store.workspace !== null);
  const isLarge = useProjector(({ isOn }) => isOn);
  return (
    <IconMenu label="View" icon={ColumnsIcon}>
      {hasWorkspace && (
        <>
          <PaneItem pane="explorer" title="Files" />
          <PaneItem pane="bottom" title="Traces" />
          <PaneItem pane="inspector" title="Inspector" />
          <MenuSeparator />
        </>
      )}
      <MenuCheck isOn={isLarge} onChange={() => runCommand("view.projector")}>
        Projector mode
      </MenuCheck>
      <CommandItem id="settings.open" />
    </IconMenu>
  );
}

function PaneItem({ pane, title }: { readonly pane: Pane; readonly title: string }) {
  const isShown = useLayout((layout) => layout[pane]);
  return (
    <MenuCheck isOn={isShown} onChange={() => runCommand(`view.${pane}`)} aside={shortcutOf(`view.${pane}`)}>
      {title}
    </MenuCheck>
  );
}
