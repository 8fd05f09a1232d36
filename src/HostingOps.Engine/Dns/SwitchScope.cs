using HostingOps.Engine.Failover;

namespace HostingOps.Engine.Dns;

/// <summary>What a switcher's switches are about: which stored record sets take part in the comparison, and in which words it is told.</summary>
internal abstract class SwitchScope
{
    /// <summary>Sites: all address sets of the site's one name, simple ones only, for a dual-stack site moves as a whole.</summary>
    public static SwitchScope Sites { get; } = new SiteScope();

    /// <summary>Any record sets: exactly those that a switch names, whatever else stands at their names.</summary>
    public static SwitchScope Records { get; } = new RecordScope();

    /// <summary>What the switches are called.</summary>
    public abstract string Noun { get; }

    /// <summary>What to do when it is not known whether a switch happened.</summary>
    public abstract string WhenUnknown { get; }

    /// <summary>What to do when Route 53 dislikes a value.</summary>
    public abstract string WhenRefused { get; }

    /// <summary>Whether the zone's marker can tell who was first.</summary>
    public abstract bool HasMarker { get; }

    /// <summary>The activity under which requests are sent.</summary>
    public abstract string Activity { get; }

    /// <summary>The names whose record sets decide what became of a switch.</summary>
    public abstract IEnumerable<string> NamesOf(DnsSwitch change);

    /// <summary>Of all stored record sets, those that are compared with the switch's.</summary>
    public abstract IReadOnlyList<DnsRecordSet> StoredFor(DnsSwitch change, IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>> stored);

    /// <summary>The names of all those record sets, each once.</summary>
    public static IEnumerable<string> NamesOfSets(IReadOnlyList<DnsRecordSet> before, IReadOnlyList<DnsRecordSet> after) =>
        before.Concat(after).Select(static set => set.Name).Distinct(StringComparer.Ordinal);

    private sealed class SiteScope : SwitchScope
    {
        public override string Noun => "sites";

        public override string WhenUnknown => "Run Resume-SiteFailover: it reads the record and finishes or reports.";

        public override string WhenRefused => "Correct the record or the host's address in the inventory.";

        public override bool HasMarker => true;

        public override string Activity => MoveProgress.Switching;

        public override IEnumerable<string> NamesOf(DnsSwitch change) => [change.Record];

        public override IReadOnlyList<DnsRecordSet> StoredFor(DnsSwitch change, IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>> stored) =>
            DesiredRecords.AddressSetsOf(stored[change.Record]);
    }

    private sealed class RecordScope : SwitchScope
    {
        public override string Noun => "changes";

        public override string WhenUnknown => "Run the command again: it reads the zone and does only what is left.";

        public override string WhenRefused => "Correct the record where it comes from, and make a new plan.";

        public override bool HasMarker => false;

        public override string Activity => "Changing records";

        public override IEnumerable<string> NamesOf(DnsSwitch change) => NamesOfSets(change.Before, change.After);

        public override IReadOnlyList<DnsRecordSet> StoredFor(DnsSwitch change, IReadOnlyDictionary<string, IReadOnlyList<DnsRecordSet>> stored)
        {
            var own = change.Before.Concat(change.After).Select(Key).ToHashSet();
            return [.. NamesOf(change).SelectMany(name => stored[name]).Where(set => own.Contains(Key(set)))];
        }

        private static (string Name, string Type, string? Identifier) Key(DnsRecordSet set) => (set.Name, set.Type, set.SetIdentifier);
    }
}
