# Package variables, file handles, subs and loaded files between two runs: those of the script's packages, of modules
# below its folder, and of CGI, which keeps the request's parameters.
my %GLOBAL;                   # Name => true: what was there when the script was compiled.
my %SYMBOLS;                  # Package => number of its symbols.
my %IS_OWN_PACKAGE;           # Of the script, and of files that are loaded again for each request.
my $NOT_OURS = qr/::\z|\A\W|\A\d|\A_<|\A__ANON__\z/;
# perl's own in the main package, with what else of that name the script may use.
my %SPECIAL = (
    ENV => ['SCALAR', 'ARRAY'], SIG => ['SCALAR', 'ARRAY'], INC => ['SCALAR'], _ => ['HASH'],
    map { $_ => ['SCALAR', 'ARRAY', 'HASH'] } qw(ARGV ARGVOUT STDIN STDOUT STDERR stdin stdout stderr),
);

sub own_packages {
    my @found = keys %IS_OWN_PACKAGE ? sort keys %IS_OWN_PACKAGE : ('main', script_packages(), dropped_packages());
    return (@found, $INC{'CGI.pm'} ? 'CGI' : ());
}

sub take_globals {
    my @packages = own_packages();
    %IS_OWN_PACKAGE = map { $_ => 1 } grep { $_ ne 'CGI' } @packages;
    take_package($_) for @packages;
    take_special($_) for sort keys %SPECIAL;
    take_named_packages('main');
    take_constants(sort keys %IS_OWN_PACKAGE);
    take_loaded();
}

sub take_package {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    for my $symbol (keys %$stash) {
        next if is_left_alone($package, $symbol) or $GLOBAL{"${package}::$symbol"}++;
        take_symbol("${package}::$symbol") if ref \$stash->{$symbol} eq 'GLOB';
    }
    $SYMBOLS{$package} = keys %$stash;
}

sub is_left_alone { return $_[1] =~ $NOT_OURS || $_[0] eq 'main' && $SPECIAL{$_[1]} }

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
            next if $file !~ m{^/} or $file eq $SETTING{agent} or !is_own_file($file);
            $GLOBAL{$name} = 1;
            take_symbol($name);
        }
    }
}

sub put_back_globals {
    adopt_loaded();
    put_back_symbols();
    put_back_variables();
    put_back_constants();
    no strict 'refs';
    drop_new_symbols($_) for grep { $SETTING{globals} ne 'keep' && keys %{"${_}::"} != $SYMBOLS{$_} } keys %SYMBOLS;
    put_back_loaded();
}
