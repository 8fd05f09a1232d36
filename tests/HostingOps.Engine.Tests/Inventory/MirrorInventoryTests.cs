using HostingOps.Engine.Inventory;
using static HostingOps.Engine.Tests.Inventory.InventoryYaml;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class MirrorInventoryTests
{
    private const string Two = "  beta: { domain: beta.example, primary: do-1, secondary: li-1";

    [Fact]
    public void Every_part_arrives_in_the_model()
    {
        var mirror = Load(Site(
            "mirror: { connections: 8, requestsPerSecond: 2.5, maxPages: 100, maxDepth: 3, maxBytes: 1GiB, maxFileBytes: 2MiB, maxTime: 10m, timeout: 5s, robots: false, "
            + "assetHosts: [CDN.example.net, fonts.example.org., \"CDN.example.net:08443\", \"localhost:8081\", localhost], exclude: [\"/calendar/*\", \"/*logout*\"], start: [/landing/], headers: { Cookie: \"${ACME_COOKIE}\" }, userAgent: Acme/1.0, "
            + "maxAge: 2d, keep: 5, minPercent: 90, maxMissingPercent: 0.5, banner: true, folder: /var/mirrors/, reload: [systemctl, reload, caddy], certificates: \"/etc/ssl/{domain}\" }"))
            .Sites[0].Mirror!;

        Assert.Equal((8, 2.5, 100, 3, 1L << 30, 2L << 20), (mirror.Connections, mirror.RequestsPerSecond, mirror.MaxPages, mirror.MaxDepth, mirror.MaxBytes, mirror.MaxFileBytes));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(5), false), (mirror.MaxTime, mirror.Timeout, mirror.Robots));
        Assert.Equal(["cdn.example.net", "fonts.example.org", "cdn.example.net:8443", "localhost:8081", "localhost"], mirror.AssetHosts);
        Assert.Equal(["/calendar/*", "/*logout*"], mirror.Exclude);
        Assert.Equal(["/landing/"], mirror.Start);
        Assert.Equal("${ACME_COOKIE}", mirror.Headers["cookie"]);
        Assert.Equal(("Acme/1.0", TimeSpan.FromDays(2), 5, 90, 0.5, true), (mirror.UserAgent, mirror.MaxAge, mirror.Keep, mirror.MinPercent, mirror.MaxMissingPercent, mirror.Banner));
        Assert.Equal(("/var/mirrors", "/etc/ssl/{domain}"), (mirror.Folder, mirror.Certificates));
        Assert.Equal(["systemctl", "reload", "caddy"], mirror.Reload);
    }

    [Fact]
    public void Without_the_key_there_is_none_and_true_takes_what_is_built_in()
    {
        Assert.Null(Load(Good).Sites[0].Mirror);
        Assert.Null(Load(Site("mirror: false")).Sites[0].Mirror);
        Assert.Equal(MirrorSettings.Default, Load(Site("mirror: true")).Sites[0].Mirror);
    }

    [Fact]
    public void A_site_lays_its_own_over_the_defaults_or_has_none()
    {
        var sites = Load(And(
            Two + " }\n  gamma: { domain: gamma.example, primary: do-1, secondary: li-1, mirror: { keep: 9, reload: [] } }\n"
            + "  delta: { domain: delta.example, primary: do-1, secondary: li-1, mirror: false }\n"
            + "  zeta: { domain: zeta.example, primary: do-1, secondary: li-1, mirror: true }\n"
            + "defaults: { mirror: { keep: 4, requestsPerSecond: unlimited } }\n")).Sites;

        Assert.Equal([4, 4, 9, null, 4], sites.Select(static site => site.Mirror?.Keep));
        Assert.All(sites.Where(static site => site.Mirror is not null), static site => Assert.Null(site.Mirror!.RequestsPerSecond));
        Assert.Empty(sites[2].Mirror!.Reload);
        Assert.NotEmpty(sites[1].Mirror!.Reload);
    }

    [Fact]
    public void What_all_sites_share_is_written_once()
    {
        var yaml = InventoryWriter.Write(Load(And(Two + " }\ndefaults: { mirror: { keep: 4 } }\n")));
        Assert.Contains("  mirror: { keep: 4 }\nhosts:", yaml, StringComparison.Ordinal);
        Assert.Equal(1, yaml.Split("mirror:").Length - 1);

        yaml = InventoryWriter.Write(Load(And(Two + ", mirror: false }\ndefaults: { mirror: true }\n")));
        Assert.Contains("    mirror: true\n", yaml, StringComparison.Ordinal);
        Assert.Null(Load(yaml).Sites[1].Mirror);
    }

    [Fact]
    public void No_message_repeats_a_headers_value()
    {
        var finding = Single(And("defaults: { mirror: { headers: { Cookie: session=topsecret } } }\n"));

        Assert.DoesNotContain("topsecret", finding.ToString() + finding.Message + finding.SuggestedFix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1B")]
    [InlineData(1536, "1536B")]
    [InlineData(2048, "2KiB")]
    [InlineData(256L << 20, "256MiB")]
    [InlineData(3L << 40, "3TiB")]
    public void Sizes_are_written_shortly_and_read_back(long bytes, string text)
    {
        Assert.Equal(text, SizeText.Format(bytes));
        Assert.True(SizeText.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("MiB")]
    [InlineData("-1MiB")]
    [InlineData("1.5GiB")]
    [InlineData("4GB")]
    [InlineData("4 GiB")]
    [InlineData("99999999999999TiB")]
    public void What_is_no_size_is_not_read(string text) => Assert.False(SizeText.TryParse(text, out _));
}
