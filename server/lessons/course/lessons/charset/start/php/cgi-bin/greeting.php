<?php
// /cgi-bin/greeting.php?name=Ada greets Ada in German.
ini_set('default_charset', ''); // else PHP names a charset by itself

$name = htmlspecialchars($_GET['name'] ?? 'du', ENT_QUOTES, 'UTF-8');
$page = "<!doctype html><title>Grüße</title>\n<p>Grüß dich, $name!</p>\n";

header('Content-Type: text/html');
echo iconv('UTF-8', 'ISO-8859-1//TRANSLIT', $page);
