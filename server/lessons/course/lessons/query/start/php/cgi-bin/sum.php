<?php
// /cgi-bin/sum.php?a=1&b=2 adds two numbers.
header('Content-Type: text/plain; charset=utf-8');

$values = array_values($_GET);

echo $values[0] . $values[1], "\n";
