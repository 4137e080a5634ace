// What axe says of the page as it stands: used by every spec that looks at a view for its accessibility.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Base UI's: hidden from screen readers and reached by Tab on purpose, to send the focus on. */
const focusGuards = "[data-base-ui-focus-guard]";
/** Told once, at the first view that has it. */
const known = new Set<string>();

/** What axe finds in the page as it is now, in both themes: "theme view: rule (impact): element". */
export async function examine(page: Page, view: string): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    // In this page alone: the desktop app lets no other page be opened. There are no frames of our own.
    const { violations, passes } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      // Of the others one element each: naming all of them takes most of the time.
      .options({ resultTypes: ["violations"] })
      .exclude(focusGuards)
      .analyze();
    expect(passes.length, "axe looked at something").toBeGreaterThan(5);
    for (const { id, impact, nodes } of violations) {
      if (impact !== "serious" && impact !== "critical") continue;
      for (const { html, any, all } of nodes) {
        const what = `${id} (${impact}): ${html.slice(0, 160)} ${(any[0] ?? all[0])?.message ?? ""}`;
        if (!known.has(`${theme} ${what}`)) found.push(`${theme} ${view}: ${what}`);
        known.add(`${theme} ${what}`);
      }
    }
  }
  return found;
}
