using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Sync;

namespace HostingOps.Engine.Tests.Dns.Sync;

public sealed class OwnershipRecordTests
{
    private const string Name = "_hostingops-owner.acme.sites.example.net";

    [Fact]
    public void Its_form_is_the_one_that_is_documented()
    {
        var set = OwnershipRecord.ToRecordSet(Name, new RecordOwnership("agency", "acme"));

        Assert.Equal((Name, "TXT", 300L), (set.Name, set.Type, set.Ttl));
        Assert.Equal(["\"hostingops/1 owner=agency site=acme\""], set.Values);
    }

    [Fact]
    public void It_stands_before_the_record_whatever_the_record_is()
    {
        Assert.Equal(Name, OwnershipRecord.NameFor("acme.sites.example.net"));
        Assert.Equal("_hostingops-owner.*.sites.example.net", OwnershipRecord.NameFor("*.sites.example.net"));
        Assert.Equal("acme.sites.example.net", OwnershipRecord.RecordOf(Name));
        Assert.Null(OwnershipRecord.RecordOf("acme.sites.example.net"));
        Assert.Null(OwnershipRecord.RecordOf("_hostingops.sites.example.net"));
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(26, false)]
    public void A_label_of_its_own_leaves_the_labels_their_length_and_takes_18_bytes_of_the_name(int last, bool fits)
    {
        var record = $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', last)}.sites.example.net";

        Assert.Equal(fits ? 235 : 236, record.Length);
        Assert.Equal(fits, OwnershipRecord.NameFor(record) is not null);
    }

    [Fact]
    public void What_is_too_long_for_one_string_takes_several_and_is_read_back()
    {
        var ownership = new RecordOwnership(new string('a', 64), new string('ẞ', 64));
        var set = OwnershipRecord.ToRecordSet(Name, ownership);

        var value = Assert.Single(set.Values);
        var strings = value.Split("\" \"");
        Assert.Equal(3, strings.Length);
        Assert.All(strings, static text => Assert.InRange(text.Trim('"').Length, 1, 255));
        Assert.Equal(ownership, OwnershipRecord.Read([set], out var problem));
        Assert.Null(problem);
    }

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(
        Gen.Elements("agency", "a", "0-x_y.z").ToArbitrary(),
        Gen.NonEmptyListOf(Gen.Elements("a", "Z", "9", "é", "ı", "İ", "漢", "_", "-", ".")).Select(static parts => "s" + string.Concat(parts.Take(60))).ToArbitrary(),
        static (owner, site) =>
        {
            var read = OwnershipRecord.Read([OwnershipRecord.ToRecordSet(Name, new RecordOwnership(owner, site))], out var problem);
            return problem is null && read == new RecordOwnership(owner, site);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"v=spf1 -all\"")]
    [InlineData("\"hostingops/2 owner=agency site=acme\"")]
    [InlineData("\"hostingops/1\"")]
    [InlineData("\"hostingops/1 owner=agency\"")]
    [InlineData("\"hostingops/1 owner=agency owner=other site=acme\"")]
    [InlineData("\"hostingops/1 owner=agency site=acme site=blog\"")]
    [InlineData("\"hostingops/1 owner=Agency site=acme\"")]
    [InlineData("\"hostingops/1 owner=a%20b site=acme\"")]
    [InlineData("\"hostingops/1 owner=agency site=%1B%5B31m\"")]
    [InlineData("\"hostingops/1 owner=agency site=\"")]
    [InlineData("\"hostingops/1 owner=agency site=ac\\155e\"")]
    [InlineData("hostingops/1 owner=agency site=acme")]
    [InlineData("\"hostingops/1 owner=agency site=acme")]
    [InlineData("\"hostingops/1 owner=agency\"\" site=acme\"")]
    [InlineData("\"heritage=external-dns,external-dns/owner=default\"")]
    [InlineData("\"\"")]
    [InlineData("")]
    public void What_is_not_exactly_ours_to_read_is_nobodys_and_a_problem(string value)
    {
        var set = new DnsRecordSet { Name = Name, Type = "TXT", Ttl = 300, Values = [value] };

        Assert.Null(OwnershipRecord.Read([set], out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void Two_claims_at_one_name_are_a_problem_and_so_is_a_routing_policy()
    {
        var ours = OwnershipRecord.ToRecordSet(Name, new RecordOwnership("agency", "acme"));
        var theirs = OwnershipRecord.ToRecordSet(Name, new RecordOwnership("other", "acme"));

        Assert.Null(OwnershipRecord.Read([ours with { Values = [.. ours.Values, .. theirs.Values] }], out var both));
        Assert.NotNull(both);
        Assert.Null(OwnershipRecord.Read([ours with { SetIdentifier = "a", Routing = new DnsRoutingPolicy { Weight = 1 } }], out var routed));
        Assert.NotNull(routed);
        Assert.Null(OwnershipRecord.Read([ours, ours with { Type = "A", Values = ["192.0.2.1"] }], out var more));
        Assert.NotNull(more);
    }

    [Fact]
    public void No_record_set_is_no_owner_and_no_problem()
    {
        Assert.Null(OwnershipRecord.Read([], out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("agency", true)]
    [InlineData("0", true)]
    [InlineData("a.b_c-d", true)]
    [InlineData("", false)]
    [InlineData("Agency", false)]
    [InlineData("-a", false)]
    [InlineData("a b", false)]
    [InlineData("é", false)]
    public void An_owner_is_an_id(string text, bool isOwner) => Assert.Equal(isOwner, OwnershipRecord.IsOwner(text));
}
