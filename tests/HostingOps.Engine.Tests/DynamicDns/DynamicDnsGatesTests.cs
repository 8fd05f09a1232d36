using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.DynamicDns.Deciding;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class DynamicDnsGatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DynamicDnsRecord Settings = new() { Record = "office.sites.example.net", SettleCount = 3, SettleTime = TimeSpan.FromMinutes(2), Floor = TimeSpan.FromMinutes(5) };

    [Fact]
    public void What_is_settled_known_and_past_the_floor_is_written() => Assert.Null(Verdict(Good()));

    [Theory]
    [InlineData(2, 300, DynamicDnsOutcome.Waiting)]
    [InlineData(3, 119, DynamicDnsOutcome.Waiting)]
    [InlineData(3, 120, null)]
    public void It_must_have_been_seen_often_enough_and_long_enough(int count, int seconds, DynamicDnsOutcome? outcome) =>
        Assert.Equal(outcome, Verdict(Good() with { Settling = new Settling("5.9.1.2", count, Now.AddSeconds(-seconds)) }));

    [Theory]
    [InlineData(-299, DynamicDnsOutcome.Waiting)]
    [InlineData(-300, null)]
    [InlineData(+200, DynamicDnsOutcome.Waiting)]
    [InlineData(+86400, null)]
    public void The_floor_holds_and_a_clock_that_was_wrong_does_not_bar_the_way_for_ever(int seconds, DynamicDnsOutcome? outcome) =>
        Assert.Equal(outcome, Verdict(Good() with { LastWrite = Now.AddSeconds(seconds) }));

    [Fact]
    public void A_stranger_in_the_record_is_left_alone_until_it_is_passed_by_name()
    {
        var facts = Good() with { Stored = [A("9.9.9.9")] };

        Assert.Equal(DynamicDnsOutcome.Refused, Verdict(facts));
        Assert.Null(Verdict(facts with { Overrides = [DynamicDnsGateName.RecordKnown] }));
        Assert.Null(Verdict(facts with { Known = null }));
    }

    [Fact]
    public void Nothing_passes_a_CNAME_an_alias_or_a_record_of_several_addresses()
    {
        var all = Enum.GetValues<DynamicDnsGateName>();
        foreach (var stored in new DnsRecordSet[]
        {
            new() { Name = Settings.Record, Type = "CNAME", Ttl = 60, Values = ["elsewhere.example"] },
            new() { Name = Settings.Record, Type = "A", AliasTarget = "elsewhere.example" },
            new() { Name = Settings.Record, Type = "A", Ttl = 60, Values = ["5.9.1.1"], SetIdentifier = "blue" },
            new() { Name = Settings.Record, Type = "AAAA", Ttl = 60, Values = ["2a01:4f8::1"], SetIdentifier = "blue" },
            new() { Name = Settings.Record, Type = "A", Ttl = 60, Values = ["5.9.1.1", "5.9.1.9"] },
        })
        {
            Assert.Equal(DynamicDnsOutcome.Refused, Verdict(Good() with { Stored = [stored], Known = null, Overrides = all }));
        }
    }

    [Fact]
    public void An_uplink_that_is_not_published_keeps_the_record()
    {
        var facts = Good() with { Uplink = new UplinkSettings { Name = "4g", Publish = false } };

        Assert.Equal(DynamicDnsOutcome.Waiting, Verdict(facts));
        Assert.Null(Verdict(facts with { Overrides = [DynamicDnsGateName.Uplink] }));
        Assert.Null(Verdict(facts with { Uplink = new UplinkSettings { Name = "4g", Publish = true } }));
    }

    [Fact]
    public void What_is_in_order_is_unchanged_whatever_else_holds()
    {
        Assert.Equal(DynamicDnsOutcome.Unchanged, Verdict(Good() with { Stored = [A("5.9.1.2")], Settling = null, LastWrite = Now }));
        Assert.Null(Verdict(Good() with { Stored = [A("5.9.1.2") with { Ttl = 3600 }] }));
    }

    [Fact]
    public void No_facts_and_no_overrides_write_an_address_that_is_not_believed()
    {
        var facts =
            from settled in Gen.Elements(0, 1, 2, 3, 4)
            from seconds in Gen.Choose(-600, 600)
            from floor in Gen.Choose(-100000, 100000)
            from there in Gen.Elements<string?>(null, "5.9.1.1", "5.9.1.2", "9.9.9.9")
            from known in Gen.Elements<string?>(null, "5.9.1.1", "5.9.1.2", "9.9.9.9")
            from publish in Gen.Elements<bool?>(null, true, false)
            from agreed in Gen.Elements(true, false)
            from overrides in Gen.SubListOf(Enum.GetValues<DynamicDnsGateName>())
            select Good() with
            {
                Observed = agreed ? Observed("5.9.1.2") : Observed(null),
                Settling = settled == 0 || !agreed ? null : new Settling("5.9.1.2", settled, Now.AddSeconds(-seconds)),
                LastWrite = floor > 90000 ? null : Now.AddSeconds(floor),
                Stored = there is null ? [] : [A(there)],
                Known = known,
                Uplink = publish is { } flag ? new UplinkSettings { Name = "4g", Publish = flag } : null,
                Overrides = [.. overrides],
            };
        Prop.ForAll(facts.ToArbitrary(), static facts =>
        {
            if (Verdict(facts) is not null)
            {
                return;
            }

            Assert.NotNull(facts.Observed.Address);
            Assert.True(Passed(DynamicDnsGateName.Settled) || (facts.Settling!.Count >= 3 && Now - facts.Settling.Since >= Settings.SettleTime));
            Assert.True(Passed(DynamicDnsGateName.Floor) || facts.LastWrite is not { } last || (Now - last).Duration() >= Settings.Floor);
            Assert.True(Passed(DynamicDnsGateName.Uplink) || facts.Uplink?.Publish != false);
            Assert.True(Passed(DynamicDnsGateName.RecordKnown) || facts.Known is null || facts.Present is null || facts.Present.Values[0] == facts.Known);

            bool Passed(DynamicDnsGateName gate) => facts.Overrides.Contains(gate);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Settling_counts_only_what_comes_in_a_row()
    {
        Prop.ForAll(Gen.ListOf(Gen.Elements<string?>("a", "b", null)).ToArbitrary(), static seen =>
        {
            Settling? settling = null;
            var at = Now;
            foreach (var one in seen)
            {
                settling = Settling.After(settling, one, at);
                at = at.AddMinutes(1);
            }

            var row = Enumerable.Reverse(seen).TakeWhile(one => one == seen.Last()).Count();
            Assert.Equal(seen.Count == 0 || seen.Last() is null ? null : row, settling?.Count);
            Assert.Equal(settling is null ? null : at.AddMinutes(-row), settling?.Since);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_beginning_in_the_future_begins_anew() =>
        Assert.Equal(new Settling("a", 1, Now), Settling.After(new Settling("a", 9, Now.AddDays(1)), "a", Now));

    [Fact]
    public void An_address_that_settled_was_seen_at_least_once_in_25_hours_on_average_and_one_seen_daily_settles()
    {
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 60 * 24 * 4)).ToArbitrary(), static gaps =>
        {
            var at = Now;
            Settling? settling = null;
            var row = 0;
            foreach (var minutes in gaps)
            {
                at = at.AddMinutes(minutes);
                settling = Settling.After(settling, "a", at);
                row = minutes > 25 * 60 && row <= 1 ? 1 : row + 1;
                Assert.True(at - settling!.Since <= TimeSpan.FromHours(25) * (settling.Count - 1));
                Assert.True(settling.Count <= row);
            }

            Assert.True(gaps.Any(static minutes => minutes > 25 * 60) || (settling?.Count ?? 0) == gaps.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
        Assert.Equal(new Settling("a", 1, Now), Settling.After(new Settling("a", 2, Now.AddDays(-30)), "a", Now));

        // Seen every few seconds for years.
        Assert.Equal(int.MaxValue, Settling.After(new Settling("a", int.MaxValue - 1, Now.AddYears(-300)), "a", Now)!.Count);
    }

    [Theory]
    [InlineData("\"hostingops/1 owner=them site=acme\"", "The record belongs to the inventory 'them' (site 'acme').")]
    [InlineData("\"hostingops/2 owner=us site=acme\"", "Whose the record is can't be told: its ownership record was written by another version of HostingOps.")]
    [InlineData("\"hostingops/1 owner=us site=acme\"", null)]
    public void A_record_that_another_inventory_claims_is_never_written(string claim, string? refusal)
    {
        var facts = Good() with
        {
            Owner = "us",
            Claim = [new DnsRecordSet { Name = "_hostingops-owner." + Settings.Record, Type = "TXT", Ttl = 300, Values = [claim] }],
            Overrides = Enum.GetValues<DynamicDnsGateName>(),
        };

        var gate = DynamicDnsGates.Evaluate(facts).Single(static gate => gate.Name == DynamicDnsGateName.RecordWritable);

        Assert.Equal(refusal is null ? (GateOutcome.Passed, "The record can be written.") : (GateOutcome.Refused, refusal), (gate.Outcome, gate.Reason));
        Assert.Equal(refusal is null ? null : DynamicDnsOutcome.Refused, Verdict(facts));
    }

    private static DynamicDnsOutcome? Verdict(DynamicDnsFacts facts) => DynamicDnsGates.Verdict(facts, DynamicDnsGates.Evaluate(facts))?.Outcome;

    private static DynamicDnsFacts Good() => new()
    {
        Settings = Settings,
        Observed = Observed("5.9.1.2"),
        Settling = new Settling("5.9.1.2", 3, Now.AddMinutes(-2)),
        Stored = [A("5.9.1.1")],
        Known = "5.9.1.1",
        LastWrite = Now.AddHours(-1),
        Now = Now,
    };

    private static PublicIpAddress Observed(string? address) =>
        new() { AddressFamily = PublicAddressFamily.IPv4, Address = address, Quorum = 2, Reason = "They say so.", CheckedAt = Now };

    private static DnsRecordSet A(string address) => new() { Name = Settings.Record, Type = "A", Ttl = 60, Values = [address] };
}
