using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;

namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class ConfigChecksumTests
{
    public static TheoryData<WebServerFormat> Formats => [WebServerFormat.Nginx, WebServerFormat.Caddy];

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_was_generated_is_known_and_states_its_checksum(WebServerFormat format)
    {
        var (text, checksum) = RedirectConfigs.Write(format, ApexSites.Acme(), ApexRedirectSettings.Default);

        Assert.Equal(ConfigOrigin.Generated, ConfigChecksum.Judge(text));
        Assert.Equal(checksum, ConfigChecksum.Stated(text));
        Assert.Matches("^[0-9a-f]{64}$", checksum);
        Assert.Equal($"# checksum: sha256 {checksum}", text.Split('\n')[1]);
    }

    [Fact]
    public void Any_change_of_one_character_shows()
    {
        var text = NginxRedirectConfig.Write(ApexSites.Acme(), ApexRedirectSettings.Default).Text;

        Prop.ForAll(Gen.Choose(0, text.Length - 1).ToArbitrary(), Gen.Elements('x', ' ', '\n', '#', '0', '\0').ToArbitrary(), (at, character) =>
        {
            var edited = text.Remove(at, 1).Insert(at, character.ToString());
            Assert.Equal(edited == text, ConfigChecksum.Judge(edited) == ConfigOrigin.Generated);
            Assert.NotEqual(ConfigOrigin.Generated, ConfigChecksum.Judge(text.Insert(at, character.ToString())));
            Assert.NotEqual(ConfigOrigin.Generated, ConfigChecksum.Judge(text[..at]));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Theory]
    [InlineData("")]
    [InlineData("server { listen 80; }\n")]
    [InlineData("# checksum: sha256 abc\n")]
    [InlineData("a\nb\nc\nd\ne\nf\n# checksum: sha256 0000000000000000000000000000000000000000000000000000000000000000\n")]
    public void Somebody_elses_file_is_foreign(string text)
    {
        Assert.Equal(ConfigOrigin.Foreign, ConfigChecksum.Judge(text));
        Assert.Null(ConfigChecksum.Stated(text));
    }

    [Fact]
    public void Line_ends_of_Windows_are_an_edit()
    {
        var text = NginxRedirectConfig.Write(ApexSites.Acme(), ApexRedirectSettings.Default).Text;

        Assert.NotEqual(ConfigOrigin.Generated, ConfigChecksum.Judge(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }
}
