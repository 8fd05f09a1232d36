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

