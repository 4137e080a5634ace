#!/usr/bin/env php-cgi
<?php
// Adds two numbers: /cgi-bin/sum.php?a=1&b=2
//
// php-cgi is PHP's own CGI program: it writes the headers itself, from
// header(), and the blank line after them. The first line and the execute bit
// let any server start this file; a server that has a handler for .php needs
// neither.
header("Content-Type: text/plain; charset=utf-8");

// filter_input returns null when the field is missing and false when it is no
// number; it never warns and never guesses.
$a = filter_input(INPUT_GET, "a", FILTER_VALIDATE_INT);
$b = filter_input(INPUT_GET, "b", FILTER_VALIDATE_INT);

if (!is_int($a) || !is_int($b)) {
    http_response_code(400); // php-cgi writes it as a Status header
    echo "Give two whole numbers: ?a=1&b=2\n";
    exit;
}
echo $a + $b, "\n";
