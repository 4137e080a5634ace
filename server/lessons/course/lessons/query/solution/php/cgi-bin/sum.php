<?php
// /cgi-bin/sum.php?a=1&b=2 adds two numbers.
header('Content-Type: text/plain; charset=utf-8');

$a = $_GET['a'] ?? '';
$b = $_GET['b'] ?? '';

if (ctype_digit($a) && ctype_digit($b)) {
    echo $a + $b, "\n";
} else {
    echo "Please give two numbers, such as ?a=1&b=2\n";
}
