using HostingOps.Engine.Dns;
using HostingOps.Engine.Dns.ZoneFiles;
using HostingOps.Engine.Dns.ZoneFiles.Import;

namespace HostingOps.Engine.Tests.Dns.ZoneFiles.Import;

public sealed class ZoneImportPlannerTests
{
    private static readonly HostedZoneReference Zone = new("Z1", "example.net", 10);

    [Theory]
    [InlineData("AAAA", "2001:DB8::1", "2001:db8:0::1")]
    [InlineData("CNAME", "Lb.Example.com", "lb.example.com.")]
    [InlineData("MX", "10  Mail.Example.com", "10 mail.example.com.")]
    [InlineData("TXT", "\"a\\073b\"", "\"a;b\"")]
    [InlineData("TXT", "\"a\"  \"b\"", "\"a\" \"b\"")]
    [InlineData("DS", "1 8 1 AABB", "1 8 1 aabb")]
    [InlineData("HTTPS", "1 . alpn=h2", "1 . alpn=\"h2\"")]
    public void Another_spelling_is_nothing_to_do(string type, string stored, string wanted) =>
        Assert.Empty(Decide([Set("x", type, stored)], [Set("x", type, wanted)]).Changes);

    [Theory]
    [InlineData("TXT", "\"a\" \"b\"", "\"ab\"")]
    [InlineData("TXT", "\"A\"", "\"a\"")]
    [InlineData("SRV", "1 1 1 a.", "1 1 2 a.")]
    [InlineData("SVCB", "1 . some-key=1", "1 . some-key=2")]
    public void Another_meaning_is_an_update(string type, string stored, string wanted)
    {
        var change = Assert.Single(Decide([Set("x", type, stored)], [Set("x", type, wanted)]).Changes);
        Assert.Equal((DnsChangeAction.Update, stored, wanted), (change.Action, change.Before[0].Values[0], change.After[0].Values[0]));
    }

    [Fact]
    public void Only_what_differs_of_a_name_is_in_its_one_change()
    {
        DnsRecordSet[] stored = [Set("x", "A", "192.0.2.1"), Set("x", "TXT", "\"same\""), Set("x", "MX", "1 a.")];
        var change = Assert.Single(Decide(stored, [Set("x", "A", "192.0.2.2"), Set("x", "TXT", "\"same\""), Set("x", "AAAA", "2001:db8::1")]).Changes);
        Assert.Equal(["A"], change.Before.Select(static set => set.Type));
        Assert.Equal(["A", "AAAA"], change.After.Select(static set => set.Type));
    }

    [Fact]
    public void What_the_file_lacks_is_told_and_deleted_only_when_pruned()
    {
        DnsRecordSet[] stored = [Set("x", "A", "192.0.2.1"), Set("y", "A", "192.0.2.1"), Set("y", "TXT", "\"t\"")];
        var careful = Decide(stored, [Set("y", "A", "192.0.2.1")]);
        Assert.Empty(careful.Changes);
        Assert.Equal(["x.example.net", "y.example.net"], careful.Notices.Select(static notice => notice.Record));
        var pruned = Decide(stored, [Set("y", "A", "192.0.2.1")], static facts => facts with { Prune = true });
        Assert.Empty(pruned.Notices);
        Assert.Equal([(DnsChangeAction.Delete, "A"), (DnsChangeAction.Delete, "TXT")], pruned.Changes.Select(static change => (change.Action, change.Before.Single().Type)));
    }

    [Fact]
    public void A_CNAME_makes_way_for_the_files_records_and_they_for_it()
    {
        var there = Assert.Single(Decide([Set("x", "CNAME", "a.")], [Set("x", "A", "192.0.2.1"), Set("x", "TXT", "\"t\"")]).Changes);
        Assert.Equal((1, 2, DnsChangeAction.Update), (there.Before.Count, there.After.Count, there.Action));
        var back = Assert.Single(Decide([Set("x", "A", "192.0.2.1"), Set("x", "TXT", "\"t\"")], [Set("x", "CNAME", "a.")]).Changes);
        Assert.Equal((2, 1), (back.Before.Count, back.After.Count));
    }

