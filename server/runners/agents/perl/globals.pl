# Package variables, file handles, subs and loaded files between two runs: those of the script's packages, of modules
# below its folder, and of CGI, which keeps the request's parameters.
my %GLOBAL;                   # Name => glob: what was there when the script was compiled.
my (@VARIABLES, @UNDEFINED, @WITHOUT_ARRAY, @WITHOUT_HASH, @CLOSED);
my (@SCALARS, @TEXTS);        # Scalars without references, and what they hold: most of the variables.
my (@SUB_GLOBS, @ADDRESSES, @SUBS);     # Globs, the address of the sub each had or 0, and [name, sub].
my %SYMBOLS;                  # Package => number of its symbols.
my (%LOADED, @PATHS);
my $HANDLES = qr/ARGV|ARGVOUT|STDIN|STDOUT|STDERR|stdin|stdout|stderr|DATA/;
my $NOT_OURS = qr/::\z|\A\W|\A\d|\A_<|\A(?:ENV|INC|SIG|$HANDLES|_|BEGIN|END|INIT|CHECK|UNITCHECK|__ANON__)\z/;

sub own_packages {
    return ('main', script_packages(), dropped_packages(), $INC{'CGI.pm'} ? 'CGI' : ());
}

sub take_globals {
    take_package($_) for own_packages();
    take_named_packages('main');
    %LOADED = %INC;
    @PATHS = @INC;
}

sub take_package {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (keys %$stash) {
        next if $symbol =~ $NOT_OURS or ref \$stash->{$symbol} ne 'GLOB' or $GLOBAL{"${package}::$symbol"};
        $GLOBAL{"${package}::$symbol"} = take_symbol("${package}::$symbol");
    }
    $SYMBOLS{$package} = keys %$stash;
}

# Variables of other packages that the script was the first to name.
sub take_named_packages {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (keys %$stash) {
        my $name = $package eq 'main' ? $symbol : "${package}::$symbol";
        if ($symbol =~ /\A(\w+)::\z/) {
            my $below = $package eq 'main' ? $1 : "${package}::$1";
            take_named_packages($below) if $below !~ /\A(?:main|CORE|CGIWorkbenchAgent|B)\z/;
        }
        elsif ($package ne 'main' and $symbol !~ $NOT_OURS and ref \$stash->{$symbol} eq 'GLOB' and !$GLOBAL{$name}) {
            my $file = B::svref_2object(\*$name)->FILE // '';
            $GLOBAL{$name} = take_symbol($name, 1) if $file =~ m{^/} and $file ne $SETTING{agent} and is_own_file($file);
        }
    }
}

sub take_symbol {
    my ($name, $is_others) = @_;
    no strict 'refs';
    return \*$name if $SETTING{globals} eq 'keep' and $name !~ /^CGI::/;
    my $has_scalar = !B::svref_2object(\*$name)->SV->isa('B::SPECIAL');
    my @slots = grep { defined *$name{$_} } $has_scalar ? 'SCALAR' : (), 'ARRAY', 'HASH';
    @slots = grep { $_ eq 'SCALAR' || $name =~ /^CGI::QUERY_/ } @slots if $name =~ /^CGI::/;
    my @variables = $name =~ /::EXPORT(?:_\w+)?\z/ ? () : map { keep(*$name{$_}) } @slots;
    @variables = grep { $_->[0] =~ /^(?:ARRAY|HASH)$/ || !Internals::SvREADONLY(${$_->[1]}) } @variables;
    for my $kept (@variables) {
        my ($type, $variable, $value) = @$kept;
        if ($type ne 'SCALAR' or ref $value) { push @VARIABLES, $kept }
        elsif (defined $value) { push @SCALARS, $variable; push @TEXTS, $value }
        else { push @UNDEFINED, $variable }
    }
    my $code = defined &$name ? \&$name : undef;
    my $glob = \*$name;
    # A library's sub that the script imported has no variables beside it, and is not replaced.
    return $glob if $name =~ /^CGI::/ or $code and !@variables and !is_own_file(B::svref_2object($code)->FILE // '/');
    push @SUB_GLOBS, $glob;
    push @ADDRESSES, $code ? 0 + $code : 0;
    push @SUBS, [$name, $code];
    # Perl makes its own subs, as UNIVERSAL::can, in the name of the script's file. They may be replaced.
    return $glob if $is_others and $code and !@variables and B::svref_2object($code)->XSUB;
    push @WITHOUT_ARRAY, $glob unless *$name{ARRAY};
    push @WITHOUT_HASH, $glob unless *$name{HASH};
    push @CLOSED, $glob unless *$name{IO} and defined fileno *$name;
    return $glob;
}

sub put_back_globals {
    put_back($_) for @VARIABLES;
    for my $variable (@UNDEFINED) {
        untie $$variable if tied $$variable;
        undef $$variable if defined $$variable;
    }
    my $at = 0;
    for my $variable (@SCALARS) {
        untie $$variable if tied $$variable;
        $$variable = $TEXTS[$at++];
    }
    for my $glob (@WITHOUT_ARRAY) { put_back(['ARRAY', *$glob{ARRAY}, []]) if *$glob{ARRAY} }
    for my $glob (@WITHOUT_HASH) { put_back(['HASH', *$glob{HASH}, {}]) if *$glob{HASH} }
    for my $glob (@CLOSED) { close_handle($glob) if *$glob{IO} }
    $at = 0;
    for my $glob (@SUB_GLOBS) {
        put_back_sub(@{$SUBS[$at]}) if (*$glob{CODE} // 0) != $ADDRESSES[$at];
        $at++;
    }
    no strict 'refs';
    drop_new_symbols($_) for grep { $SETTING{globals} ne 'keep' && keys %{"${_}::"} != $SYMBOLS{$_} } keys %SYMBOLS;
    put_back_loaded();
}

sub close_handle {
    my $glob = shift;
    untie *$glob if tied *$glob;
    if (defined fileno *$glob) { close *$glob } else { closedir *$glob }
}

sub put_back_sub {
    my ($name, $code) = @_;
    no strict 'refs';
    if (!defined &$name) { *$name = $code if $code }
    elsif (!$code) { undef &$name }
    elsif (\&$name != $code) { *$name = $code }
}

# They stay as names: compiled code may refer to them.
sub drop_new_symbols {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (grep { $_ !~ $NOT_OURS && !$GLOBAL{"${package}::$_"} } keys %$stash) {
        next if $package eq 'CGI' or ref \$stash->{$symbol} ne 'GLOB';
        my $name = "${package}::$symbol";
        close_handle(\*$name) if *$name{IO};
        undef $$name unless Internals::SvREADONLY($$name);
        @$name = () if *$name{ARRAY};
        %$name = () if *$name{HASH};
        undef &$name if defined &$name;
        $GLOBAL{$name} = take_symbol($name);
    }
    $SYMBOLS{$package} = keys %$stash;
}

# A file below the script's folder is loaded again when the script asks for it; a library's stays.
sub put_back_loaded {
    @INC = @PATHS;
    return if keys %INC == keys %LOADED;
    for my $file (grep { !exists $LOADED{$_} } keys %INC) {
        if (is_own_file($INC{$file} // '')) { delete $INC{$file} } else { $LOADED{$file} = $INC{$file} }
    }
}
