using HostingOps.Engine.State;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.State;

/// <summary>Plans and operations that the state tests write down.</summary>
internal static class Journals
{
    public const string Zone = "sites.example.net";

    public static ManualTimeProvider Clock() => new();

    public static StateDatabase Open(this TemporaryFolder folder, TimeProvider? time = null) =>
        StateDatabase.Open(folder.Combine("state.db"), time ?? Clock());

    public static SiteFailoverPlan Plan(string siteName, FailoverKind kind = FailoverKind.Failover) => new()
    {
        SiteName = siteName,
        Kind = kind,
        From = "do-1",
        To = "li-1",
        Zone = Zone,
        ZoneId = "Z1",
        CreatedAt = new DateTimeOffset(2026, 3, 1, 11, 59, 0, TimeSpan.Zero),
        Gates =
        [
            new FailoverGate(GateName.ActiveDown, GateOutcome.Passed, "3 of 3 probes failed"),
            new FailoverGate(GateName.Cooldown, GateOutcome.Overridden, "switched 4 min ago, the cooldown is 15 min"),
        ],
        OverrideReason = "the client is on the phone",
        Change = new DnsSwitch
        {
            SiteName = siteName,
            Record = $"{siteName}.{Zone}",
            Before = [Record(siteName, "203.0.113.10")],
            After = [Record(siteName, "198.51.100.7")],
        },
        Observations =
        [
            new SiteHealth
            {
                SiteName = siteName,
                Target = HealthTarget.Primary,
                Status = SiteStatus.Down,
                Reason = "connection refused",
                FailedPhase = ProbePhase.Connect,
                Timings = new ProbeTimings { Connect = 12.5, Total = 12.5 },
                CheckedAt = new DateTimeOffset(2026, 3, 1, 11, 58, 59, TimeSpan.Zero),
            },
        ],
        Hooks = [new PlannedHook(HookStage.Promote, ["ssh", "deploy@198.51.100.7", "sudo", "promote"], TimeSpan.FromSeconds(30))],
        PropagationSeconds = 60,
        InventoryPath = "/srv/hosting.yml",
    };

    public static JournalOperation Operation(params string[] sites) => new()
    {
        Kind = FailoverKind.Failover,
        By = "ada@desk",
        InventoryPath = "/srv/hosting.yml",
        Zone = Zone,
        ZoneId = "Z1",
        EndpointUrl = "http://127.0.0.1:4566",
        UndoOf = "01EARLIER",
        Sites = sites.Select(site => new JournalSite(site, Plan(site))).ToList(),
    };

    public static FailoverResult Result(string operationId, string siteName) => new()
    {
        OperationId = operationId,
        SiteName = siteName,
        Kind = FailoverKind.Failover,
        Outcome = FailoverOutcome.Succeeded,
        Reason = "switched and proven",
        ChangeId = "C1",
        Timeline = [new TimelineEntry(FailoverStep.Switch, new DateTimeOffset(2026, 3, 1, 12, 0, 1, TimeSpan.Zero), 0.25, "1 batch")],
        Warnings = ["fence failed"],
        StartedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
    };

    public static void Switch(this FailoverJournal journal, string operationId, string siteName)
    {
        journal.Append(operationId, siteName, FailoverStep.Switch, JournalMoment.Started);
        journal.Append(operationId, siteName, FailoverStep.Switch, JournalMoment.Done, "C1", """{"changeId":"C1"}""");
    }

    private static DnsRecordSet Record(string siteName, string address) =>
        new() { Name = $"{siteName}.{Zone}", Type = "A", Ttl = 60, Values = [address] };
}
