# What came while the script ran: files that it loaded, and new symbols. A file below the script's folder is loaded
# again when the script asks for it, and so is one that has no package of its own; a library's stays.
my (%LOADED, @PATHS);
my %IS_LOADED_ANEW;           # Name in %INC => true.
my %EXAMINED;                 # Path of such a file => its size and date.
my $PACKAGE = qr/\bpackage\s+([A-Za-z_]\w*(?:::\w+)*)/;

sub take_loaded { %LOADED = %INC; @PATHS = @INC }

sub put_back_loaded {
    @INC = @PATHS;
    return if keys %INC == keys %LOADED;
    for my $file (grep { !exists $LOADED{$_} } keys %INC) {
        if ($IS_LOADED_ANEW{$file} or is_own_file($INC{$file} // '')) { delete $INC{$file} }
        else { $LOADED{$file} = $INC{$file} }
    }
}

# The packages of what was loaded, before symbols are put back.
sub adopt_loaded {
    return if keys %INC == keys %LOADED;
    my @files = grep { !exists $LOADED{$_} && defined $INC{$_} } sort keys %INC;
    @files = grep { $_ eq 'CGI.pm' } @files if $SETTING{globals} eq 'keep';
    adopt_file($_, $INC{$_}) for @files;
    $CODE_STATE = '';             # It tells nothing of formats.
    # Only code that is compiled now can name such variables.
    for my $glob (splice @SCALARLESS_GLOBS) {
        assign($glob, \my $none);
        push @UNDEFINED, *$glob{SCALAR};
        watch_scalar($glob);
    }
}

sub adopt_file {
    my ($file, $path) = @_;
    my $is_own = is_own_file($path);
    return adopt_cgi() if $file eq 'CGI.pm' and !$is_own;
    my ($text, $facts) = ('', '');
    if (!ref $path) {             # Or a hook in @INC has its text.
        my ($found) = grep { -e } $path =~ m{^/} ? $path : ("$FOLDER/$path", $path);
        $facts = join ' ', (stat $found)[7, 9] if defined $found;
        return if defined $EXAMINED{$path} and $EXAMINED{$path} eq $facts;
        $text = code_of(defined $found ? text_of($found) // '' : '');
    }
    # Nobody knows what it has: the process ends.
    die "$file cannot be loaded again\n" if $is_own and !ref $path && $text eq '' || $file eq 'CGI.pm';
    my @declared = $text =~ /$PACKAGE/g;
    return adopt_library(@declared) unless $is_own or !@declared and $text ne '' and $file !~ m{^(?:unicore/|Config_)};
    $IS_LOADED_ANEW{$file} = 1;
    $EXAMINED{$path} = $facts;
    push @declared, $1 =~ s{/}{::}gr if $file =~ /^(\w.*)\.pm\z/;
    $IS_OWN_PACKAGE{$_} = 1 for grep { !is_library($_) } @declared;
    my @named = map { ($_, s/::\w+\z//r) } $text =~ /\b([A-Za-z_]\w*(?:::\w+)+)/g;
    $SYMBOLS{$_} //= -1 for grep { has_package($_) } @declared, @named;
}

# The script was the first to name some of it.
sub adopt_library {
    my %is_its = map { $_ => 1 } grep { !$IS_OWN_PACKAGE{$_} } @_;
    no strict 'refs';
    my @symbols = grep { $KEPT{$_}[0] =~ /^(.*)::/ && $is_its{$1} } keys %KEPT;
    @symbols = grep { !is_of_own_file(*{$KEPT{$_}[0]}{CODE}) } @symbols;
    release_symbols(@symbols) if @symbols;
}

# By the address of their globs. They are a library's from now on: what is there stays.
sub release_symbols {
    my %gone = map { 0 + $_ => 1 } map { ($_, grep { ref } @{$KEPT{$_}}) } @_;
    for my $lists (
        [\@CODE_GLOBS, \@CODES, \@FORMATS], [\@SCALAR_GLOBS, \@SCALAR_PLACES], [\@SCALARLESS_GLOBS], [\@BARE_GLOBS],
        [\@FULL_GLOBS, \@PARTS], [\@SCALARS, \@TEXTS], [\@UNDEFINED],
    ) {
        my $globs = $lists->[0];
        my @stay = grep { !$gone{0 + $globs->[$_]} } 0 .. $#$globs;
        for my $list (@$lists) { @$list = @$list[@stay] }
    }
    @VARIABLES = grep { !$gone{0 + $_->[1]} } @VARIABLES;
}

# CGI as it is when it was just loaded. From now on, it is as if it had been there when the script was compiled.
sub adopt_cgi {
    no strict 'refs';
    CGI::initialize_globals();
    my %first = (
        POST_MAX => -1, DISABLE_UPLOADS => 0, UNLINK_TMP_FILES => 1, LIST_CONTEXT_WARN => 1, COOKIE_CACHE => 0,
        ALLOW_DELETE_CONTENT => 0,
    );
    for my $name (keys %first) { ${"CGI::$name"} = $first{$name} if defined ${"CGI::$name"} }
    my $entities = ${'CGI::ENCODE_ENTITIES'} // '';
    die "CGI does not have its own entities\n" if $entities !~ /\A(?:&<>"(?:\\x8b\\x9b)?')?\z/;
    my @symbols = grep { $KEPT{$_}[0] =~ /^CGI::\w+\z/ } keys %KEPT;
    delete $GLOBAL{$KEPT{$_}[0]} for @symbols;
    release_symbols(@symbols);
    take_package('CGI');
}

# The names are free again. What they named is not emptied: it may be a library's that was imported.
sub drop_new_symbols {
    my $package = shift;
    no strict 'refs';
    my $stash = \%{"${package}::"};
    my $is_own = $IS_OWN_PACKAGE{$package} && !is_library($package);
    for my $symbol (grep { !is_left_alone($package, $_) && !$GLOBAL{"${package}::$_"} } keys %$stash) {
        next if $package eq 'CGI';
        my $name = "${package}::$symbol";
        if (ref \$stash->{$symbol} ne 'GLOB') {
            my $code = ref $stash->{$symbol} eq 'CODE' && B::svref_2object($stash->{$symbol});
            delete $stash->{$symbol} if $is_own or $code and is_file_loaded($code->FILE);
            next;
        }
        next unless $is_own or is_file_loaded(B::svref_2object(\*$name)->FILE);
        $GLOBAL{$name} = 1;
        unless (defined &$name and is_library_sub(\&$name, $name)) {
            undef *$name;         # It stays as a name: compiled code may refer to it.
            ${*$name{SCALAR}} = undef;
        }
        take_symbol($name);
    }
    mro::method_changed_in($package);
    $SYMBOLS{$package} = keys %$stash;
}
