<?php
// /cgi-bin/menu.php?day=monday is the menu of a day.
header('Content-Type: text/plain; charset=utf-8');

$page = 'The menu of ' . ($_GET['day'] ?? '');
$tag = '"' . substr(hash('sha256', $page), 0, 16) . '"';

header("ETag: $tag");
header('Cache-Control: no-cache');
if (($_SERVER['HTTP_IF_NONE_MATCH'] ?? '') === $tag) {
    http_response_code(304);
} else {
    echo "$page\n";
}
