# Mode "handler": subs of the file, called by name. /sum?a=1&b=2 calls sum($req, a => 1, b => 2); in small what handlers
# of mod_perl were. The subs are behind a PSGI application, so that requests and responses are those of mode "psgi".
my %PUBLISHED_BY = ('$req' => 1, '$r' => 1);    # The first variable of a sub that requests may call.

# False: the file defines no such sub.
sub handler_application {
    my %sub = map { published($_) } 'main', script_packages();
    return undef unless %sub;
    return sub {
        my $environment = shift;
        my ($name, $rest) = chosen(\%sub, $environment->{PATH_INFO});
        my $req = CGIWorkbenchAgent::HandlerRequest->new($environment, $rest);
        return $req->refuse(404, "There is no function for the path \"$environment->{PATH_INFO}\".") unless $name;
        my %form = %{$req->form};
        my $result = $sub{$name}->($req, map { $_ => @{$form{$_}} > 1 ? $form{$_} : $form{$_}[0] } sort keys %form);
        if ($name eq 'handler') {
            $req->status($result) if $result;
            return $req->refuse($req->status) if $req->status >= 400 and $req->{out} eq '';
        }
        elsif (defined $result) { $req->print($result) }
        return $req->answer;
    };
}

# Of a package: what the file itself defines, neither private nor constant.
sub published {
    my $package = shift;
    require B;
    no strict 'refs';
    my @names = grep { !/\A_/ && /\A\w+\z/ && defined &{"${package}::$_"} } keys %{"${package}::"};
    return map { $_ => \&{"${package}::$_"} } grep { is_published(\&{"${package}::$_"}) } sort @names;
}

sub is_published {
    my $code = B::svref_2object($_[0]);
    return 0 if $code->XSUB or $code->FILE ne $SETTING{script} or !$code->PADLIST->can('ARRAYelt');
    my $names = $code->PADLIST->ARRAYelt(0);
    for my $at (1 .. $names->MAX) {
        my $name = $names->ARRAYelt($at);
        next if !$name->can('PV') or $name->FLAGS & 1;    # Of a place around it.
        my $text = $name->PV // '';
        return $PUBLISHED_BY{$text} // 0 if length $text > 1;
    }
    return 0;
}

# The name of the sub, and the path behind it: `index` without a name, `handler` for every other path.
sub chosen {
    my ($sub, $path) = @_;
    my ($first, $rest) = $path =~ m{\A/([^/]*)(.*)\z}s ? ($1, $2) : ('', '');
    return ($first, $rest) if $first ne '' and $first ne 'handler' and $sub->{$first};
    return ('index', $path) if $first eq '' and $sub->{index};
    return $sub->{handler} ? ('handler', $path) : (undef, $path);
}
