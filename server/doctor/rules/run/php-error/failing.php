<?php
header("Content-Type: text/plain");
nothing_like_this();
