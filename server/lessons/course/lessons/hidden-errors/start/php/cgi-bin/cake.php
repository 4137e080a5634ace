<?php
// /cgi-bin/cake.php?people=4 shares 24 pieces of cake.
$query = $_SERVER['QUERY_STRING'];
echo "debug: $query\n";

$people = $_GET['people'];
$pieces = 24 / (int) $people;

header('Content-Type: text/plain; charset=utf-8');
echo "Each of you gets $pieces\n";
