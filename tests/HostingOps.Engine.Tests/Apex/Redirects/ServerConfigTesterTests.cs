using HostingOps.Engine.Apex.Redirects;
using HostingOps.Engine.WebServers;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Redirects;

public sealed class ServerConfigTesterTests
{
    [SkippableTheory]
    [InlineData(WebServerFormat.Nginx, "nginx")]
    [InlineData(WebServerFormat.Caddy, "caddy")]
    public async Task The_real_server_passes_what_is_generated(WebServerFormat format, string program)
    {
        var path = RealPart.Require(program);

        var test = await TestAsync(format, null);

        Assert.True(test.Outcome == ServerConfigTestOutcome.Passed, test.Output);
        Assert.Equal(path, test.Program);
    }

    [SkippableFact]
    public async Task Ten_thousand_long_names_fit_nginxs_hash_without_a_warning()
    {
        RealPart.Require("nginx");
        foreach (var count in new[] { 1, 500, 1024, 1025, 5000, 10_000, 16_500 })
        {
            var table = ApexSites.Table([.. ApexSites.Many(count)]);
            var test = await new ServerConfigTester(TimeProvider.System).TestAsync(WebServerFormat.Nginx, table, ApexRedirectSettings.Default, CancellationToken.None);

            Assert.True(test.Outcome == ServerConfigTestOutcome.Passed, test.Output);
            Assert.DoesNotContain("warn", test.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(WebServerFormat.Nginx, "nginx")]
    [InlineData(WebServerFormat.Caddy, "caddy")]
    public async Task Without_the_server_the_test_is_skipped_with_its_reason(WebServerFormat format, string program)
    {
        using var empty = new TemporaryFolder();

        var test = await TestAsync(format, empty.Path);

        Assert.Equal(ServerConfigTestOutcome.Skipped, test.Outcome);
        Assert.Contains($"no {program} on this machine", test.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_the_server_says_against_it_is_in_the_result()
    {
        using var folder = Fake("echo 'unknown directive' >&2; exit 1");

        var test = await TestAsync(WebServerFormat.Nginx, folder.Path);

        Assert.Equal((ServerConfigTestOutcome.Failed, "unknown directive"), (test.Outcome, test.Output));
    }

    [SkippableFact]
    public async Task The_server_is_given_a_scratch_folder_that_is_gone_afterwards()
    {
        using var folder = Fake("pwd; cat hostingops-apex.conf; exit 1");

        var test = await TestAsync(WebServerFormat.Nginx, folder.Path);

        var scratch = test.Output.Split('\n')[0];
        Assert.Contains("hostingops-apex-", scratch, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch));
        Assert.Contains("listen 127.0.0.1:", test.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("listen 80", test.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_stop_does_not_wait_for_a_server_that_hangs()
    {
        using var folder = Fake("echo $$ > \"$(dirname \"$0\")/began.new\"; mv \"$(dirname \"$0\")/began.new\" \"$(dirname \"$0\")/began\"; exec sleep 600");
        using var stop = new CancellationTokenSource();

        var test = TestAsync(WebServerFormat.Nginx, folder.Path, stop.Token);
        while (!File.Exists(folder.Combine("began")))
        {
            await Task.Delay(20);
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test);

        // It is not left behind either.
        var server = int.Parse(await File.ReadAllTextAsync(folder.Combine("began")), System.Globalization.CultureInfo.InvariantCulture);
        for (var tries = 0; tries < 600 && System.Diagnostics.Process.GetProcesses().Any(process => process.Id == server); tries++)
        {
            await Task.Delay(100);
        }

        Assert.DoesNotContain(System.Diagnostics.Process.GetProcesses(), process => process.Id == server);
    }

    [SkippableFact]
    public async Task A_server_that_hangs_is_a_failure_after_a_minute()
    {
        using var folder = Fake("touch \"$(dirname \"$0\")/began\"; exec sleep 600");
        var time = new ManualTimeProvider();

        var test = new ServerConfigTester(time, folder.Path).TestAsync(WebServerFormat.Nginx, ApexSites.Acme(), ApexRedirectSettings.Default, CancellationToken.None);
        while (!File.Exists(folder.Combine("began")))
        {
            await Task.Delay(20);
        }

        time.Advance(TimeSpan.FromSeconds(61));

        Assert.Contains("did not end within 60 s", (await test).Output, StringComparison.Ordinal);
    }

    private static Task<ServerConfigTest> TestAsync(WebServerFormat format, string? searchPath, CancellationToken cancellationToken = default) =>
        new ServerConfigTester(TimeProvider.System, searchPath).TestAsync(format, ApexSites.Acme(), ApexRedirectSettings.Default, cancellationToken);

    private static TemporaryFolder Fake(string script)
    {
        Skip.If(OperatingSystem.IsWindows(), "a shell script stands in for the server");
        var folder = new TemporaryFolder();
        var path = folder.Write("nginx", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
