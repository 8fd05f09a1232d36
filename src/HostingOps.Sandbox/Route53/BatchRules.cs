using System.Collections.Immutable;
using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox.Route53;

/// <summary>
/// Judges a whole batch against a zone and gives the zone's new state, or every complaint at once (InvalidChangeBatch).
/// Nothing is changed here.
/// </summary>
internal sealed class BatchRules(HostedZone zone, Func<string, HostedZone?> findZone, int quota)
{
    private const int MaximumRecords = 1000;
    private const int MaximumCharacters = 32000;
    private const int MaximumValues = 400;

    private readonly List<string> messages = [];

    /// <summary>The record sets after the batch.</summary>
    /// <exception cref="ApiException">InvalidChangeBatch, with all messages.</exception>
    public ImmutableSortedSet<RecordSet> Apply(ChangeBatch batch)
    {
        CheckLimits(batch);
        CheckOnceEach(batch);
        ThrowIfAny();
        foreach (var change in batch.Changes)
        {
            CheckAlone(change);
        }

        ThrowIfAny();
        var builder = zone.Records.ToBuilder();
        foreach (var change in batch.Changes)
        {
            Carry(change, builder);
        }

        ThrowIfAny();
        var after = builder.ToImmutable();
        var written = batch.Changes.Where(change => change.Action != "DELETE").Select(change => change.RecordSet).ToList();
        messages.AddRange(new CoexistenceRules(zone, after, findZone).Problems(written));
        if (after.Count > quota)
        {
            messages.Add($"Exceeded limit MAX_RRSETS_BY_ZONE for zone: {zone.Id}");
        }

        ThrowIfAny();
        return after;
    }

    private void CheckLimits(ChangeBatch batch)
    {
        if (batch.RecordCount > MaximumRecords)
        {
            messages.Add($"Number of records limit of {MaximumRecords} exceeded.");
        }

        if (batch.CharacterCount > MaximumCharacters)
        {
            messages.Add($"RDATA character limit of {MaximumCharacters} exceeded.");
        }
    }

    /// <summary>A record set may be in a batch once, or twice as a DELETE and then a CREATE.</summary>
    private void CheckOnceEach(ChangeBatch batch)
    {
        var seen = new Dictionary<(string, string, string?), List<string>>();
        foreach (var (action, set) in batch.Changes)
        {
            var key = (set.Name.Text, set.Type, set.SetIdentifier);
            if (!seen.TryGetValue(key, out var actions))
            {
                seen[key] = actions = [];
            }

            actions.Add(action);
        }

        messages.AddRange(seen
            .Where(entry => entry.Value.Count > 1 && !entry.Value.SequenceEqual(["DELETE", "CREATE"], StringComparer.Ordinal))
            .Select(entry => $"The request contains an invalid set of changes for a resource record set '{entry.Key.Item2} {entry.Key.Item1}'"));
    }

    private void CheckAlone(RecordChange change)
    {
        var set = change.RecordSet;
        if (!set.Name.IsWithin(zone.Name))
        {
            messages.Add($"RRSet with DNS name {set.Name} is not permitted in zone {zone.Name}");
            return;
        }

        // A DELETE of a value with wrong syntax can only mismatch, and that is what it is told.
        if (change.Action == "DELETE")
        {
            return;
        }

        if (set.Type == "SOA" && !set.Name.Equals(zone.Name))
        {
            messages.Add($"RRSet of type SOA with DNS name {set.Name} is not permitted in zone {zone.Name}");
        }

        if (set.Values.Count > MaximumValues)
        {
            messages.Add($"Cannot have more than {MaximumValues} records in a RRSet.");
        }

        if (set.Type is "CNAME" or "SOA" && set.Values.Count > 1)
        {
            messages.Add($"RRSet of type {set.Type} with DNS name {set.Name} is not permitted to have more than one record.");
        }

        messages.AddRange(set.Values
            .GroupBy(value => value, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => $"Duplicate Resource Record: '{same.Key}'"));
        messages.AddRange(set.Values
            .Select(value => RecordValueRules.Problem(set.Type, value))
            .OfType<string>()
            .Select(problem => $"Invalid Resource Record: '{problem}'"));
    }

    private void Carry(RecordChange change, ImmutableSortedSet<RecordSet>.Builder builder)
    {
        var set = change.RecordSet;
        var exists = builder.TryGetValue(set, out var current);
        switch (change.Action)
        {
            case "DELETE" when !exists:
                messages.Add($"Tried to delete resource record set {set.Label} but it was not found");
                break;
            case "DELETE" when !current!.Matches(set):
                messages.Add($"Tried to delete resource record set {set.Label} but the values provided do not match the current values");
                break;
            case "DELETE":
                builder.Remove(current!);
                break;
            case "CREATE" when exists:
                messages.Add($"Tried to create resource record set {set.Label} but it already exists");
                break;
            default:
                builder.Remove(set);
                builder.Add(set);
                break;
        }
    }

    private void ThrowIfAny()
    {
        if (messages.Count > 0)
        {
            throw new ApiException(400, "InvalidChangeBatch", $"[{string.Join(", ", messages)}]");
        }
    }
}
