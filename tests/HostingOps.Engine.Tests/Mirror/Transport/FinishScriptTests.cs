using System.Diagnostics;
using System.Security.Cryptography;
using HostingOps.Engine.Mirror.Transport;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Mirror.Transport;

/// <summary>The script that ends a sending on the other host, with what can break beneath it.</summary>
public sealed class FinishScriptTests : IDisposable
{
    private const string Former = "20261121T083000Z";
    private const string Sent = "20261122T083000Z";
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string> digests = [];

    public FinishScriptTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "It is a script for Unix.");
        RealPart.Require("flock");
        Put($"acme/generations/{Former}/content/index.html", "former");
        File.CreateSymbolicLink(Current, "generations/" + Former);
        Arrives("content/a.html", "a");
        Arrives("content/index.html", "sent");

        // What its watch waits by is not what the tests wait for.
        Program("sleep", "exec /bin/sleep 0.1");
    }

    private string Site => folder.Combine("acme");

    private string Current => folder.Combine("acme/current");

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task It_verifies_switches_loads_and_ends()
    {
        Assert.Equal(["step verify", "step switch", "step reload", "step prune", "end"], await RunAsync("true"));
        Assert.Equal("sent", await File.ReadAllTextAsync(Path.Combine(Current, "content", "index.html")));
    }

    [SkippableFact]
    public async Task A_disk_that_takes_a_part_of_the_list_only_does_not_let_pass_what_was_not_compared()
    {
        await File.WriteAllTextAsync(Path.Combine(Site, "generations", ".incoming-" + Sent, "content", "index.html"), "SENT");
        Program("cat", "head -n 1; exit 1");

        var said = await RunAsync("true");

        Assert.Equal("fail scratch", said[^1]);
        Assert.Equal("former", await File.ReadAllTextAsync(Path.Combine(Current, "content", "index.html")));
    }

    [SkippableFact]
    public async Task A_reload_without_end_is_ended_and_the_former_generation_is_back()
    {
        var said = await RunAsync("/bin/sleep", "600");

        Assert.Equal("fail reload", said[^1]);
        Assert.Equal("former", await File.ReadAllTextAsync(Path.Combine(Current, "content", "index.html")));
    }

    [SkippableFact]
    public async Task Where_the_former_generation_cannot_be_put_back_the_new_one_stays()
    {
        Program("ln", $"if [ -e '{Site}/ln' ]; then exit 1; fi; : > '{Site}/ln'; exec /bin/ln \"$@\"");

        var said = await RunAsync("false");

        Assert.Equal("fail unloaded", said[^1]);
        Assert.Equal("sent", await File.ReadAllTextAsync(Path.Combine(Current, "content", "index.html")));
    }

    [SkippableFact]
    public async Task Killed_it_leaves_nothing_behind_that_runs_on()
    {
        using var shell = Start(["/bin/sleep", "20"]);
        while (await shell.StandardOutput.ReadLineAsync().WaitAsync(Eventually.Patience) is { } line && !line.EndsWith("step reload", StringComparison.Ordinal))
        {
        }

        shell.Kill();

        // The end comes once nobody holds it open any more.
        await shell.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
    }

    private string Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Combine(name))!);
        return folder.Write(name, text);
    }

    private void Arrives(string file, string text)
    {
        var path = Put($"acme/generations/.incoming-{Sent}/{file}", text);
        digests[file] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))).ToLowerInvariant();
    }

    private void Program(string name, string body)
    {
        Directory.CreateDirectory(folder.Combine("bin"));
        ProgramFile.Write(folder.Combine("bin/" + name), body);
    }

    private async Task<string[]> RunAsync(params string[] reload)
    {
        using var shell = Start(reload);
        var said = await shell.StandardOutput.ReadToEndAsync().WaitAsync(Eventually.Patience);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.StartsWith("@mark ", StringComparison.Ordinal)).Select(static line => line["@mark ".Length..]).Where(static line => line != "alive")];
    }

    private Process Start(string[] reload)
    {
        var shell = Process.Start(new ProcessStartInfo("sh", ["-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["PATH"] = folder.Combine("bin") + ":" + Environment.GetEnvironmentVariable("PATH"), ["TMPDIR"] = folder.Path },
        })!;
        shell.StandardInput.Write(TransportScript.Finish("@mark", Site, Sent, new SentFiles(digests, 5), new MirrorSettings { Reload = reload }, TimeSpan.FromSeconds(1)));
        shell.StandardInput.Close();
        return shell;
    }
}
