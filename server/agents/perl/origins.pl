# Whose a file, a package, a sub is: the script's, with what is loaded again for each request, or a library's.

# Without comments, documentation and data.
sub code_of {
    my $text = shift;
    $text =~ s/^__(?:END|DATA)__$.*//ms;
    $text =~ s/^=[a-zA-Z].*?(?:^=cut\b|\z)//gms;
    return $text =~ s/^\s*#.*//gmr;
}

sub is_library {
    my $file = $INC{$_[0] =~ s{::}{/}gr . '.pm'};
    return defined $file && !is_own_file($file);
}

sub has_package {
    my $stash = \%main::;
    for my $part (map { "${_}::" } split /::/, $_[0]) {
        return 0 if !exists $stash->{$part} or ref \$stash->{$part} ne 'GLOB';
        $stash = *{$stash->{$part}}{HASH} or return 0;
    }
    return $_[0] !~ /^(?:CGIWorkbenchAgent|CGI|CORE|main)\z/;
}

# Compiled in a package of the script, and in a file of its own.
sub is_own_sub {
    my $stash = B::svref_2object($_[0])->STASH;
    return $stash->isa('B::HV') && $IS_OWN_PACKAGE{$stash->NAME} && is_of_own_file($_[0]);
}

# A library has defined it by that name, once.
sub is_library_sub {
    my ($code, $name) = (B::svref_2object($_[0]), $_[1]);
    return 0 if is_of_own_file($_[0]) or !$code->GV->isa('B::GV');
    return $code->GV->STASH->NAME . '::' . $code->GV->NAME eq $name;
}

sub is_of_own_file {
    my $code = B::svref_2object($_[0] // return 0);
    return !$code->XSUB && (is_own_file($code->FILE // '/') || is_file_loaded($code->FILE));
}

# A relative name may be that of a C file. What a hook in @INC made has a name of perl's, and is loaded again.
sub is_file_loaded {
    my $file = shift // return 0;
    return 1 if exists $EXAMINED{$file} or $file =~ m{^/loader/0x} and $SETTING{modules} eq 'drop';
    return $file =~ m{^/} && $file ne $SETTING{agent} && is_own_file($file);
}
