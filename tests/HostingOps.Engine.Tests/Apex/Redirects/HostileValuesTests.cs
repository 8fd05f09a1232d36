using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Redirects;

/// <summary>Nothing that an inventory says becomes anything else in a configuration than what it was meant as.</summary>
public sealed class HostileValuesTests
{
    private static readonly string[] Fragments =
    [
        "\"", "'", "`", "{", "}", ";", "\n", "\r", "\r\n", "\t", "\0", " ", "\\", "\\n", "$host", "${host}", "{host}", "{env.HOME}", "#", "~", "*", "%0a", "..", "/", ":", "?",
        "\";}\nserver{", "} server { return 200;", ";include /etc/passwd;", "\u202E", "\u200F", "\u200D", "\uFEFF", "\u00AD", "\u0085", "\u2028", "\u0430", "\uFF1B", "\uFF5B",
        "\u3002", "\uFF0F", "\u2024", "\u037E", "ß", "é", "İ", "\uD800", "😀", "xn--", "-", "_", new string('a', 64), new string('b', 240), "www.", "default", "hostnames", "{domain}", "{siteDomain}",
    ];

    private sealed record Attempt(string Domain, string Alias, string Certificates, string AcmeRoot);

    private static Arbitrary<Attempt> Attempts { get; } = Gen.Choose(0, int.MaxValue).Select(static seed =>
    {
        var random = new Random(seed);
        var target = random.Next(5);
        return new Attempt(
            Spoiled(random, "acme.example", target is 0 or 4),
            Spoiled(random, "law.example", target is 1 or 4),
            Spoiled(random, "/etc/certs/{domain}", target is 2 or 4),
            Spoiled(random, "/var/www/acme", target is 3 or 4));
    }).ToArbitrary();

