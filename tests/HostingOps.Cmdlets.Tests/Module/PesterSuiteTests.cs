using HostingOps.Testing;
using Xunit.Abstractions;

namespace HostingOps.Cmdlets.Tests.Module;

/// <summary>The Pester suite on the packaged module in a real PowerShell, one result per test of it.</summary>
public sealed class PesterSuiteTests(ITestOutputHelper output)
{
    /// <summary>Runs the suite. Only when the tests run, never when they are listed or filtered out.</summary>
    public static TheoryData<PesterTest> Tests
    {
        get
        {
            using var suite = new PesterSuite();
            return new TheoryData<PesterTest>(Task.Run(suite.RunAsync).GetAwaiter().GetResult());
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Tests), DisableDiscoveryEnumeration = true)]
    public void In_PowerShell(PesterTest test)
    {
        output.WriteLine($"{test.Seconds:0.00} s in PowerShell");
        Skip.If(test.Result is "Skipped" or "Inconclusive", test.Message.Length > 0 ? test.Message : "The Pester test says -Skip.");
        Assert.True(test.Result == "Passed", $"{test.Result}: {test.Message}");
    }

    [Fact]
    public void A_file_without_results_is_a_failed_test() =>
        Assert.Equal("Failed", Assert.Single(PesterSuite.Read("A.Tests.ps1", [], 0, "")).Result);

    [SkippableTheory]
    [InlineData("Describe 'x' { }", 1, "No test was found in ")]
    [InlineData("Describe 'x' { It 'y' { Set-ItResult -Skipped -Because 'nginx is not there' } }", 0, "because nginx is not there")]
    [InlineData("Describe 'x' { It 'y' { 1 | Should -Be 2 } }", 1, "but got 1")]
    public async Task A_file_run_by_hand_fails_without_tests_and_tells_why_it_skips(string text, int exitCode, string told)
    {
        var pwsh = new PowerShellProcess(RealPart.Require("pwsh"));
        await PesterSuite.RequirePesterAsync(pwsh);
        using var folder = new TemporaryFolder();
        var file = folder.Write("A.Tests.ps1", text);

        var run = await pwsh.RunAsync(
            new Dictionary<string, string>(), "-File", RepositoryRoot.Combine("tests", "pester", "Run.ps1"), "-Path", file);

        Assert.True(run.ExitCode == exitCode, run.Output);
        Assert.Contains(told, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_failed_without_a_failed_test_is_a_failed_test()
    {
        var tests = PesterSuite.Read("A.Tests.ps1", ["""{"Name":"b: c","Result":"Passed","Message":"","Seconds":0.5}"""], 1, "broken");

        Assert.Equal(["A.Tests.ps1: b: c", "A.Tests.ps1"], tests.Select(test => test.Name));
        Assert.Equal(["Passed", "Failed"], tests.Select(test => test.Result));
        Assert.Contains("broken", tests[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tests_of_one_name_are_told_apart()
    {
        var test = new PesterTest("a", "Passed", "", 0);

        Assert.Equal(["a", "a #2", "b"], PesterSuite.Numbered([test, test, test with { Name = "b" }]).Select(numbered => numbered.Name));
    }
}