    [Fact]
    public void Sets_of_another_routing_policy_make_way_and_of_the_same_one_stay()
    {
        DnsRecordSet[] stored = [Weighted("a", 1), Weighted("b", 2)];
        var simple = Assert.Single(Decide(stored, [Set("w", "A", "192.0.2.1")]).Changes);
        Assert.Equal((2, 1), (simple.Before.Count, simple.After.Count));
        var one = Decide(stored, [Weighted("a", 9)]);
        Assert.Equal("a", Assert.Single(Assert.Single(one.Changes).Before).SetIdentifier);
        Assert.Equal(ZoneNoticeKind.NotInFile, Assert.Single(one.Notices).Kind);
    }

    [Fact]
    public void SOA_and_NS_of_the_apex_are_left_alone_unless_named_and_never_deleted()
    {
        DnsRecordSet[] stored = [Set("", "SOA", "a. b. 1 1 1 1 1"), Set("", "NS", "a.")];
        DnsRecordSet[] wanted = [Set("", "SOA", "a. b. 2 1 1 1 1"), Set("", "NS", "c.")];
        var left = Decide(stored, wanted);
        Assert.Empty(left.Changes);
        Assert.Equal(2, left.Notices.Count);
        var named = Assert.Single(Decide(stored, wanted, static facts => facts with { IncludeApex = ["NS"] }).Changes);
        Assert.Equal("NS", Assert.Single(named.Before).Type);
        Assert.Empty(Decide(stored, [], static facts => facts with { Prune = true, IncludeApex = ["SOA", "NS"] }).Changes);
        Assert.Equal("NS", Assert.Single(Assert.Single(Decide([Set("sub", "NS", "a.")], [Set("sub", "NS", "b.")]).Changes).After).Type);
    }

    [Theory]
    [InlineData("CNAME", "right.example.com", false)]
    [InlineData("A", "192.0.2.2", true)]
    public void Where_a_site_leads_is_left_to_failover(string type, string value, bool textIsMade)
    {
        DnsRecordSet[] stored = [Set("acme", "A", "192.0.2.1")];
        var facts = Led("acme.example.net", "acme");
        DnsRecordSet[] wanted = type == "A" ? [Set("acme", type, value), Set("acme", "TXT", "\"t\"")] : [Set("acme", type, value)];
        var left = Decide(stored, wanted, facts);
        Assert.Equal(textIsMade ? ["TXT"] : [], left.Changes.SelectMany(static change => change.After).Select(static set => set.Type));
        var notice = Assert.Single(left.Notices);
        Assert.Equal((ZoneNoticeKind.Unsupported, "acme"), (notice.Kind, notice.SiteName));
        var included = Assert.Single(Decide(stored, wanted, before => facts(before) with { IsIncluded = static name => name == "acme.example.net" }).Changes);
        Assert.Equal(("acme", "A"), (included.SiteName, Assert.Single(included.Before).Type));
    }

    [Fact]
    public void A_site_that_leads_nowhere_yet_is_created_and_one_that_the_file_lacks_is_not_pruned()
    {
        var facts = Led("acme.example.net", "acme");
        Assert.Equal(DnsChangeAction.Create, Assert.Single(Decide([], [Set("acme", "A", "192.0.2.1")], facts).Changes).Action);
        var pruned = Decide([Set("acme", "A", "192.0.2.1")], [], before => facts(before) with { Prune = true });
        Assert.Empty(pruned.Changes);
        Assert.Single(pruned.Notices);
        Assert.Empty(Decide([Set("acme", "A", "192.0.2.1")], [Set("acme", "A", "192.0.2.1")], facts).Notices);
    }

    [Fact]
    public void The_marker_is_created_and_never_taken_back_in_time()
    {
        DnsRecordSet old = Set("_hostingops", "TXT", "\"old\""), now = Set("_hostingops", "TXT", "\"now\"");
        Assert.Single(Decide([], [old]).Changes);
        Assert.Equal((0, 0), Counts(Decide([now], [old])));
        Assert.Equal((0, 0), Counts(Decide([now], [], static facts => facts with { Prune = true })));
    }

