using System.Diagnostics;
using System.Security.Cryptography;
using HostingOps.Engine.Mirror.Transport;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>The scripts of the other host, in a shell of this machine: what they leave when something is wrong there, and in which order they go.</summary>
public sealed class FarSideScriptTests : IDisposable
{
    private const string Mark = "@mark";
    private const string Former = "20261121T083000Z";
    private const string Next = "20261122T083000Z";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly TemporaryFolder folder = new();

    public FarSideScriptTests()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The scripts are for Linux.");
        foreach (var program in (string[])["sh", "rsync", "flock", "sha256sum"])
        {
            RealPart.Require(program);
        }

        // Waits for a lock are over at once, and what tells that the script is alive ends soon after it.
        Fake("sleep", "[ \"$1\" = 1 ] && exec {0} 0.05\nexec {0} \"$@\" > /dev/null 2>&1");
    }

    private string Site => folder.Combine("acme");

    private string? Current => Path.GetFileName(new FileInfo(Path.Combine(Site, "current")).LinkTarget);

    private string Incoming => Path.Combine(Site, "generations", ".incoming-" + Next);

    private string? Loaded => File.Exists(Path.Combine(Site, ".loaded")) ? File.ReadAllText(Path.Combine(Site, ".loaded")).Trim() : null;

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("echo more > content/evil.html", "fail count 3")]
    [InlineData("ln -s /etc content/link", "fail strange ./content/link")]
    [InlineData("printf NEXT > content/index.html", "fail digest ./content/index.html: FAILED")]
    [InlineData("rm content/index.html; printf x > content/other.html", "fail digest ")]
    public async Task What_is_there_is_what_was_sent_or_it_never_becomes_current(string spoil, string why)
    {
        Become(Former);
        var files = Arrive();
        await SucceedAsync("sh", "-c", $"cd '{Incoming}' && {spoil}");

        Assert.StartsWith(why, (await FinishAsync(files))[^1], StringComparison.Ordinal);

        Assert.Equal((Former, Former), (Current, Loaded));
        Assert.Equal([".incoming-" + Next, Former], Generations());
    }

    [SkippableFact]
    public async Task A_first_generation_that_the_server_does_not_load_leaves_nothing_current()
    {
        var lines = await FinishAsync(Arrive(), reload: ["false"]);

        Assert.Equal("fail reload", lines[^1]);
        Assert.Equal((null, null), (Current, Loaded));
        Assert.Equal([".incoming-" + Next], Generations());
    }

    [SkippableFact]
    public async Task What_is_current_already_stays_when_the_server_does_not_load_it_again()
    {
        Become(Former);
        Become(Next);
        await File.WriteAllTextAsync(Path.Combine(Site, ".loaded"), Former);

        var lines = await FinishAsync(new SentFiles(new Dictionary<string, string>(), 0), reload: ["false"]);

        Assert.Equal("fail unloaded", lines[^1]);
        Assert.Equal((Next, Former), (Current, Loaded));
        Assert.Equal([Former, Next], Generations());
    }

    [SkippableFact]
    public async Task While_another_sending_is_under_way_nothing_is_touched()
    {
        Become(Former);
        var files = Arrive();
        using var other = Process.Start(new ProcessStartInfo(RealPart.Require("flock"), [Site, "sh", "-c", "echo held; exec sleep 600"]) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("held", await other.StandardOutput.ReadLineAsync().WaitAsync(Limit));

            Assert.Equal(["fail busy"], await FinishAsync(files));
            Assert.Equal(["fail busy"], await RunAsync(TransportScript.Prepare(Mark, Site, Next)));
        }
        finally
        {
            other.Kill(entireProcessTree: true);
        }

        Assert.Equal(Former, Current);
        Assert.Equal([".incoming-" + Next, Former], Generations());
    }

    [SkippableFact]
    public async Task Nothing_that_goes_on_running_keeps_the_lock()
    {
        var daemon = folder.Combine("daemon");
        try
        {
            var lines = await FinishAsync(Arrive(), reload: ["sh", "-c", $"sleep 600 & echo $! > '{daemon}'"]);

            Assert.Equal("end", lines[^1]);
            await SucceedAsync("flock", "-n", Site, "true");
        }
        finally
        {
            await RunAsync($"kill -KILL $(cat '{daemon}')\n");
        }
    }

    [SkippableFact]
    public async Task It_is_on_the_disk_before_it_becomes_current_and_there_is_a_current_one_at_any_moment()
    {
        Become(Former);
        var files = Arrive();
        var log = folder.Combine("log");
        foreach (var program in (string[])["sync", "mv", "ln", "sha256sum"])
        {
            Fake(program, $"printf '%s %s\\n' {program} \"$(readlink '{Site}/current')\" >> '{log}'\nexec {{0}} \"$@\"");
        }

        Assert.Equal("end", (await FinishAsync(files))[^1]);

        var expected = $"generations/{Former}\n";
        Assert.Equal($"sha256sum {expected}sync {expected}mv {expected}ln {expected}mv {expected}", await File.ReadAllTextAsync(log));
        Assert.Equal((Next, Next), (Current, Loaded));
    }

    [SkippableFact]
    public async Task Once_it_is_switched_it_goes_to_its_end_whoever_hangs_up()
    {
        Become(Former);

        // Its parent is what bounds its time, and the shell that runs the script is the parent of that.
        var lines = await FinishAsync(Arrive(), reload: ["sh", "-c", "script=$(awk '/^PPid/ { print $2 }' /proc/$PPID/status); kill -HUP $script; kill -INT $script; kill -TERM $script"]);

        Assert.Equal("end", lines[^1]);
        Assert.Equal((Next, Next), (Current, Loaded));
    }

    [SkippableFact]
    public async Task A_line_on_which_nobody_listens_any_more_does_not_stop_it()
    {
        Become(Former);
        var files = Arrive();
        var closed = folder.Combine("closed");

        // What this process ignores its shells would ignore as well; the one that ssh begins does not.
        await RunAsync(
            TransportScript.Finish(Mark, Site, Next, files, new MirrorSettings { Reload = ["true"] }, Patience),
            "sh", "-c", $"{{ until [ -e '{closed}' ]; do :; done; exec env --default-signal=PIPE sh -s; }} | {{ exec 0<&-; : > '{closed}'; }}");

        Assert.Equal((Next, Next), (Current, Loaded));
    }

    [SkippableFact]
    public async Task The_former_one_stays_however_old_it_is()
    {
        foreach (var id in (string[])["20261117T083000Z", "20261118T083000Z", "20261119T083000Z", "20261120T083000Z", "20261118T083000Z"])
        {
            Become(id);
        }

        var lines = await FinishAsync(Arrive(), keep: 1);

        Assert.Equal(["pruned 20261119T083000Z", "pruned 20261117T083000Z"], lines.Where(static line => line.StartsWith("pruned ", StringComparison.Ordinal)));
        Assert.Equal(["20261118T083000Z", "20261120T083000Z", Next], Generations());
    }

    [SkippableFact]
    public async Task What_was_taken_back_is_looked_through_anew_before_it_is_current_again()
    {
        Become(Next);
        Become(Former);

        Assert.Equal(["current " + Former, "loaded " + Former, "resumed", "done"], await RunAsync(TransportScript.Prepare(Mark, Site, Next)));

        Assert.Equal(Former, Current);
        Assert.Equal([".incoming-" + Next, Former], Generations());
    }

    private IEnumerable<string?> Generations() => Directory.GetFileSystemEntries(Path.Combine(Site, "generations")).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private void Become(string id)
    {
        Write(Path.Combine(Site, "generations", id), id);
        File.Delete(Path.Combine(Site, "current"));
        File.CreateSymbolicLink(Path.Combine(Site, "current"), "generations/" + id);
        File.WriteAllText(Path.Combine(Site, ".loaded"), id);
    }

    private SentFiles Arrive()
    {
        Write(Incoming, "next");
        return new(Directory.EnumerateFiles(Incoming, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(Incoming, file), static file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))).ToLowerInvariant()), 0);
    }

    private static void Write(string generation, string text)
    {
        var content = Directory.CreateDirectory(Path.Combine(generation, "content")).FullName;
        File.WriteAllText(Path.Combine(content, "index.html"), text);
        File.WriteAllText(Path.Combine(generation, "manifest.jsonl"), text);
    }

    private void Fake(string program, string body)
    {
        var real = RealPart.Require(program);
        Directory.CreateDirectory(folder.Combine("programs"));
        ProgramFile.Write(folder.Combine("programs/" + program), body.Replace("{0}", real, StringComparison.Ordinal));
    }

    private Task<List<string>> FinishAsync(SentFiles files, string[]? reload = null, int keep = 2) =>
        RunAsync(TransportScript.Finish(Mark, Site, Next, files, new MirrorSettings { Reload = reload ?? ["true"], Keep = keep }, Patience));

    private async Task SucceedAsync(params string[] command)
    {
        using var process = Process.Start(command[0], command[1..]);
        await process.WaitForExitAsync().WaitAsync(Limit);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>What the script says, as the one who sent it hears it.</summary>
    private async Task<List<string>> RunAsync(string script, params string[] command)
    {
        command = command.Length == 0 ? ["sh", "-s"] : command;
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder.Combine("programs")}:{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin";
        using var process = Process.Start(start)!;
        var saying = process.StandardOutput.ReadToEndAsync();
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Limit);
        return [.. (await saying.WaitAsync(Limit)).Split('\n').Where(static line => line.StartsWith(Mark + " ", StringComparison.Ordinal)).Select(static line => line[(Mark.Length + 1)..]).Where(static line => line != "alive")];
    }
}
