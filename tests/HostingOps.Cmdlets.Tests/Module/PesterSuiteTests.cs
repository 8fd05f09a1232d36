using System.Diagnostics;
using System.Text.Json;
using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>The Pester suite in a real PowerShell, a file of it per test.</summary>
public sealed class PesterSuiteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static TheoryData<string> Files =>
        new(Directory.GetFiles(RepositoryRoot.Combine("tests", "pester"), "*.Tests.ps1").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public async Task Every_test_of_the_file_passes(string file)
    {
        var pwsh = RealPart.Require("pwsh");
        Skip.IfNot(await HasPesterAsync(pwsh), "pwsh is there, but its module Pester 5.5 or later is not.");
        using var folder = new TemporaryFolder();
        var results = folder.Combine("results.jsonl");

        var (exitCode, output) = await RunAsync(
            pwsh,
            "-NoProfile", "-NonInteractive", "-File", RepositoryRoot.Combine("tests", "pester", "Run.ps1"),
            "-Path", RepositoryRoot.Combine("tests", "pester", file), "-ResultPath", results);

        Assert.True(File.Exists(results), $"The suite wrote no results:\n{output}");
        var tests = File.ReadLines(results).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var failed = tests.Where(test => test.GetProperty("Result").GetString() == "Failed")
            .Select(test => $"{test.GetProperty("Name").GetString()}: {test.GetProperty("Message").GetString()}").ToList();
        Assert.True(failed.Count == 0, string.Join("\n\n", failed));
        Assert.Contains(tests, test => test.GetProperty("Result").GetString() == "Passed");
        Assert.Equal(0, exitCode);
    }

    private static async Task<bool> HasPesterAsync(string pwsh)
    {
        var (_, output) = await RunAsync(
            pwsh, "-NoProfile", "-NonInteractive", "-Command", "[bool](Get-Module Pester -ListAvailable | Where-Object Version -ge '5.5')");
        return output.Contains("True", StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
