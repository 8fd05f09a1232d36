using HostingOps.Engine.Apex.Publishing;
using HostingOps.Engine.Ssh;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Publishing;

/// <summary>An ssh that misbehaves.</summary>
public sealed class SshSessionTests
{
    private static readonly SshDestination Somewhere = new("admin", "redirector.example", null);

    [SkippableFact]
    public async Task What_it_leaves_running_with_its_stderr_open_is_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        RealPart.Require("setsid");
        using var folder = new TemporaryFolder();
        var pid = folder.Combine("pid");
        var ssh = Program(folder, $"setsid sleep 600 > /dev/null < /dev/null &\necho $! > '{pid}'\necho 'Host key verification failed.' >&2\nexit 255");
        var client = new SshClient(Somewhere, new SshOptions { Program = ssh, ConnectTimeout = TimeSpan.FromMinutes(10) }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<HostingException>(() => client.HostAsync(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2)));

        Assert.Equal(ErrorIds.SshHostKeyRejected, error.ErrorId);
        System.Diagnostics.Process.Start("kill", [(await File.ReadAllTextAsync(pid)).Trim()]).WaitForExit();
    }

    [SkippableFact]
    public async Task One_that_says_nothing_is_given_up()
    {
        Skip.If(OperatingSystem.IsWindows(), "a POSIX shell is needed");
        using var folder = new TemporaryFolder();
        var client = new SshClient(Somewhere, new SshOptions { Program = Program(folder, "exec sleep 600"), ConnectTimeout = TimeSpan.FromMilliseconds(200) }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<HostingException>(() => client.HostAsync(CancellationToken.None));

        Assert.Equal((ErrorIds.SshConnectionFailed, HostingErrorCategory.OperationTimeout), (error.ErrorId, error.Category));
    }

    [Fact]
    public void Host_keys_are_always_checked_and_nothing_is_asked_or_forwarded()
    {
        var options = new SshClient(Somewhere, new SshOptions(), TimeProvider.System).Options().ToList();

        foreach (var setting in new[]
        {
            "BatchMode=yes", "StrictHostKeyChecking=yes", "NoHostAuthenticationForLocalhost=no", "ControlPath=none", "ControlMaster=no", "ForwardAgent=no", "ForwardX11=no",
            "ClearAllForwardings=yes", "RemoteCommand=none", "RequestTTY=no", "ConnectTimeout=10", "ServerAliveInterval=5", "ServerAliveCountMax=3",
        })
        {
            Assert.Equal("-o", options[options.IndexOf(setting) - 1]);
        }

        Assert.DoesNotContain(options, static option => option.Contains("KnownHosts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a\"b")]
    [InlineData("a${HOME}")]
    [InlineData("a\nb")]
    public void A_known_hosts_file_that_ssh_would_read_as_something_else_is_refused(string file) => Assert.Equal(
        ErrorIds.InvalidArgument,
        Assert.Throws<HostingException>(() => new SshClient(Somewhere, new SshOptions { KnownHostsFile = file }, TimeProvider.System).Options().ToList()).ErrorId);

    private static string Program(TemporaryFolder folder, string body)
    {
        var path = folder.Write("ssh", "#!/bin/sh\n" + body + "\n");
        System.Diagnostics.Process.Start("chmod", ["+x", path]).WaitForExit();
        return path;
    }
}
