<?php
// The canteen's menu, in three kinds.

header('Content-Type: text/html; charset=utf-8');

$kind = $_GET['as'] ?? 'page';
if ($kind === 'json') {
    echo '{"soup": 3.2, "bread": 1}', "\n";
} elseif ($kind === 'text') {
    echo "soup <today>: 3.20\nbread: 1.00\n";
} else {
    echo "<!doctype html><title>Menu</title>\n";
    echo "<h1>Menu</h1><p>soup 3.20, bread 1.00</p>\n";
}
