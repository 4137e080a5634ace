<?php
// /cgi-bin/dot.php?color=3366cc is a picture of one dot.
$color = hex2bin($_GET['color'] ?? '000000');
$size = pack('V4V2v2V2V2V2', 58, 0, 54, 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0);
$bmp = 'BM' . $size . strrev($color) . "\0";
header('Content-Type: image/bmp');

echo $bmp;
