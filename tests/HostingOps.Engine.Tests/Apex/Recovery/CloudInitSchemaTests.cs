using System.Diagnostics;
using HostingOps.Engine.Apex.Recovery;
using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.Tests.Apex.Redirects;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>What the real cloud-init says of the user data of a new redirector.</summary>
public sealed class CloudInitSchemaTests
{
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_valid_by_cloud_inits_own_schema(bool withConfiguration)
    {
        var cloudInit = RealPart.Require("cloud-init");
        using var folder = new TemporaryFolder();
        var config = withConfiguration ? NginxRedirectConfig.Write(ApexSites.Table([.. ApexSites.Many(40)]), new ApexRedirectSettings()).Text : null;
        var text = RecoveryUserData.Text(config, "/etc/nginx/conf.d/hostingops-apex.conf", [["apt-get", "-y", "install", "certbot"], ["sh", "-c", "it's \"quoted\": {x} # ü"]]);

        var (code, output) = await SchemaAsync(cloudInit, folder.Write("right.yml", text));
        Assert.True(code == 0, output);
        Assert.Contains("Valid", output, StringComparison.Ordinal);

        // The schema is one that says no.
        var (wrong, complaint) = await SchemaAsync(cloudInit, folder.Write("wrong.yml", text.Replace("\"permissions\": \"0644\"", "\"permissions\": 420", StringComparison.Ordinal).Replace("[\"sh\", ", "[{}, ", StringComparison.Ordinal)));
        Assert.True(wrong != 0, complaint);
    }

    private static async Task<(int Code, string Output)> SchemaAsync(string cloudInit, string file)
    {
        using var process = Process.Start(new ProcessStartInfo(cloudInit, ["schema", "--config-file", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
