# Mode "handler", the request object: names of mod_perl, the small part that a sub needs.
package CGIWorkbenchAgent::HandlerRequest {
    sub new {
        my ($class, $environment, $path_info) = @_;
        my %variable = map { $_ => $environment->{$_} } grep { !/\./ } keys %$environment;
        my %header;
        for my $name (grep { /\A(?:HTTP_|CONTENT_(?:TYPE|LENGTH)\z)/ } keys %variable) {
            my $field = join '-', map { ucfirst lc } split /_/, $name =~ s/\AHTTP_//r;
            $header{$field} = $variable{$name};
        }
        return bless {
            environment => $environment, path_info => $path_info, subprocess_env => \%variable,
            headers_in => \%header, headers_out => {}, status => 200, content_type => undef, out => '',
        }, $class;
    }

    sub method { return $_[0]{environment}{REQUEST_METHOD} }
    sub uri { return $_[0]{environment}{SCRIPT_NAME} . $_[0]{environment}{PATH_INFO} }
    sub args { return $_[0]{environment}{QUERY_STRING} }
    sub filename { return $_[0]{environment}{SCRIPT_FILENAME} // '' }
    sub path_info { return $_[0]{path_info} }
    sub subprocess_env { return @_ > 1 ? $_[0]{subprocess_env}{$_[1]} : $_[0]{subprocess_env} }
    sub headers_in { return $_[0]{headers_in} }
    sub headers_out { return $_[0]{headers_out} }
    sub status { $_[0]{status} = $_[1] if @_ > 1; return $_[0]{status} }
    sub content_type { $_[0]{content_type} = $_[1] if @_ > 1; return $_[0]{content_type} }
    sub log_error { print STDERR "$_[1]\n"; return }
    sub read { return $_[0]{environment}{'psgi.input'}->read($_[1], $_[2], $_[3] // 0) }

    # Kept until the sub has returned. Characters are encoded, bytes are what they are.
    sub print {
        my ($self, @parts) = @_;
        for my $part (map { $_ // '' } @parts) {
            utf8::encode($part) if utf8::is_utf8($part);
            $self->{out} .= $part;
        }
        return 1;
    }

    # Fields of the query and of a form in the body, name => [values].
    sub form {
        my $self = shift;
        return $self->{form} if $self->{form};
        my $text = $self->args;
        if (($self->{headers_in}{'Content-Type'} // '') =~ m{\A\s*application/x-www-form-urlencoded\s*(?:;|\z)}i) {
            my $input = $self->{environment}{'psgi.input'};
            my $body = do { local $/; readline $input };
            $text .= "&$body" if defined $body;
        }
        my %form;
        for my $pair (grep { length } split /&/, $text) {
            my ($name, $value) = map { decoded($_) } split(/=/, $pair, 2), '';
            push @{$form{$name}}, $value;
        }
        return $self->{form} = \%form;
    }
    sub decoded { my $text = $_[0] =~ tr/+/ /r; $text =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ge; return $text }

    sub refuse {
        my ($self, $status, $text) = @_;
        @$self{qw(status content_type)} = ($status, undef);
        $self->{out} = join(' ', $status, $REASON{$status} // ()) . "\n" . (defined $text ? "\n$text\n" : '');
        return $self->answer;
    }

    sub answer {
        my $self = shift;
        my %header = %{$self->{headers_out}};
        if (!grep { /\A(?:content-type|location)\z/i } keys %header) {
            my $is_page = $self->{out} =~ /\A\s*<(?:!doctype )?html/i;
            my $kind = $is_page ? 'text/html' : 'text/plain';
            $header{'Content-Type'} = $self->{content_type} // "$kind; charset=utf-8";
        }
        my @lines;
        for my $name (sort keys %header) {
            push @lines, $name => $_ for ref $header{$name} ? @{$header{$name}} : $header{$name};
        }
        return [$self->{status}, \@lines, [$self->{out}]];
    }
}
