<?php
header('Content-Type: text/plain; charset=utf-8');
print count($_POST);
