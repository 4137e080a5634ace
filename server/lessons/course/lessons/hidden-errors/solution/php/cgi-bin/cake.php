<?php
// /cgi-bin/cake.php?people=4 shares 24 pieces of cake.
$query = $_SERVER['QUERY_STRING'];
error_log("debug: $query");

$people = $_GET['people'] ?? '';

header('Content-Type: text/plain; charset=utf-8');
if (ctype_digit($people) && $people > 0) {
    $pieces = 24 / (int) $people;
    echo "Each of you gets $pieces\n";
} else {
    http_response_code(400);
    echo "How many people are you?\n";
}