    [Fact]
    public void In_nginx_each_is_a_clear_error_or_exactly_the_words_that_were_meant()
    {
        var accepted = 0;
        var refused = 0;
        Prop.ForAll(Attempts, attempt =>
        {
            if (Written(WebServerFormat.Nginx, attempt, ServerListeners.Public(true)) is not { } text)
            {
                refused++;
                return;
            }

            accepted++;
            Assert.Equal(Meant(attempt), NginxSyntax.Parse(text).Select(static directive => directive.ToString()));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        Assert.True(accepted > 50 && refused > 50, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void In_Caddy_each_is_a_clear_error_or_exactly_the_words_that_were_meant()
    {
        var accepted = 0;
        Prop.ForAll(Attempts, attempt =>
        {
            if (Written(WebServerFormat.Caddy, attempt, null) is { } text)
            {
                accepted++;
                Assert.Equal(MeantForCaddy(attempt), CaddySyntax.Lines(text));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1500));
        Assert.True(accepted > 50, $"{accepted} accepted");
    }

    [SkippableTheory]
    [InlineData(WebServerFormat.Nginx, "nginx")]
    [InlineData(WebServerFormat.Caddy, "caddy")]
    public async Task The_real_server_takes_what_was_accepted(WebServerFormat format, string program)
    {
        RealPart.Require(program);
        var random = new Random(20261121);
        var asked = 0;
        while (asked < 12)
        {
            var attempt = new Attempt(
                Spoiled(random, "acme.example", true),
                Spoiled(random, "law.example", random.Next(2) == 0),
                Spoiled(random, "/etc/certs/{domain}", random.Next(4) == 0),
                Spoiled(random, "/var/www/acme", random.Next(4) == 0));
            if (Written(format, attempt, null) is null)
            {
                continue;
            }

            asked++;
            var test = await new ServerConfigTester(TimeProvider.System).TestAsync(format, Table(attempt), Settings(attempt), CancellationToken.None);
            Assert.True(test.Outcome == ServerConfigTestOutcome.Passed, $"{attempt}\n{test.Output}");
        }
    }

    private static string? Written(WebServerFormat format, Attempt attempt, ServerListeners? listeners)
    {
        try
        {
            return RedirectConfigs.Write(format, Table(attempt), Settings(attempt), listeners).Text;
        }
        catch (HostingException error)
        {
            Assert.Equal(ErrorIds.ApexRedirectInvalid, error.ErrorId);
            Assert.Contains(error.Target, new object[] { "acme", "apex.redirect.certificates", "apex.redirect.acmeRoot" });
            Assert.DoesNotContain(error.Message, char.IsControl);
            return null;
        }
    }

    private static ApexRedirectTable Table(Attempt attempt) => ApexSites.Table(ApexSites.Site("acme", attempt.Domain, attempt.Alias));

    private static ApexRedirectSettings Settings(Attempt attempt) => new() { Certificates = attempt.Certificates, AcmeRoot = attempt.AcmeRoot };

    private static string Folder(Attempt attempt, string host, string siteDomain) =>
        attempt.Certificates.Replace("{domain}", host, StringComparison.Ordinal).Replace("{siteDomain}", siteDomain, StringComparison.Ordinal);

    private static string Ascii(string domain) => new IdnMapping().GetAscii(domain).ToLowerInvariant().TrimEnd('.');

    // What a plain configuration has, with these names and paths in their places.
    private static IEnumerable<string> Meant(Attempt attempt)
    {
        var (domain, alias) = (Ascii(attempt.Domain), Ascii(attempt.Alias));
        var hosts = new[] { domain, alias }.Order(StringComparer.Ordinal).ToArray();
        var size = new MapHash[] { MapHash.For(2, hosts.Max(static host => host.Length)) }[0];
        var plain = NginxSyntax.Parse(NginxRedirectConfig.Write(ApexSites.Table(ApexSites.Site("x", "x.example")), ApexRedirectSettings.Default).Text);
        return plain.Select(directive => directive.Words switch
        {
            ["map_hash_max_size", ..] => $"<map_hash_max_size> <{size.MaxSize}>;",
            ["map_hash_bucket_size", ..] => $"<map_hash_bucket_size> <{size.BucketSize}>;",
            ["map", "$host", ..] => $"<map> <$host> <$hostingops_apex_target>{{<default> <>;{string.Concat(hosts.Select(host => $"<{host}> <www.{domain}>;"))}}}",
            ["map", "$ssl_server_name", ..] =>
                $"<map> <$ssl_server_name> <$hostingops_apex_certificate>{{<default> </nonexistent>;{string.Concat(hosts.Select(host => $"<{host}> <{Folder(attempt, host, domain)}>;"))}}}",
            _ => directive.ToString().Replace("</var/www/acme>", $"<{attempt.AcmeRoot}>", StringComparison.Ordinal),
        });
    }

    private static List<string> MeantForCaddy(Attempt attempt)
    {
        var (domain, alias) = (Ascii(attempt.Domain), Ascii(attempt.Alias));
        var hosts = new[] { domain, alias }.Order(StringComparer.Ordinal).ToArray();
        string[] head =
        [
            "<{>", "<auto_https> <off>", "<servers> <{>", "<strict_sni_host> <on>", "<protocols> <h1>", "<}>", "<}>",
            "<(hostingops_apex)> <{>", "<header> <-Server>", "<handle> </.well-known/acme-challenge/*> <{>",
            $"<root> <*> <{attempt.AcmeRoot}>", "<file_server>", "<}>", "<}>",
        ];
        string[] rest =
            ["<import> <hostingops_apex>", "<handle> <{>", $"<redir> <https://www.{domain}{{http.request.orig_uri}}> <301>", "<}>", "<}>"];
        var groups = hosts.GroupBy(host => Folder(attempt, host, domain), StringComparer.Ordinal).ToList();
        return
        [
            .. head,
            $"<http://{hosts[0]},> <http://{hosts[1]}> <{{>",
            .. rest,
            .. groups.SelectMany(group => new[]
            {
                string.Join(' ', group.Select((host, index) => $"<https://{host}{(index < group.Count() - 1 ? "," : "")}>")) + " <{>",
                $"<tls> <{group.Key}/fullchain.pem> <{group.Key}/privkey.pem>",
            }.Concat(rest)),
            "<http://> <{>", "<abort>", "<}>",
        ];
    }

    private static string Spoiled(Random random, string text, bool spoil)
    {
        for (var times = spoil ? random.Next(1, 3) : 0; times > 0; times--)
        {
            text = text.Insert(random.Next(text.Length + 1), Fragments[random.Next(Fragments.Length)]);
        }

        return text;
    }
}
