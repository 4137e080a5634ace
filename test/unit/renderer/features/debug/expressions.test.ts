// The names in a line of each language, in any alphabet, and what is evaluated while one points at them: names and
// literal subscripts, nothing that runs.
import { expect, test } from "vitest";
import { namesIn, pointedAt } from "../../../../../renderer/features/debug/expressions.js";

test.each([
  ["python", "größe = f(имя, a.b)", ["größe", "f", "имя", "a", "b"]],
  ["perl", "my $größe = $h{x} + @liste;", ["$größe", "$h", "@liste"]],
  ["ruby", "変数 = 1; имя = @größe + Name.new", ["変数", "имя", "@größe"]],
  ["javascript", "let größe = a.b + $x", ["let", "größe", "a", "$x"]],
  ["php", "$größe = $a->b;", ["$größe", "$a"]],
  ["shell", `total=$((a + 1)); echo "$name $\{other}"`, ["total", "name", "other"]],
])("the names of %s in %s", (language, line, names) => {
  expect(namesIn(language, line)).toEqual(names);
});

test.each([
  ["python", "x = a['k'][0].b(c)", 6, "a['k'][0].b"],
  ["perl", "print $h{größe}->[0];", 8, "$h{größe}->[0]"],
  ["ruby", "puts a['k'][0]", 6, "a['k'][0]"],
  ["javascript", "f(a.b['k'])", 3, "a.b['k']"],
  ["php", "echo $a['k'];", 6, "$a['k']"],
  ["shell", `echo "$\{name}"`, 8, `$\{name}`],
])("in %s, pointed at in %s at %d", (language, line, column, expression) => {
  expect(pointedAt(language, line, column)?.expression).toBe(expression);
});

test("a call is never evaluated", () => {
  expect(pointedAt("python", "x = run(1)[0]", 5)?.expression).toBe("run");
});
