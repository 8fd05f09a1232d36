using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Tests.Failover;

public sealed class SiteWarningsTests
{
    private readonly Told told = new();

    [Fact]
    public void Five_thousand_sites_behind_one_cause_are_one_line_with_the_first_names()
    {
        var warnings = new SiteWarnings(told);
        for (var site = 1; site <= 5000; site++)
        {
            warnings.Add(ErrorIds.VerificationFailed, $"s{site}", "ns1 does not answer.");
        }

        warnings.Tell();
        warnings.Tell();

        Assert.Equal(["5000 sites (s1, s2, s3, s4, s5, …): ns1 does not answer."], told.Warnings);
    }

    [Fact]
    public void Causes_that_differ_are_told_in_order_and_too_many_of_a_kind_are_gathered()
    {
        var warnings = new SiteWarnings(told);
        warnings.Add(ErrorIds.ChangeNotInSync, "acme", "PENDING.");
        foreach (var site in new[] { "a", "b", "c", "d", "e" })
        {
            warnings.Add(ErrorIds.HookFailed, site, $"hook {site} failed.");
        }

        warnings.Tell();

        Assert.Equal(
            ["acme: PENDING.", "a: hook a failed.", "b: hook b failed.", "c: hook c failed.", "2 sites (d, e): the same kind of trouble (HookFailed); each result's Warnings says which."],
            told.Warnings);
    }

    private sealed class Told : IOperationReporter
    {
        public List<string> Warnings { get; } = [];

        public void Progress(OperationProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Warnings.Add(message);
    }
}
