using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Files;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class ApexRedirectConfigFileTests
{
    private static string Text => NginxRedirectConfig.Write(ApexSites.Acme(), ApexRedirectSettings.Default).Text;

    [Fact]
    public async Task The_file_is_the_text_in_UTF8_without_a_mark_and_nothing_else_is_left()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Combine("apex.conf");
        await AtomicFile.WriteAsync(path, "new\n", overwrite: true, CancellationToken.None);
        Assert.Equal("new\n", File.ReadAllText(path));

        await AtomicFile.WriteAsync(path, Text, overwrite: true, CancellationToken.None);

        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(Text), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Only_what_was_generated_and_left_alone_is_replaceable()
    {
        using var folder = new TemporaryFolder();
        var none = CancellationToken.None;
        await GeneratedConfigFile.DemandReplaceableAsync(folder.Combine("new.conf"), none);
        await GeneratedConfigFile.DemandReplaceableAsync(folder.Write("ours.conf", Text), none);

        var edited = await Assert.ThrowsAsync<HostingException>(() => GeneratedConfigFile.DemandReplaceableAsync(folder.Write("a.conf", Text + "# mine\n"), none));
        var foreign = await Assert.ThrowsAsync<HostingException>(() => GeneratedConfigFile.DemandReplaceableAsync(folder.Write("b.conf", "server { }\n"), none));

        Assert.Equal((ErrorIds.FileExists, ErrorIds.FileExists), (edited.ErrorId, foreign.ErrorId));
        Assert.Contains("was edited", edited.Message, StringComparison.Ordinal);
        Assert.Contains("did not write it", foreign.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_missing_or_in_the_way_is_told()
    {
        using var folder = new TemporaryFolder();

        var missing = await Assert.ThrowsAsync<HostingException>(() => AtomicFile.WriteAsync(folder.Combine("no/apex.conf"), Text, overwrite: true, CancellationToken.None));
        var inTheWay = await Assert.ThrowsAsync<HostingException>(() => GeneratedConfigFile.DemandReplaceableAsync(folder.Path, CancellationToken.None));

        Assert.Equal((ErrorIds.FileWriteFailed, ErrorIds.FileWriteFailed), (missing.ErrorId, inTheWay.ErrorId));
    }

    [SkippableFact]
    public async Task A_link_stays_a_link()
    {
        Skip.If(OperatingSystem.IsWindows(), "making a link may need a privilege there");
        using var folder = new TemporaryFolder();
        var real = folder.Write("real.conf", "old");
        var link = folder.Combine("link.conf");
        File.CreateSymbolicLink(link, real);

        await AtomicFile.WriteAsync(link, Text, overwrite: true, CancellationToken.None);

        Assert.Equal(real, new FileInfo(link).LinkTarget);
        Assert.Equal(Text, File.ReadAllText(real));
    }
}
