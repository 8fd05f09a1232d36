using System.Collections.Immutable;

namespace HostingOps.Sandbox.Route53;

/// <summary>A hosted zone with its record sets. Guarded by the store's lock.</summary>
internal sealed class HostedZone
{
    private readonly Queue<(DateTimeOffset ServedFrom, ImmutableSortedSet<RecordSet> Records)> underway = new();
    private ImmutableSortedSet<RecordSet> served;

    /// <summary>Makes a zone with the SOA and NS record sets that every zone has.</summary>
    public HostedZone(string id, RecordName name, string callerReference, string? comment)
    {
        Id = id;
        Name = name;
        CallerReference = callerReference;
        Comment = comment;
        served = ImmutableSortedSet.Create<RecordSet>(
            RecordSetOrder.Instance,
            new RecordSet { Name = name, Type = "NS", Ttl = 172800, Values = NameServers.Select(server => server + ".").ToList() },
            new RecordSet
            {
                Name = name,
                Type = "SOA",
                Ttl = 900,
                Values = [$"{NameServers[0]}. hostmaster.hostingops-sandbox.test. 1 7200 900 1209600 60"],
            });
        Records = served;
    }

    /// <summary>The name servers of every zone: names that resolve nowhere (RFC 6761 §6.2), for the sandbox is asked by address.</summary>
    public static IReadOnlyList<string> NameServers { get; } =
    [
        "ns-1.hostingops-sandbox.test", "ns-2.hostingops-sandbox.test", "ns-3.hostingops-sandbox.test", "ns-4.hostingops-sandbox.test",
    ];

    /// <summary>The id without <c>/hostedzone/</c>.</summary>
    public string Id { get; }

    /// <summary>The zone's name.</summary>
    public RecordName Name { get; }

    /// <summary>The caller's reference of its creation.</summary>
    public string CallerReference { get; }

    /// <summary>The comment, or null.</summary>
    public string? Comment { get; }

    /// <summary>The record sets as the API lists them, pending changes included.</summary>
    public ImmutableSortedSet<RecordSet> Records { get; private set; }

    /// <summary>Whether a write is being processed.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Puts a new state in place, which the name servers serve from a moment on.</summary>
    public void Change(ImmutableSortedSet<RecordSet> records, DateTimeOffset servedFrom)
    {
        Records = records;
        underway.Enqueue((servedFrom, records));
    }

    /// <summary>The record sets that the name servers know at a moment.</summary>
    public ImmutableSortedSet<RecordSet> Served(DateTimeOffset now)
    {
        while (underway.TryPeek(out var next) && next.ServedFrom <= now)
        {
            served = underway.Dequeue().Records;
        }

        return served;
    }
}
