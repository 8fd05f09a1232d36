using System.Globalization;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;
using static HostingOps.Engine.Tests.Apex.Redirects.ApexSites;

namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class NginxRedirectConfigTests
{
    private static readonly ApexRedirectSettings BuiltIn = ApexRedirectSettings.Default;

    [Fact]
    public void One_server_answers_for_all_names_with_two_maps_hashed_by_host()
    {
        var directives = Parsed(Acme(), BuiltIn);

        Assert.Equal(
            [
                "<map_hash_max_size> <2048>;",
                "<map_hash_bucket_size> <256>;",
                "<map> <$host> <$hostingops_apex_target>{<default> <>;<acme-legal.example> <www.acme-legal.example>;"
                + "<acmelaw.example> <www.acme-legal.example>;<bakery.example> <www.bakery.example>;}",
                "<map> <$ssl_server_name> <$hostingops_apex_certificate>{<default> </nonexistent>;<acme-legal.example> </etc/letsencrypt/live/acme-legal.example>;"
                + "<acmelaw.example> </etc/letsencrypt/live/acmelaw.example>;<bakery.example> </etc/letsencrypt/live/bakery.example>;}",
                "<map> <$https:$ssl_server_name:$host> <$hostingops_apex_misdirected>{<default> <1>;<~^:> <>;<~*^on:([^:]+):\\1$> <>;}",
                "<server>{<listen> <80>;<listen> <[::]:80>;<listen> <443> <ssl>;<listen> <[::]:443> <ssl>;<server_name> <> <~^>;<server_tokens> <off>;<access_log> <off>;"
                + "<ssl_certificate> <$hostingops_apex_certificate/fullchain.pem>;<ssl_certificate_key> <$hostingops_apex_certificate/privkey.pem>;"
                + "<ssl_protocols> <TLSv1.2> <TLSv1.3>;<if> <($hostingops_apex_misdirected)>{<return> <421>;}<if> <($hostingops_apex_target> <=> <> <)>{<return> <444>;}"
                + "<if> <($request_uri> <!~> <^[/?]> <)>{<return> <400>;}"
                + "<location> <^~> </.well-known/acme-challenge/>{<root> </var/www/acme>;<default_type> <text/plain>;<try_files> <$uri> <=404>;}"
                + "<location> </>{<return> <301> <https://$hostingops_apex_target$request_uri>;}}",
            ],
            directives.Select(static directive => directive.ToString()));
    }

    [Fact]
    public void Every_setting_has_its_effect()
    {
        var text = NginxRedirectConfig.Write(Acme(), new ApexRedirectSettings
        {
            Certificates = "/certs/{siteDomain}/of/{domain}",
            AcmeRoot = "/srv/acme",
            Hsts = TimeSpan.FromDays(365),
            HstsIncludeSubDomains = true,
            AccessLog = true,
            Ipv6 = false,
            Status = 308,
        }).Text;

        Assert.Contains("    acmelaw.example \"/certs/acme-legal.example/of/acmelaw.example\";\n", text, StringComparison.Ordinal);
        Assert.Contains("        root \"/srv/acme\";\n", text, StringComparison.Ordinal);
        Assert.Contains("    on \"max-age=31536000; includeSubDomains\";\n", text, StringComparison.Ordinal);
        Assert.Contains("    add_header Strict-Transport-Security $hostingops_apex_hsts;\n", text, StringComparison.Ordinal);
        Assert.Contains("        return 308 \"https://", text, StringComparison.Ordinal);
        Assert.DoesNotContain("access_log", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[::]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hsts", NginxRedirectConfig.Write(Acme(), BuiltIn).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture_and_from_every_order_of_sites()
    {
        var sites = Many(400);
        var expected = NginxRedirectConfig.Write(Table([.. sites]), BuiltIn);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in new[] { "de-DE", "tr-TR", "ar-SA", "th-TH" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
                Assert.Equal(expected, NginxRedirectConfig.Write(Table([.. sites.Reverse()]), BuiltIn));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        Assert.DoesNotContain('\r', expected.Text);
        Assert.EndsWith("}\n", expected.Text, StringComparison.Ordinal);
        Assert.True(expected.Text.All(char.IsAscii));
    }

    [Theory]
    [InlineData(1, 15, 2048, 256)]
    [InlineData(1024, 30, 2048, 256)]
    [InlineData(1025, 30, 4096, 256)]
    [InlineData(10_000, 40, 32768, 256)]
    [InlineData(10_000, 253, 32768, 576)]
    public void The_hash_has_room_for_twice_the_names_and_two_of_the_longest_in_a_bucket(int count, int longest, int size, int bucket)
    {
        Assert.Equal(new MapHash(size, bucket), MapHash.For(count, longest));
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(1025, true)]
    public void A_path_longer_than_any_is_refused(int length, bool refused)
    {
        var settings = new ApexRedirectSettings { AcmeRoot = "/" + new string('a', length - 1) };
        var error = Record.Exception(() => NginxRedirectConfig.Write(ApexSites.Acme(), settings));
        Assert.Equal(refused ? ErrorIds.ApexRedirectInvalid : null, (error as HostingException)?.ErrorId);
    }

    [Theory]
    [InlineData("/etc/$host", "/a")]
    [InlineData("/etc/{domain}\"; include /etc/passwd; #", "/a")]
    [InlineData("etc/{domain}", "/a")]
    [InlineData("/etc/{domain}", "/a\n}")]
    [InlineData("/etc/{domain}", "/a b")]
    [InlineData("/etc/{domain}", "/höst")]
    [InlineData("/etc/{domain}", "/a/../b")]
    [InlineData("/etc/{domain}", "")]
    public void A_path_that_could_mean_more_is_refused(string certificates, string acmeRoot)
    {
        var settings = new ApexRedirectSettings { Certificates = certificates, AcmeRoot = acmeRoot };

        foreach (var write in new[] { () => NginxRedirectConfig.Write(Acme(), settings), () => CaddyRedirectConfig.Write(Acme(), settings) })
        {
            var error = Assert.Throws<HostingException>(() => write());
            Assert.Equal(ErrorIds.ApexRedirectInvalid, error.ErrorId);
            Assert.StartsWith("apex.redirect.", (string)error.Target!, StringComparison.Ordinal);
        }
    }

    private static IReadOnlyList<NginxSyntax.Directive> Parsed(ApexRedirectTable table, ApexRedirectSettings settings) =>
        NginxSyntax.Parse(NginxRedirectConfig.Write(table, settings).Text);
}
