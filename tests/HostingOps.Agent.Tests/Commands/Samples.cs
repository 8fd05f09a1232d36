namespace HostingOps.Agent.Tests.Commands;

/// <summary>Plans and results as the engine makes them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static SiteFailoverPlan Plan(string site = "acme", GateOutcome activeDown = GateOutcome.Passed) => new()
    {
        SiteName = site,
        Kind = FailoverKind.Failover,
        From = "do-1",
        To = "li-1",
        Zone = "sites.example.net",
        Gates =
        [
            new FailoverGate(GateName.RecordAsExpected, GateOutcome.Passed, "The record points to do-1, as the inventory says."),
            new FailoverGate(GateName.ActiveDown, activeDown, "do-1: 3 failures in a row, 3 needed: 203.0.113.10:443 refuses connections, and has done so for some time."),
        ],
        Change = new DnsSwitch
        {
            SiteName = site,
            Record = site + ".sites.example.net",
            Before = [Record(site, "203.0.113.10")],
            After = [Record(site, "198.51.100.7")],
        },
        Hooks = [new PlannedHook(HookStage.Promote, ["ssh", "deploy@198.51.100.7", "echo a b"], TimeSpan.FromSeconds(90))],
        PropagationSeconds = 60,
        CreatedAt = Noon,
    };

    public static FailoverResult Result(FailoverOutcome outcome, string site = "acme", string? operation = "op-1") => new()
    {
        OperationId = operation,
        SiteName = site,
        Kind = FailoverKind.Failover,
        Outcome = outcome,
        Reason = "Moved from do-1 to li-1, and proven.",
        From = "do-1",
        To = "li-1",
        Timeline =
        [
            new TimelineEntry(FailoverStep.Switch, Noon, 0.25, "Records point to li-1."),
            new TimelineEntry(FailoverStep.Verify, Noon, 1.5, "2 of 2 name servers answer with the new records, and li-1 serves the site: Answers 200."),
        ],
        StartedAt = Noon,
    };

    private static DnsRecordSet Record(string site, string address) =>
        new() { Name = site + ".sites.example.net", Type = "A", Ttl = 60, Values = [address] };
}
