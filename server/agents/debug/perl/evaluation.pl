# A person's expression in the frame on top: a string eval in this package sees the lexical variables of the first
# frame that is not the debugger's. What it prints is no part of the response.
sub evaluate {
    my $frame;
    ($__expression, $frame) = @_;
    $__scope = "package $frame->{package};" . (is_utf8($frame) ? 'use utf8;' : '');
    ($__expression) = $__expression =~ /(.*)/s; # tainted no longer
    local *main::STDOUT;
    my $printed = '';
    open main::STDOUT, '>', \$printed;
    evaluate_here();
    $__error =~ s/ at \(eval [0-9]+\)(?:\[.*?\])? line [0-9]+\.?\n?\z//;
    return $printed;
}

# Whether the source has `use utf8` there.
sub is_utf8 { return $_[0]{hints} & 0x00800000 }

# Without variables of its own: the expression would see them.
sub evaluate_here {
    @__result = eval "no strict; no warnings; $__scope\n$__expression";
    $__error = $@;
}

sub holds {
    my ($condition, $frame) = @_;
    evaluate($condition, $frame);
    my $stops = $__error ne '' || $__result[0]; # one that cannot be evaluated stops, so that the person sees it
    @__result = ();
    return $stops;
}

# A log point's text: each second part is an expression.
sub filled {
    my ($message, $frame) = @_;
    my ($text, $is_expression) = ('', 0);
    for my $part (split /\0/, $message, -1) {
        evaluate($part, $frame) if $is_expression;
        my @parts = !$is_expression ? $part : $__error ne '' ? ("{$part: ", $__error, '}') : plain_text();
        $text .= join '', map { characters($_) } @parts;
        $is_expression = !$is_expression;
    }
    @__result = ();
    return substr $text, 0, $max_text;
}

sub plain_text {
    my $value = @__result > 1 ? [@__result] : $__result[0];
    return defined $value && !ref $value ? $value : (shown($value))[0];
}
