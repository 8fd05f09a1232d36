namespace HostingOps.Engine.Dns;

/// <summary>Switches that go to Route 53 in one atomic request.</summary>
/// <param name="Number">Number within the operation, from 1.</param>
/// <param name="Switches">The switches.</param>
/// <param name="Lost">Numbers of the earlier requests that they were part of and whose answers were lost.</param>
internal sealed record SwitchBatch(int Number, IReadOnlyList<DnsSwitch> Switches, IReadOnlyList<int> Lost)
{
    /// <summary>ChangeResourceRecordSets: ResourceRecord elements per request.</summary>
    public const int MaxRecords = 1_000;

    /// <summary>ChangeResourceRecordSets: characters in all Value elements per request.</summary>
    public const int MaxCharacters = 32_000;

    // UPSERT counts twice on both limits; a marker is one TXT string of at most 255 characters and its quotes.
    private const int MarkerRecords = 2;
    private const int MarkerCharacters = 2 * 257;

    /// <summary>
    /// Packs the switches, in order, into as few batches as the limits allow. One site's records are never split:
    /// a dual-stack site moves as a whole.
    /// </summary>
    /// <param name="switches">The switches.</param>
    /// <param name="withMarker">Whether each batch carries the zone's marker.</param>
    /// <param name="firstNumber">Number of the first batch.</param>
    public static IReadOnlyList<SwitchBatch> Pack(IEnumerable<DnsSwitch> switches, bool withMarker, int firstNumber = 1)
    {
        var batches = new List<SwitchBatch>();
        var current = new List<DnsSwitch>();
        var (startRecords, startCharacters) = withMarker ? (MarkerRecords, MarkerCharacters) : (0, 0);
        var (records, characters) = (startRecords, startCharacters);
        foreach (var change in switches)
        {
            var (moreRecords, moreCharacters) = SizeOf(change);
            if (current.Count > 0 && (records + moreRecords > MaxRecords || characters + moreCharacters > MaxCharacters))
            {
                Close();
            }

            current.Add(change);
            records += moreRecords;
            characters += moreCharacters;
        }

        Close();
        return batches;

        void Close()
        {
            if (current.Count > 0)
            {
                batches.Add(new SwitchBatch(firstNumber + batches.Count, current, []));
                current = [];
                (records, characters) = (startRecords, startCharacters);
            }
        }
    }

    private static (int Records, int Characters) SizeOf(DnsSwitch change)
    {
        var sets = change.Before.Concat(change.After).ToArray();

        // An alias has no values; it is counted as one all the same.
        return (sets.Sum(static set => Math.Max(1, set.Values.Count)), sets.Sum(static set => set.Values.Sum(static value => value.Length)));
    }
}
