#!/bin/sh
printf 'Location: /a%%2Fb\n\n'
