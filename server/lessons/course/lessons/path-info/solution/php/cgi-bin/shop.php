<?php
// A shop with a page for each book.
$here = $_SERVER['SCRIPT_NAME'];

if (!preg_match('#^/books/(\d+)$#', $_SERVER['PATH_INFO'] ?? '', $found)) {
    http_response_code(404);
    header('Content-Type: text/plain; charset=utf-8');
    exit("There is no such page.\n");
}

header('Content-Type: text/html; charset=utf-8');
$number = (int) $found[1];
$following = $number + 1;
?>
<!doctype html><title>Shop</title>
<p>Book <?= $number ?>.
<a href="<?= $here ?>/books/<?= $following ?>">next</a>
