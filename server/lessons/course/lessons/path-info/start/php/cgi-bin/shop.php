<?php
// A shop with a page for each book.
header('Content-Type: text/html; charset=utf-8');

$number = (int) ($_GET['id'] ?? 0);
$following = $number + 1;
?>
<!doctype html><title>Shop</title>
<p>Book <?= $number ?>.
<a href="/cgi-bin/shop.php?id=<?= $following ?>">next</a>
