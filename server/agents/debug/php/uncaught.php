<?php
// Whether nothing catches an exception of this class. Xdebug does not know, so the blocks around the lines of the
// stack are looked up in their files. It is evaluated in the script where one is thrown.
return static function (string $class, array $frames): bool {
    if (!class_exists($class, false)) {
        return false; // Xdebug stops at warnings, too
    }
    $short = static fn (string $name): string => strtolower(substr(strrchr("\\$name", "\\"), 1));
    $classes = [$class, ...array_values(class_parents($class, false)), ...array_values(class_implements($class, false))];
    $names = array_map($short, $classes);
    foreach ($frames as [$file, $line]) {
        $open = $tries = $last = [];
        $inner = $at = 0;
        $next = $caught = null;
        foreach (token_get_all(is_file($file) ? file_get_contents($file) : "") as $token) {
            [$kind, $text, $at] = is_array($token) ? $token : [$token, $token, $at];
            if ($kind === T_TRY || $kind === T_FUNCTION) {
                $next = $kind;
            } elseif ($kind === ";") {
                $next = null; // a function without a body
            } elseif ($kind === T_CATCH) {
                $caught = [];
            } elseif ($kind === "{" || $kind === T_CURLY_OPEN || $kind === T_DOLLAR_OPEN_CURLY_BRACES) {
                $open[] = [$next, $at];
                $next = null;
            } elseif ($kind === "}" && $open !== []) {
                [$of, $from] = array_pop($open);
                if ($of === T_TRY) {
                    $last[count($open)] = [$from, $at];
                } elseif ($of === T_FUNCTION && $from <= $line && $line <= $at) {
                    $inner = max($inner, $from);
                }
            } elseif ($kind === T_VARIABLE || $kind === ")") {
                if ($caught && array_intersect($caught, $names)) {
                    $tries[] = $last[count($open)];
                }
                $caught = null;
            } elseif ($caught !== null && preg_match('/\w$/', $text)) {
                $caught[] = $short($text);
            }
        }
        foreach ($tries as [$from, $to]) {
            if ($inner <= $from && $from <= $line && $line <= $to) {
                return false;
            }
        }
    }
    return true;
};
