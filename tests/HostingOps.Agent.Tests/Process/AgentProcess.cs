using System.Diagnostics;
using HostingOps.Testing;

namespace HostingOps.Agent.Tests.Process;

/// <summary>The built agent, run as users run it: as a process of its own, with an environment of its own.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly System.Diagnostics.Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private AgentProcess(System.Diagnostics.Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Close();
    }

    public int Id => process.Id;

    public static async Task<AgentRun> RunAsync(TemporaryFolder home, params string[] arguments)
    {
        using var agent = Start(home, null, arguments);
        return await agent.EndAsync();
    }

    public static AgentProcess Start(TemporaryFolder home, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Start(home, environment, Dotnet, [Built(), .. arguments]);

    /// <summary>Runs it in bash with something after its command line; the exit code is the agent's.</summary>
    public static AgentProcess StartInShell(TemporaryFolder home, IReadOnlyDictionary<string, string>? environment, string rest, params string[] arguments) =>
        Start(home, environment, RealPart.Require("bash"), ["-c", $"\"$@\" {rest}; exit ${{PIPESTATUS[0]}}", "bash", Dotnet, Built(), .. arguments]);

    /// <summary>Its command line for a shell.</summary>
    public static string CommandLine(params string[] arguments) => string.Join(' ', new[] { Dotnet, Built() }.Concat(arguments).Select(static word => $"'{word}'"));

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static AgentProcess Start(TemporaryFolder home, IReadOnlyDictionary<string, string>? environment, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = home.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Neither the inventory, the state nor the AWS account of whoever runs the tests.
        foreach (var name in start.Environment.Keys.Where(static name => name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("HOSTINGOPS_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = home.Path;
        start.Environment["HOSTINGOPS_STATE"] = home.Combine("state.db");
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new AgentProcess(System.Diagnostics.Process.Start(start)!);
    }

    public async Task<AgentRun> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(limit.Token);
        return new AgentRun(process.ExitCode, await output, await error);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    // The agent's own output folder, of the configuration that these tests were built in.
    private static string Built()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return RepositoryRoot.Combine("src", "HostingOps.Agent", "bin", configuration, "net10.0", "hostingops.dll");
    }
}
