using HostingOps.Engine.Dns.Changes;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Tests.Dns.Sync;

public sealed class ReviewedPlanTests
{
    private static readonly DnsRecordChange[] Reviewed = [New("a", "192.0.2.1"), New("b", "192.0.2.2"), New("c", "192.0.2.3")];

    [Fact]
    public void The_plan_that_was_reviewed_is_taken_whenever_it_is_made_again()
    {
        var now = Plan(Reviewed.Reverse());

        new ReviewedPlan(Plan(Reviewed).Checksum).EnsureIs(now with { CreatedAt = DateTimeOffset.MaxValue });
        new ReviewedPlan(now.Checksum.ToUpperInvariant(), Plan(Reviewed)).EnsureIs(now);
    }

    [Fact]
    public void Another_plan_is_refused_with_both_checksums_and_what_is_different()
    {
        var then = Plan(Reviewed);
        var now = Plan([Reviewed[0], New("b", "192.0.2.99"), New("d", "192.0.2.4")]);

        var error = Assert.Throws<HostingException>(() => new ReviewedPlan(then.Checksum, then).EnsureIs(now));

        Assert.Equal((ErrorIds.ZoneChangeRefused, HostingErrorCategory.Conflict), (error.ErrorId, error.Category));
        Assert.Contains(then.Checksum, error.Message, StringComparison.Ordinal);
        Assert.Contains(now.Checksum, error.Message, StringComparison.Ordinal);
        Assert.Contains("New in it: d.sites.example.net (Create).", error.Message, StringComparison.Ordinal);
        Assert.Contains("No longer in it: c.sites.example.net (Create).", error.Message, StringComparison.Ordinal);
        Assert.Contains("Different: b.sites.example.net (Create).", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_its_checksum_alone_the_refusal_tells_what_there_is_to_do_now()
    {
        var then = new ReviewedPlan(Plan(Reviewed).Checksum);

        Assert.Contains("Now there is nothing to do.", Assert.Throws<HostingException>(() => then.EnsureIs(Plan([]))).Message, StringComparison.Ordinal);
        var many = Assert.Throws<HostingException>(() => then.EnsureIs(Plan(Enumerable.Range(10, 9).Select(static number => New($"s{number}", "192.0.2.1")))));
        Assert.Contains("9 to create, 0 to update and 0 to delete: s10.sites.example.net (Create)", many.Message, StringComparison.Ordinal);
        Assert.Contains("and 4 more.", many.Message, StringComparison.Ordinal);
    }

    private static ZoneChangePlan Plan(IEnumerable<DnsRecordChange> changes) => ZoneChangePlans.Create(
        ZoneChangeKind.Sync, SyncWorld.Reference, 3, [.. changes], [], new ZoneChangePlanOptions(), DateTimeOffset.UnixEpoch, null);

    private static DnsRecordChange New(string name, string address) =>
        new() { Record = $"{name}.{SyncWorld.ZoneName}", Before = [], After = [SyncWorld.Record(name, "A", address)], Reason = "New." };
}
