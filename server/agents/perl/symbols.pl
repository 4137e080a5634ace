# The symbols of packages: each with what its names stood for when the script was compiled.
my (@VARIABLES, @UNDEFINED);
my (@SCALARS, @TEXTS);        # Scalars without references, and what they hold: most of the variables.
# Globs, and the address of what each has of a kind, or 0: another address shows that `local`, an import or an
# assignment to the glob put something else there.
my (@CODE_GLOBS, @CODES, @FORMATS, %CODE_PACKAGES);
my (@SCALAR_GLOBS, @SCALAR_PLACES);
my (@FULL_GLOBS, @PARTS);     # [array, hash, handle, whether that is open].
my @BARE_GLOBS;               # Those that have none of these: most of them.
my @SCALARLESS_GLOBS;         # Subs without a variable of that name.
my $CODE_STATE = '';          # As code_state() was when they were put back.
my @RELEASED;
my %KEPT;                     # Address of a glob => [name, code, its other parts].

sub take_symbol {
    my $name = shift;
    no strict 'refs';
    my $is_cgi = $name =~ /^CGI::/;
    return if $SETTING{globals} eq 'keep' and !$is_cgi;
    my $glob = \*$name;
    my @slots = $is_cgi ? ('SCALAR', $name =~ /^CGI::QUERY_/ ? ('ARRAY', 'HASH') : ()) : qw(SCALAR ARRAY HASH);
    my @variables = $name =~ /::EXPORT(?:_\w+)?\z/ ? () : take_variables($glob, @slots);
    my $code = *$glob{CODE};
    $KEPT{0 + $glob} = [$name, $code, map { $_->[1] } @variables];
    return if $is_cgi;
    push @CODE_GLOBS, $glob;
    push @CODES, defined &$name ? 0 + $code : 0;
    push @FORMATS, 0 + (*$glob{FORMAT} // 0);
    $CODE_PACKAGES{B::svref_2object($glob)->STASH->NAME} = 1;
    # A sub that was imported, or that perl has made in the name of the script's file, as UNIVERSAL::can: it may be
    # replaced, but has no variables beside it.
    return if defined &$name and !@variables and !*$glob{IO} and !is_own_sub($code);
    if ($code and !has_scalar($glob)) { push @SCALARLESS_GLOBS, $glob } else { watch_scalar($glob) }
    my @others = map { *$glob{$_} } qw(ARRAY HASH IO);
    push @{$KEPT{0 + $glob}}, grep { defined } @others, *$glob{FORMAT};
    if (!grep { defined } @others) { push @BARE_GLOBS, $glob; return }
    push @FULL_GLOBS, $glob;
    push @PARTS, [map({ 0 + ($_ // 0) } @others), $others[2] && defined fileno *$glob];
}

sub watch_scalar {
    my $glob = shift;
    push @UNDEFINED, *$glob{SCALAR} unless has_scalar($glob);
    push @{$KEPT{0 + $glob}}, *$glob{SCALAR};
    push @SCALAR_GLOBS, $glob;
    push @SCALAR_PLACES, 0 + *$glob{SCALAR};
}

# `*x{SCALAR}` makes one.
sub has_scalar { return !B::svref_2object($_[0])->SV->isa('B::SPECIAL') }

# Those of a glob that are there and may change, as keep() has them.
sub take_variables {
    my ($glob, @slots) = @_;
    my @variables = map { keep(*$glob{$_}) } grep { $_ eq 'SCALAR' ? has_scalar($glob) : defined *$glob{$_} } @slots;
    @variables = grep { $_->[0] =~ /^(?:ARRAY|HASH)$/ || !Internals::SvREADONLY(${$_->[1]}) } @variables;
    for my $kept (@variables) {
        my ($type, $variable, $value) = @$kept;
        if ($type =~ /^(?:ARRAY|HASH)$/ or ref $value) { push @VARIABLES, $kept }
        elsif (defined $value) { push @SCALARS, $variable; push @TEXTS, $value }
        else { push @UNDEFINED, $variable }
    }
    return @variables;
}

sub take_special {
    no strict 'refs';
    take_variables(\*{"main::$_[0]"}, @{$SPECIAL{$_[0]}}) unless $SETTING{globals} eq 'keep';
}

sub put_back_variables {
    put_back($_) for @VARIABLES;
    for my $variable (@UNDEFINED) {
        untie $$variable if defined tied $$variable;
        undef $$variable if defined $$variable;
    }
    my $at = 0;
    for my $variable (@SCALARS) {
        untie $$variable if defined tied $$variable;
        $$variable = $TEXTS[$at++];
    }
}

sub put_back_symbols {
    put_back_subs() if code_state() ne $CODE_STATE;
    my $at = 0;
    for my $glob (@SCALAR_GLOBS) { put_back_symbol($glob) if *$glob{SCALAR} != $SCALAR_PLACES[$at]; $at++ }
    for my $glob (@BARE_GLOBS) { put_back_symbol($glob) if *$glob{ARRAY} || *$glob{HASH} || *$glob{IO} }
    $at = 0;
    for my $glob (@FULL_GLOBS) {
        my ($array, $hash, $handle, $is_open) = @{$PARTS[$at++]};
        my $is = *$glob{IO} // 0;
        put_back_symbol($glob)
            if $is != $handle or (*$glob{ARRAY} // 0) != $array or (*$glob{HASH} // 0) != $hash;
        close_handle($glob) if $handle and !$is_open;
    }
    release_symbols(splice @RELEASED) if @RELEASED;
}

# To see in one comparison that nothing has changed: perl counts the changes of each package's subs.
sub code_state { return join ' ', B::sub_generation(), map { mro::get_pkg_gen($_) } sort keys %CODE_PACKAGES }

sub put_back_subs {
    my $at = 0;
    for my $glob (@CODE_GLOBS) {
        put_back_sub($glob, $CODES[$at]) if (*$glob{CODE} // 0) != $CODES[$at];
        put_back_symbol($glob) if (*$glob{FORMAT} // 0) != $FORMATS[$at];
        $at++;
    }
    $CODE_STATE = code_state();
}

sub close_handle {
    my $glob = shift;
    untie *$glob if defined tied *$glob;
    if (defined fileno *$glob) { close *$glob } else { closedir *$glob }
}

# A sub that was declared may have got its body: from the script, or from a library that loads its subs late.
sub put_back_sub {
    my ($glob, $is_defined) = @_;
    my ($name, $code) = @{$KEPT{0 + $glob}};
    my $is = *$glob{CODE};
    if ($is and $code and $is == $code) { undef &$code if defined &$code and is_own_sub($code) }
    elsif ($is_defined) { assign($glob, $code) }
    elsif ($is and is_library_sub($is, $name)) { push @RELEASED, 0 + $glob }
    else { put_back_symbol($glob) }
}

# The glob gets new parts, or those it had: what lies there may be a library's, and nothing is emptied in it.
sub put_back_symbol {
    my $glob = shift;
    my ($name, @parts) = @{$KEPT{0 + $glob}};
    undef *$glob;
    assign($glob, $_) for grep { defined } @parts;
}

# From another package, perl would take a sub as imported, in the place of its own function of that name.
sub assign { package main; *{$_[0]} = $_[1] }