    [Fact]
    public void Traffic_policies_and_missing_health_checks_are_told_and_left()
    {
        var policy = Set("tp", "A", "192.0.2.1") with { TrafficPolicyInstanceId = "i-1" };
        Assert.Equal((0, 0), Counts(Decide([policy], [policy])));
        Assert.Equal((0, 1), Counts(Decide([policy], [Set("tp", "A", "192.0.2.2")])));
        Assert.Equal((0, 1), Counts(Decide([], [policy])));
        Assert.Equal((0, 0), Counts(Decide([policy], [], static facts => facts with { Prune = true })));
        var needy = Weighted("a", 1) with { HealthCheckId = "gone" };
        Assert.Equal((0, 1), Counts(Decide([Weighted("b", 1)], [needy], static facts => facts with { Prune = true, MissingHealthChecks = new HashSet<string> { "gone" } })));
    }

    [Fact]
    public void An_alias_goes_with_its_new_target_and_alone_when_that_is_there()
    {
        DnsRecordSet target = Set("t", "A", "192.0.2.1"), alias = new() { Name = "a.example.net", Type = "A", AliasTarget = "T.example.net.", AliasZoneId = "Z1", EvaluateTargetHealth = false };
        Assert.Equal(2, Assert.Single(Decide([], [target, alias]).Changes).After.Count);
        Assert.Equal("a.example.net", Assert.Single(Decide([target], [target, alias]).Changes).Record);
        Assert.Equal(2, Decide([], [target, alias with { AliasZoneId = "ZOTHER" }]).Changes.Count);
        var many = Enumerable.Range(0, 300).Select(number => alias with { Name = $"a{number}.example.net" });
        Assert.Equal(301, Decide([], [target, .. many]).Changes.Count);
    }

    [Fact]
    public void Who_owns_a_record_is_not_a_file_s_to_say_unless_nobody_does_yet()
    {
        DnsRecordSet claim = Set("_hostingops-owner.shop", "TXT", "\"hostingops/1 owner=a site=shop\""), other = claim with { Values = ["\"hostingops/1 owner=b site=shop\""] };
        Assert.Equal((1, 0), Counts(Decide([], [claim])));
        Assert.Equal((0, 0), Counts(Decide([claim], [claim])));
        Assert.Equal((0, 1), Counts(Decide([claim], [other])));
        Assert.Equal((0, 0), Counts(Decide([claim], [])));
        Assert.Equal((0, 1), Counts(Decide([claim], [], static facts => facts with { Prune = true })));
        Assert.Equal((1, 0), Counts(Decide([claim], [other], static facts => facts with { IsIncluded = static _ => true })));
        Assert.Equal(["shop.example.org"], new ZoneFile("example.net", [claim, Set("_hostingops", "TXT", "\"x\""), Set("shop", "A", "192.0.2.1")]).Rebase("example.org").RecordSets.Select(static set => set.Name));
    }

    private static (IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) Decide(
        DnsRecordSet[] stored, DnsRecordSet[] wanted, Func<ZoneImportFacts, ZoneImportFacts>? with = null)
    {
        var facts = new ZoneImportFacts { Zone = Zone, Stored = stored, Wanted = wanted };
        return ZoneImportPlanner.Decide(with?.Invoke(facts) ?? facts);
    }

    private static Func<ZoneImportFacts, ZoneImportFacts> Led(string record, string? site) => facts => facts with { Led = new Dictionary<string, string?> { [record] = site } };

    private static (int Changes, int Notices) Counts((IReadOnlyList<DnsRecordChange> Changes, IReadOnlyList<ZoneNotice> Notices) decided) => (decided.Changes.Count, decided.Notices.Count);

    private static DnsRecordSet Set(string label, string type, string value) =>
        new() { Name = label.Length == 0 ? "example.net" : label + ".example.net", Type = type, Ttl = 60, Values = [value] };

    private static DnsRecordSet Weighted(string identifier, long weight) => Set("w", "A", "192.0.2.1") with { SetIdentifier = identifier, Routing = new() { Weight = weight } };
}
