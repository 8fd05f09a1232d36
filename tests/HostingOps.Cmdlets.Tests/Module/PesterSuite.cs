using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using HostingOps.Testing;

namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>
/// Packages the module, unpacks it as a user would, and runs every tests/pester/*.Tests.ps1 on it, each in a pwsh of its own.
/// $HOSTINGOPS_MODULE names another module to run them on.
/// </summary>
internal sealed class PesterSuite : IDisposable
{
    private const string Suite = "The Pester suite";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>One entry per test of every file; one that tells why when there is nothing to run.</summary>
    public async Task<IReadOnlyList<PesterTest>> RunAsync()
    {
        try
        {
            var pwsh = new PowerShellProcess(RealPart.Require("pwsh"));
            await RequirePesterAsync(pwsh);
            var module = Environment.GetEnvironmentVariable("HOSTINGOPS_MODULE") is { Length: > 0 } named ? named : await PackageAsync(pwsh);

            var results = new ConcurrentDictionary<string, IReadOnlyList<PesterTest>>(StringComparer.Ordinal);
            await Parallel.ForEachAsync(
                Directory.GetFiles(RepositoryRoot.Combine("tests", "pester"), "*.Tests.ps1"),
                new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, 4) },
                async (file, _) => results[file] = await RunFileAsync(pwsh, module, file));
            return [.. results.OrderBy(result => result.Key, StringComparer.Ordinal).SelectMany(result => Numbered(result.Value))];
        }
        catch (SkipException absent)
        {
            // dotnet test shows the names of skipped tests, and their reasons only when asked.
            return [PesterTest.Skipped($"{Suite}: {absent.Message}", absent.Message)];
        }
        catch (Exception failure)
        {
            return [PesterTest.Failed(Suite, failure.Message)];
        }
    }

    /// <summary>What one run of a file gave. Whatever is not a proper result is a failed one.</summary>
    internal static IReadOnlyList<PesterTest> Read(string file, IEnumerable<string> lines, int exitCode, string output)
    {
        var tests = lines.Select(line => JsonSerializer.Deserialize<PesterTest>(line)!).Select(test => test with { Name = $"{file}: {test.Name}" }).ToList();
        if (tests.Count == 0)
        {
            return [PesterTest.Failed(file, $"It gave no results; exit code {exitCode}:\n{output}")];
        }

        if (exitCode != 0 && tests.TrueForAll(test => test.Result != "Failed"))
        {
            tests.Add(PesterTest.Failed(file, $"No test failed, but the run did; exit code {exitCode}:\n{output}"));
        }

        return tests;
    }

    /// <summary>Tests of one name get a number, so that each shows.</summary>
    internal static IEnumerable<PesterTest> Numbered(IEnumerable<PesterTest> tests) =>
        tests.GroupBy(test => test.Name).SelectMany(same => same.Select((test, index) => index == 0 ? test : test with { Name = $"{test.Name} #{index + 1}" }));

    internal static async Task RequirePesterAsync(PowerShellProcess pwsh)
    {
        const string NotThere = "pwsh is there, but it is older than 7.4 or has no module Pester 5.5 or later.";
        var (_, output) = await pwsh.RunAsync(
            new Dictionary<string, string>(),
            "-Command", "$PSVersionTable.PSVersion -ge '7.4' -and (Get-Module Pester -ListAvailable | Where-Object Version -ge '5.5').Count -gt 0");
        if (output.Contains("True", StringComparison.Ordinal))
        {
            return;
        }

        var required = (Environment.GetEnvironmentVariable("HOSTINGOPS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        Assert.False(required.Contains("pester", StringComparer.OrdinalIgnoreCase), $"{NotThere} HOSTINGOPS_REQUIRE asks for pester.");
        throw new SkipException(NotThere);
    }

    private async Task<string> PackageAsync(PowerShellProcess pwsh)
    {
        var (exitCode, output) = await pwsh.RunAsync(new Dictionary<string, string>(), "-File", RepositoryRoot.Combine("build.ps1"), "Package");
        Assert.True(exitCode == 0, $"build.ps1 Package ended with exit code {exitCode}:\n{output}");
        ZipFile.ExtractToDirectory(Assert.Single(Directory.GetFiles(RepositoryRoot.Combine("out", "package"), "*.zip")), folder.Path);
        return folder.Combine("HostingOps");
    }

    private async Task<IReadOnlyList<PesterTest>> RunFileAsync(PowerShellProcess pwsh, string module, string file)
    {
        var name = Path.GetFileName(file);
        var results = folder.Combine(name + ".jsonl");
        try
        {
            var (exitCode, output) = await pwsh.RunAsync(
                new Dictionary<string, string> { ["HOSTINGOPS_MODULE"] = module },
                "-File", RepositoryRoot.Combine("tests", "pester", "Run.ps1"), "-Path", file, "-ResultPath", results);
            return Read(name, File.Exists(results) ? await File.ReadAllLinesAsync(results) : [], exitCode, output);
        }
        catch (TimeoutException stuck)
        {
            return [PesterTest.Failed(name, stuck.Message)];
        }
    }
}
