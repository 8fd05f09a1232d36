using HostingOps.Engine.Mirror.Transport;
using HostingOps.Engine.Ssh;
using HostingOps.Engine.Tests.Mirror.Serving;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>What is said of a sending that broke, or met something else there, with an ssh and an rsync that do as the test says on this machine.</summary>
public sealed class LostSendingTests : IDisposable
{
    private const string Id = "20261122T083000Z";
    private readonly TemporaryFolder folder = new();

    public LostSendingTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The scripts are for Linux.");
        foreach (var program in (string[])["sh", "rsync", "flock"])
        {
            RealPart.Require(program);
        }
    }

    private string Far => folder.Combine("there/acme");

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(":", MirrorTransportOutcome.Failed, ErrorIds.SshConnectionFailed)]
    [InlineData("ln -sfn generations/" + Id + " current", MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown)]
    [InlineData("ln -sfn generations/" + Id + " current; echo other > .loaded", MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown)]
    [InlineData("ln -sfn generations/" + Id + " current; echo " + Id + " > .loaded", MirrorTransportOutcome.Sent, null)]
    public async Task Where_the_connection_is_lost_at_the_end_what_is_there_is_read_again(string done, MirrorTransportOutcome outcome, string? error)
    {
        // The second session is that of the script that finishes.
        var result = await SendAsync(ssh: $"if [ \"$call\" = 2 ]; then cd '{Far}' && {{ {done}; }}; exit 255; fi");

        Assert.Equal((outcome, error, 3), (result.Outcome, result.ErrorId, Calls("ssh")));
    }

    [SkippableFact]
    public async Task What_cannot_be_read_again_is_unknown()
    {
        var result = await SendAsync(ssh: "if [ \"$call\" -gt 1 ]; then exit 255; fi");

        // As often as a lost connection is made anew.
        Assert.Equal((MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown, 2 + 3), (result.Outcome, result.ErrorId, Calls("ssh")));
    }

    [SkippableTheory]
    [InlineData(12, 3)]
    [InlineData(23, 1)]
    public async Task Only_a_lost_connection_is_made_anew_and_so_often_as_said(int exitCode, int calls)
    {
        var result = await SendAsync(rsync: $"exit {exitCode}");

        Assert.Equal((MirrorTransportOutcome.Failed, ErrorIds.MirrorTransportFailed, calls), (result.Outcome, result.ErrorId, Calls("rsync")));
    }

    [SkippableFact]
    public async Task Who_is_not_let_in_any_more_is_not_asked_again()
    {
        var result = await SendAsync(rsync: "echo 'ops@there: Permission denied (publickey).' >&2; exit 255");

        Assert.Equal((MirrorTransportOutcome.Failed, ErrorIds.SshConnectionFailed, 1), (result.Outcome, result.ErrorId, Calls("rsync")));
    }

    [SkippableFact]
    public async Task Another_generation_of_the_same_name_is_not_taken_for_this_one()
    {
        Directory.CreateDirectory(Path.Combine(Far, "generations", Id));
        await File.WriteAllTextAsync(Path.Combine(Far, "generations", Id, "manifest.jsonl"), "another");
        File.CreateSymbolicLink(Path.Combine(Far, "current"), "generations/" + Id);
        await File.WriteAllTextAsync(Path.Combine(Far, ".loaded"), Id);

        var result = await SendAsync();

        Assert.Equal((MirrorTransportOutcome.Failed, 1, 0), (result.Outcome, Calls("ssh"), Calls("rsync")));
        Assert.Contains("it is not this one", result.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_script_that_was_killed_does_not_keep_the_line_busy_for_ever()
    {
        // The parent of what bounds its time is the shell that runs the script, and something else goes on saying that it is alive.
        var result = await SendAsync(rsync: $"cp -r '{folder.Combine("here")}/acme/generations/{Id}' '{Far}/generations/.incoming-{Id}'", reload: ["sh", "-c", "kill -9 $(awk '/^PPid/ { print $2 }' /proc/$PPID/status)"])
            .WaitAsync(TimeSpan.FromMinutes(3));

        Assert.Equal((MirrorTransportOutcome.Unknown, ErrorIds.ChangeOutcomeUnknown), (result.Outcome, result.ErrorId));
    }

    private int Calls(string program) => File.Exists(folder.Combine(program + ".calls")) ? File.ReadAllLines(folder.Combine(program + ".calls")).Length : 0;

    private async Task<MirrorTransportResult> SendAsync(string ssh = ":", string rsync = "exit 0", string[]? reload = null)
    {
        var mirror = new HandMadeMirror(folder.Combine("here"), id: Id).Page("/", "index.html");
        await mirror.CompleteAsync();
        Directory.CreateDirectory(folder.Combine("there"));

        // What tells that the script is alive says so at once, and not every ten seconds.
        Program("sleep", $"exec {RealPart.Require("sleep")} 0.1");
        var site = TestSites.Acme() with
        {
            Secondary = TestSites.Linode with { Ssh = "ops@there" },
            Mirror = new MirrorSettings { Folder = folder.Combine("there"), Reload = reload ?? ["true"] },
        };
        var options = new MirrorTransportOptions
        {
            // What it is to run is ssh's last argument.
            Ssh = new SshOptions { Program = Program("ssh", ssh + $"\nfor last; do :; done\nPATH='{folder.Path}':$PATH exec $last") },
            RsyncProgram = Program("rsync", rsync),
            Silence = TimeSpan.FromMinutes(2),
            Pause = TimeSpan.FromMilliseconds(1),
        };
        return await new MirrorTransport(options, SilentReporter.Instance, TimeProvider.System).SendAsync(site, mirror.Folder, mirror.Generation, mirror.Entries, CancellationToken.None);
    }

    private string Program(string name, string body) => ProgramFile.Write(folder.Combine(name), $"echo >> \"$0.calls\"\ncall=$(($(wc -l < \"$0.calls\")))\n{body}");
}
