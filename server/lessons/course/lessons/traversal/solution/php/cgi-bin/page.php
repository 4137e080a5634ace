<?php
// /cgi-bin/page.php?page=about.txt shows a page of the folder pages.
header('Content-Type: text/plain; charset=utf-8');

$root = realpath('../pages');
$path = realpath('../pages/' . ($_GET['page'] ?? 'about.txt'));

if ($path !== false && str_starts_with($path, $root . DIRECTORY_SEPARATOR) && is_file($path)) {
    readfile($path);
} else {
    http_response_code(404);
    echo "There is no such page.\n";
}
