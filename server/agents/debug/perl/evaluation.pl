# A person's expression in the frame on top: a string eval in this package sees the lexical variables of the first
# frame that is not the debugger's. What it prints is no part of the response.
sub evaluate {
    ($__expression, $__package) = @_;
    ($__expression) = $__expression =~ /(.*)/s; # tainted no longer
    local *main::STDOUT;
    my $printed = '';
    open main::STDOUT, '>', \$printed;
    evaluate_here();
    $__error =~ s/ at \(eval [0-9]+\)(?:\[.*?\])? line [0-9]+\.?\n?\z//;
    return $printed;
}

# Without variables of its own: the expression would see them.
sub evaluate_here {
    @__result = eval "no strict; no warnings; package $__package;\n$__expression";
    $__error = $@;
}

sub holds {
    my ($condition, $package) = @_;
    evaluate($condition, $package);
    my $stops = $__error ne '' || $__result[0]; # one that cannot be evaluated stops, so that the person sees it
    @__result = ();
    return $stops;
}

# A log point's text: what is in braces is evaluated.
sub filled {
    my ($text, $package) = @_;
    $text =~ s/\{([^{}]*)\}/my $of = $1; evaluate($of, $package); $__error ne '' ? "{$of: $__error}" : plain_text()/ge;
    @__result = ();
    return substr $text, 0, $max_text;
}

sub plain_text {
    my $value = @__result > 1 ? [@__result] : $__result[0];
    return defined $value && !ref $value ? $value : (shown($value))[0];
}
