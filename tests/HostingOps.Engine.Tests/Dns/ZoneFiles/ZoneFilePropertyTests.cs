using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HostingOps.Engine.Dns.Wire;
using HostingOps.Engine.Dns.ZoneFiles;
using HostingOps.Engine.Tests.Dns.Wire;

namespace HostingOps.Engine.Tests.Dns.ZoneFiles;

public sealed class ZoneFilePropertyTests
{
    private static readonly string[] Types = ["A", "AAAA", "CAA", "DS", "HTTPS", "MX", "NAPTR", "PTR", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"];

    private static readonly Gen<string> HostileText = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Where(static text => text is not null),
        Gen.Elements("\n", "\r\n$INCLUDE /etc/passwd", "\"\nevil 60 IN A 192.0.2.66\n", "; hostingops: {}", "\\", "\\\"", "\"", "\u2028", "\u0085", "}\n", "\t(", "\0", "𝄞", "'", "''\n- x", "*a", "!tag", "- ", ": ", "#"));

    private static readonly Gen<string> Name =
        from count in Gen.Choose(0, 3)
        from labels in DnsGenerators.Label.ArrayOf(count)
        select DnsName.FromLabels([.. labels, "example"u8.ToArray(), "test"u8.ToArray()]).ToLower().ToString();

    private static readonly Gen<DnsRecordSet> Set =
        from name in Name
        from type in Gen.Elements(Types)
        from data in DnsGenerators.StructuredData
        from hostile in HostileText.ArrayOf(2)
        from mode in Gen.Choose(0, 3)
        from ttl in Gen.Choose(0, int.MaxValue)
        from identifier in HostileText
        select Build(name, type, data, hostile, mode, ttl, identifier);

    [Fact]
    public void Any_zone_comes_back_exactly_from_both_forms() => Prop.ForAll(
        Set.ArrayOf(6).ToArbitrary(),
        static sets =>
        {
            var zone = Consistent(sets);
            foreach (var format in new[] { ZoneFileFormat.Bind, ZoneFileFormat.Yaml })
            {
                var (text, _) = ZoneFileText.Write(format, "example.test", zone);
                var read = ZoneFileText.Read(text, format, "other.test", "file");
                Assert.Equal(ZoneFileRoundTripTests.Exact(zone), ZoneFileRoundTripTests.Exact(read.RecordSets));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_name_or_value_escapes_its_line() => Prop.ForAll(
        Set.ToArbitrary(),
        static set =>
        {
            var (text, _) = ZoneFileText.Write(ZoneFileFormat.Bind, "example.test", Consistent([set]));

            // A head of four lines, a comment or not, and a record for each value or not.
            var lines = text.Split('\n', '\r', '\u0085', '\u2028')[4..^1];
            Assert.InRange(lines.Length, 1, 1 + set.Values.Count);
            Assert.All(lines, static line => Assert.False(line.StartsWith('$')));
            Assert.DoesNotContain('\0', text);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_zone_or_an_error_with_a_place() => Prop.ForAll(
        HostileText.ArrayOf(8).ToArbitrary(),
        static parts =>
        {
            foreach (var format in new[] { ZoneFileFormat.Bind, ZoneFileFormat.Yaml })
            {
                try
                {
                    _ = ZoneFileText.Read(string.Join(" ", parts), format, "example.test", "file");
                }
                catch (HostingException error)
                {
                    Assert.Equal(ErrorIds.ZoneFileInvalid, error.ErrorId);
                }
            }
        }).QuickCheckThrowOnFailure();

    private static DnsRecordSet Build(string name, string type, DnsRecordData data, string[] hostile, int mode, int ttl, string identifier)
    {
        var value = DnsRecordTypeText.Parse(type) == data.Type ? data.ToString() : null;
        IReadOnlyList<string> values = mode switch
        {
            0 when value is not null => [value],
            1 => [Quoted(hostile[0]), "\"" + new string('x', 255) + "\" " + Quoted(hostile[1])],
            _ => [hostile[0], hostile[1] + "2"],
        };
        var set = new DnsRecordSet { Name = name, Type = mode == 1 ? "TXT" : type, Ttl = ttl, Values = values };
        return mode == 3 && identifier.Length is > 0 and <= 128 ? set with { SetIdentifier = identifier, Routing = new() { Weight = 3 }, HealthCheckId = Kept(hostile[0]) } : set;
    }

    // XML holds no such characters, so that Route 53 can't either.
    private static string? Kept(string text) => Clean(text) is { Length: > 0 } clean ? clean : null;

    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(static rune => rune.Value is 9 or 10 or 13 or (>= 32 and not 0xFFFD and not 0xFFFE and not 0xFFFF)));

    private static string Quoted(string text)
    {
        var value = new StringBuilder("\"");
        foreach (var one in Encoding.UTF8.GetBytes(text).Take(200))
        {
            value.Append('\\').Append(Convert.ToString(one, 8).PadLeft(3, '0'));
        }

        return value.Append('"').ToString();
    }

    // What Route 53 could hold together: one set for each name, no value twice.
    private static DnsRecordSet[] Consistent(IEnumerable<DnsRecordSet> sets) =>
    [
        .. sets.DistinctBy(static set => set.Name).Select(static set => set with
        {
            Values = [.. set.Values.Select(Clean).Distinct(StringComparer.Ordinal)],
            SetIdentifier = set.SetIdentifier is null ? null : Kept(set.SetIdentifier) ?? "x",
        }),
    ];
}
