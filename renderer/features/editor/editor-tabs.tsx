// The tabs of open files. Arrows go from tab to tab, Delete and the middle button close; the cross is for the pointer.
import type { KeyboardEvent, MouseEvent, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { folderOf, isDirty, nameOf, type OpenDocument } from "../../model/documents/document.js";
import { keepTab, useDocuments } from "../../model/documents/document-store.js";
import type { Side } from "../../model/documents/editor-groups.js";
import { closeTabOf, showTabOf } from "../../model/documents/editor-tabs.js";
import { hintOf } from "../../platform/command-registry.js";
import { idlePart } from "../../platform/lazy-part.js";
import { IconButton } from "../../ui/button.js";
import { ChevronDownIcon, CloseIcon } from "../../ui/icon.js";
import { Menu, MenuItem } from "../../ui/menu.js";
import { MiddleEllipsis } from "../../ui/middle-ellipsis.js";
import type { TabMenuAt } from "./tab-menu.js";

const TabMenu = idlePart(async () => (await import("./tab-menu.js")).TabMenu);

interface EditorTabsProps {
  /** Of the group; null: it is the only one. */
  readonly side: Side | null;
  readonly open: readonly OpenDocument[];
  readonly shown: string | null;
}

const listNames: Readonly<Record<Side, string>> = { left: "Open files, left", right: "Open files, right" };

export function EditorTabs({ side, open, shown }: EditorTabsProps) {
  const strip = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const glanced = useDocuments((documents) => documents.glanced);
  const [menu, setMenu] = useState<TabMenuAt | null>(null);
  const isTooLong = useShownInStrip(strip, open, shown);
  const onContextMenu = (event: MouseEvent): void => {
    const path =
      event.target instanceof Element ? event.target.closest("[data-path]")?.getAttribute("data-path") : null;
    if (path == null) return;
    event.preventDefault();
    setMenu({ path, x: event.clientX, y: event.clientY });
  };

  const tabOf = (path: string): HTMLElement | null =>
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`) ?? null;
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
      showTabOf(side, next.path);
      tabOf(next.path)?.focus();
    } else if (event.key === "Delete" && shown !== null) {
      event.preventDefault();
      flushSync(() => closeTabOf(side, shown)); // the tab that is selected then is there
      if (useDocuments.getState().closing === null) selectedTab()?.focus(); // else the dialog has the focus
    }
  };

  // Not into this group when the other one is the active one now: the focus would make this one active again.
  const returnTo = (path: string): HTMLElement | null => {
    const tab = tabOf(path);
    return tab?.closest(".editor-group[data-active]") ? tab : selectedTab();
  };

  const isAmbiguous = (document: OpenDocument): boolean =>
    open.some((other) => other !== document && nameOf(other.path) === nameOf(document.path));
  return (
    <>
      <div ref={strip} className="editor-tabs">
        {/* The list holds tabs alone, as its role demands; "display: contents" and the order put each cross behind its tab. */}
        <div
          ref={list}
          role="tablist"
          aria-label={side === null ? "Open files" : listNames[side]}
          className="editor-tablist"
          onKeyDown={onKeyDown}
          onContextMenu={onContextMenu}
        >
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
                data-glanced={path === glanced || undefined}
                onClick={() => showTabOf(side, path)}
                onDoubleClick={() => keepTab(path)}
                onAuxClick={(event) => {
                  if (event.button === 1) closeTabOf(side, path);
                }}
              >
                {isAmbiguous(document) && <span className="ui-dim ui-cut">{folderOf(path)}/</span>}
                <MiddleEllipsis text={nameOf(path)} tail={10} title={null} />
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
              className="editor-tab-close"
              tabIndex={-1}
              onClick={() => closeTabOf(side, path)}
              icon={CloseIcon}
            />
          </span>
        ))}
      </div>
      {isTooLong && (
        <Menu align="end" trigger={<IconButton label="All open files" icon={ChevronDownIcon} />}>
          {open.map(({ path }) => (
            <MenuItem key={path} onSelect={() => showTabOf(side, path)} aside={folderOf(path)}>
              {nameOf(path)}
            </MenuItem>
          ))}
        </Menu>
      )}
      <TabMenu side={side} at={menu} open={open} onClose={() => setMenu(null)} returnTo={returnTo} />
    </>
  );
}

/** Of the active group: the one whose tab was closed may be gone. */
const selectedTab = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('.editor-group[data-active] [role="tab"][aria-selected="true"]');

/** Keeps the shown tab wholly in sight, with its cross. True while there is not room for all tabs. */
function useShownInStrip(
  strip: RefObject<HTMLDivElement | null>,
  open: readonly OpenDocument[],
  shown: string | null,
): boolean {
  const [isTooLong, setTooLong] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other tabs, and another one that is shown, move them
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const arrange = (): void => {
      setTooLong(element.scrollWidth > element.clientWidth);
      // The cross first: where both have no room, the name is what is seen.
      for (const part of [".editor-tab-end[data-shown]", ".editor-tab[data-shown]"])
        element.querySelector(part)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    };
    const sizes = new ResizeObserver(arrange);
    sizes.observe(element);
    arrange();
    return () => sizes.disconnect();
  }, [strip, open, shown]);
  return isTooLong;
}
