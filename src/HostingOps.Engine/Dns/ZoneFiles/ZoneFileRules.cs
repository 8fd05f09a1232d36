using HostingOps.Engine.Dns.Wire;

namespace HostingOps.Engine.Dns.ZoneFiles;

/// <summary>What record sets may stand beside each other in a hosted zone, judged on a whole file.</summary>
internal static class ZoneFileRules
{
    /// <summary>Reports what Route 53 would refuse.</summary>
    public static void Check(string zone, IReadOnlyList<PlacedRecordSet> sets, ZoneFileProblems problems)
    {
        var apex = DnsName.Parse(zone);
        var seen = new Dictionary<(string, string, string?), PlacedRecordSet>();
        foreach (var placed in sets)
        {
            var set = placed.Set;
            if (!DnsName.Parse(set.Name).IsAtOrBelow(apex))
            {
                Add(placed, $"'{set.Name}' is outside the zone '{zone}'.");
            }

            if (!seen.TryAdd((set.Name, set.Type, set.SetIdentifier), placed))
            {
                var first = seen[(set.Name, set.Type, set.SetIdentifier)];
                Add(placed, FormattableString.Invariant($"The {set.Type} record set of '{set.Name}' is there twice: the first one is in line {first.Line}."));
            }

            if (set.Type is "CNAME" or "SOA" && set.Values.Count > 1)
            {
                Add(placed, FormattableString.Invariant($"A {set.Type} record set has one value; '{set.Name}' has {set.Values.Count}."));
            }

            if (set.Type == "CNAME" && set.Name == zone)
            {
                Add(placed, "No CNAME may stand at a zone's apex (RFC 1034 §3.6.2); an alias can.");
            }

            if (set.Type == "SOA" && set.Name != zone)
            {
                Add(placed, "An SOA record stands at the zone's apex only.");
            }

            if (set.Values.Distinct(StringComparer.Ordinal).Count() != set.Values.Count)
            {
                Add(placed, $"The {set.Type} record set of '{set.Name}' has a value twice.");
            }
        }

        foreach (var name in sets.GroupBy(static placed => placed.Set.Name, StringComparer.Ordinal))
        {
            CheckTogether([.. name]);
        }

        void CheckTogether(PlacedRecordSet[] together)
        {
            if (together.FirstOrDefault(static placed => placed.Set.Type == "CNAME") is { } alone
                && together.FirstOrDefault(static placed => placed.Set.Type != "CNAME") is { } other)
            {
                var later = alone.Line > other.Line ? alone : other;
                Add(later, $"'{alone.Set.Name}' has a CNAME and a {other.Set.Type} record; a name with a CNAME has nothing else (RFC 1034 §3.6.2).");
            }

            foreach (var type in together.GroupBy(static placed => placed.Set.Type, StringComparer.Ordinal))
            {
                var kind = RoutingKind.Of(type.First().Set);
                if (type.FirstOrDefault(placed => RoutingKind.Of(placed.Set) != kind) is { } mixed)
                {
                    Add(mixed, $"The {type.Key} record sets of '{mixed.Set.Name}' are {kind ?? "simple"} and {RoutingKind.Of(mixed.Set) ?? "simple"}; all must have the same routing policy.");
                }
            }
        }

        void Add(PlacedRecordSet placed, string message) => problems.Add(placed.Line, placed.Column, message);
    }
}
