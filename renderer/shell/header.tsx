// The bar at the top: folder, search, server, which panes are shown, theme.
import { ServerPill } from "../features/server/index.js";
import { FolderMenu } from "../features/workspace/index.js";
import { useWorkspace } from "../model/folder/workspace-store.js";
import { CommandButton } from "../platform/command-button.js";
import { runCommand, shortcutOf } from "../platform/command-registry.js";
import { openDialog } from "../platform/dialogs.js";
import { type Pane, useLayout } from "../platform/layout-store.js";
import { useProjector } from "../platform/projector.js";
import { chooseTheme, useTheme } from "../platform/theme.js";
import { IconButton } from "../ui/button.js";
import {
  HelpIcon,
  type Icon,
  MoonIcon,
  PanelBottomIcon,
  PanelLeftIcon,
  PanelRightIcon,
  PresentIcon,
  SunIcon,
  SystemIcon,
  TourIcon,
} from "../ui/icon.js";
import { IconMenu } from "../ui/icon-menu.js";
import { MenuChoice, MenuItem, MenuSeparator } from "../ui/menu.js";

export function Header() {
  const hasWorkspace = useWorkspace((store) => store.workspace !== null);
  return (
    <header className="app-header" data-pane>
      <div className="app-side">
        <span className="app-name">CGI Workbench</span>
        {hasWorkspace && <FolderMenu />}
      </div>
      <button type="button" className="app-search" data-pane-focus onClick={() => openDialog("palette")}>
        <span className="ui-cut">Search files, traces and commands</span>
        <span className="ui-kbd" aria-hidden="true">
          {shortcutOf("view.palette")}
        </span>
      </button>
      <div className="app-side app-side-right">
        {hasWorkspace && (
          <>
            <ServerPill />
            <IconButton label="Explain what just happened" size="small" onClick={() => runCommand("tour.start")}>
              <TourIcon className="ui-icon" aria-hidden="true" />
            </IconButton>
            <CommandButton label="Present" command="view.present" icon={PresentIcon} />
            <PaneToggle pane="explorer" label="Files" icon={PanelLeftIcon} />
            <PaneToggle pane="bottom" label="Traces" icon={PanelBottomIcon} />
            <PaneToggle pane="inspector" label="Inspector" icon={PanelRightIcon} />
          </>
        )}
        <ThemeMenu />
        <HelpMenu />
      </div>
    </header>
  );
}

function PaneToggle({ pane, label, icon }: { readonly pane: Pane; readonly label: string; readonly icon: Icon }) {
  const isShown = useLayout((layout) => layout[pane]);
  return (
    <CommandButton label={`Show ${label.toLowerCase()}`} command={`view.${pane}`} icon={icon} aria-pressed={isShown} />
  );
}

function HelpMenu() {
  return (
    <IconMenu label="Help" icon={HelpIcon}>
      <MenuItem onSelect={() => runCommand("help.documentation")}>Documentation…</MenuItem>
      <MenuItem onSelect={() => runCommand("help.shortcuts")}>Keyboard shortcuts…</MenuItem>
      <MenuItem onSelect={() => runCommand("doctor.index")}>All doctor rules…</MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("help.about")}>About CGI Workbench</MenuItem>
    </IconMenu>
  );
}

const themeIcons = { light: SunIcon, dark: MoonIcon, system: SystemIcon } as const;

function ThemeMenu() {
  const choice = useTheme((store) => store.choice);
  const isLarge = useProjector(({ isOn }) => isOn);
  return (
    <IconMenu label="Theme" icon={themeIcons[choice]}>
      <MenuChoice
        title="Theme"
        value={choice}
        onChange={chooseTheme}
        choices={[
          { value: "light", title: "Light" },
          { value: "dark", title: "Dark" },
          { value: "system", title: "System" },
        ]}
      />
      <MenuSeparator />
      <MenuItem onSelect={() => runCommand("view.projector")}>{isLarge ? "Normal size" : "Projector mode"}</MenuItem>
      <MenuItem onSelect={() => runCommand("settings.open")} aside={shortcutOf("settings.open")}>
        Settings…
      </MenuItem>
    </IconMenu>
  );
}
