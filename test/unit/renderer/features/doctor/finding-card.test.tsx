import { fireEvent, render, screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { FindingCard, type FindingCardProps } from "../../../../../renderer/features/doctor/finding-card.js";
import { useRulesStore } from "../../../../../renderer/model/traces/rules-store.js";
import { asSentence, wordsOf } from "../../../../../server/contract/message.js";
import type { Finding } from "../../../../../server/contract/trace.js";
import { ruleInfo } from "../../../../../server/doctor/base/rule.js";
import { rules } from "../../../../../server/doctor/engine/rules.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

layOutPage();
beforeEach(() => {
  useRulesStore.setState({ rules: rules.map(ruleInfo), failure: null });
});

const finding: Finding = {
  rule: "not-executable",
  severity: "error",
  title: asSentence("The script may not be executed"),
  detail: asSentence("Its mode is 0644."),
  stream: "stdout",
  range: [3, 7],
  line: 4,
  reference: null,
  fixes: ["make-executable"],
  evidence: [{ kind: "variable", name: "HOME", value: null }],
};
const words = rules.find(({ id }) => id === finding.rule)?.explanation.split(/[`\n]/)[0] ?? "";

function show(props: Partial<FindingCardProps> = {}) {
  const called: string[] = [];
  const evidence: FindingCardProps["show"] = {
    bytes: () => () => called.push("bytes"),
    line: (line) => called.push(`line ${line}`),
    variable: (name) => called.push(`variable ${name}`),
  };
  const { unmount } = render(
    <FindingCard finding={finding} isFirst={true} fixes={[]} path={null} traceId="1" show={evidence} {...props} />,
  );
  return { called, unmount, card: screen.getByRole("article", { name: wordsOf(finding.title) }) };
}

test("says what is wrong, and each piece of evidence leads to its place", () => {
  const { called, card } = show();
  expect(card.dataset).toMatchObject({ rule: "not-executable", severity: "error" });
  expect(within(card).getByText("Its mode is 0644.")).toBeTruthy();
  for (const button of within(within(card).getByRole("list", { name: "Evidence" })).getAllByRole("button"))
    fireEvent.click(button);
  expect(called).toEqual(["bytes", "line 4", "variable HOME"]);
});

test("the gravest finding is explained at once, others and hints when asked", () => {
  for (const [props, isOpen] of [
    [{ isFirst: true }, true],
    [{ isFirst: false }, false],
    [{ isFirst: true, finding: { ...finding, severity: "hint" } }, false],
  ] as const) {
    const { card, unmount } = show(props);
    const more = within(card).getByRole("button", { expanded: isOpen });
    expect([more.getAttribute("aria-expanded"), card.textContent?.includes(words)]).toEqual([String(isOpen), isOpen]);
    fireEvent.click(more);
    expect([more.getAttribute("aria-expanded"), card.textContent?.includes(words)]).toEqual([String(!isOpen), !isOpen]);
    unmount();
  }
});

test("a rule that this window does not know has no explanation, but its reference", () => {
  const { card } = show({ finding: { ...finding, rule: "of-a-newer-server", reference: "RFC 3875 §6.2" } });
  expect(card.querySelector("[aria-expanded]")).toBeNull();
  expect(card.textContent).toContain("RFC 3875 §6.2");
});

test("fixes are offered where there is a file to fix; a cancelled one has the focus again", () => {
  const fix = { id: "make-executable", title: "Make it executable" } as const;
  const { card, unmount } = show({ fixes: [fix], path: "cgi-bin/x.sh" });
  const offered = () => within(card).getByRole("button", { name: "Make it executable…" });
  offered().focus();
  fireEvent.click(offered());
  const cancel = within(card).getByRole("button", { name: "Cancel" });
  cancel.focus();
  fireEvent.click(cancel);
  expect(document.activeElement).toBe(offered());
  unmount();
  expect(within(show({ fixes: [fix] }).card).queryByRole("button", { name: /^Make it/ })).toBeNull();
});

test("a fix of another file names it on its button", () => {
  const { card } = show({
    path: "cgi-bin/a.cgi",
    fixes: [
      { id: "convert-to-utf-8", title: "Convert" },
      { id: "declare-latin-1", title: "Declare", path: "cgi-bin/tmpl/a.html" },
    ],
  });
  const names = within(card).getAllByRole("button", { name: /…$/ });
  expect(names.map(({ textContent }) => textContent)).toEqual(["Convert…", "Declare: cgi-bin/tmpl/a.html…"]);
});
