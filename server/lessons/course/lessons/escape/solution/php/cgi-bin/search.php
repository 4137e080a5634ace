<?php
// /cgi-bin/search.php?q=word looks for a word.
header('Content-Type: text/html; charset=utf-8');

$word = htmlspecialchars($_GET['q'] ?? '');
?>
<!doctype html><title>Search</title>
<form><input name="q" value="<?= $word ?>"><button>Search</button></form>
<p>Nothing found for <?= $word ?>.</p>
