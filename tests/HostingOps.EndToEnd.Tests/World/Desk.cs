using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.World;

/// <summary>
/// An admin's machine: an empty home with a state database of its own, and the built agent and module, run as users run them.
/// </summary>
/// <param name="name">The machine's name, where the system lets a process have one of its own; null for the real one's.</param>
internal sealed class Desk(string? name = null) : IDisposable
{
    public TemporaryFolder Home { get; } = new();

    /// <summary>The state database; $HOSTINGOPS_STATE of everything that is run here.</summary>
    public string StatePath { get; set; } = "";

    /// <summary>Writes <c>hosting.yml</c> where the agent and the cmdlets find it without being told.</summary>
    public string WriteInventory(string yaml) => Home.Write("hosting.yml", yaml);

    public RunningProgram StartAgent(params string[] arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return name is null
            ? RunningProgram.Start(dotnet, [Agent(), .. arguments], Home.Path, Environ())
            : RunningProgram.Start(
                RealPart.Require("unshare"),
                ["--uts", RealPart.Require("sh"), "-c", $"hostname {name} && exec \"$@\"", "sh", dotnet, Agent(), .. arguments],
                Home.Path,
                Environ());
    }

    public async Task<ProgramRun> AgentAsync(params string[] arguments)
    {
        using var agent = StartAgent(arguments);
        return await agent.EndAsync();
    }

    /// <summary>The journal as <c>hostingops history --json</c> tells it.</summary>
    public async Task<System.Text.Json.JsonElement> HistoryAsync() => (await AgentAsync("history", "--json")).Ended(0).Json;

    /// <summary>Runs a script in a new real PowerShell that has imported the built module.</summary>
    public async Task<ProgramRun> PowerShellAsync(string script)
    {
        var file = Home.Write("script.ps1", $"$ErrorActionPreference = 'Stop'\nImport-Module '{RepositoryRoot.Combine("out", "HostingOps")}'\n{script}\n");
        using var shell = RunningProgram.Start(
            RealPart.Require("pwsh"), ["-NoProfile", "-NonInteractive", "-File", file], Home.Path, Environ());
        return await shell.EndAsync();
    }

    public void Dispose() => Home.Dispose();

    /// <summary>Whether a process may have a machine name of its own here.</summary>
    public static async Task<bool> CanBeNamedAsync()
    {
        if (RealPart.Find("unshare") is not { } unshare || RealPart.Find("hostname") is null || RealPart.Find("sh") is not { } sh)
        {
            return false;
        }

        using var folder = new TemporaryFolder();
        using var trial = RunningProgram.Start(unshare, ["--uts", sh, "-c", "hostname trial"], folder.Path, new Dictionary<string, string>());
        return (await trial.EndAsync()).Code == 0;
    }

    private Dictionary<string, string> Environ() => new()
    {
        ["HOME"] = Home.Path,
        ["HOSTINGOPS_STATE"] = StatePath.Length > 0 ? StatePath : Home.Combine("state.db"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
        ["NO_COLOR"] = "1",
    };

    // The agent's own output folder, of the configuration that these tests were built in.
    private static string Agent()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return RepositoryRoot.Combine("src", "HostingOps.Agent", "bin", configuration, "net10.0", "hostingops.dll");
    }
}
