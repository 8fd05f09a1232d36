namespace HostingOps.Engine.Dns.Sync;

/// <summary>The plan that somebody has reviewed: its checksum, and itself when it is at hand to say what is different now.</summary>
/// <param name="Checksum">Its checksum.</param>
/// <param name="Plan">The plan, or null.</param>
public sealed record ReviewedPlan(string Checksum, ZoneChangePlan? Plan = null)
{
    private const int MostNames = 5;

    /// <summary>Refuses a plan that is not the reviewed one.</summary>
    /// <exception cref="HostingException">ZoneChangeRefused.</exception>
    public void EnsureIs(ZoneChangePlan now)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (!string.Equals(Checksum, now.Checksum, StringComparison.OrdinalIgnoreCase))
        {
            throw new HostingException(
                ErrorIds.ZoneChangeRefused,
                HostingErrorCategory.Conflict,
                now.Zone,
                $"The plan that was reviewed has the checksum {Checksum}, the one made now {now.Checksum}. {Difference(now)} Nothing was changed.",
                "Review the plan as it is now, and give its checksum, with the same sites, -Prune and -Adopt.");
        }
    }

    private string Difference(ZoneChangePlan now)
    {
        if (Plan is null)
        {
            return now.Changes.Count == 0
                ? "Now there is nothing to do."
                : FormattableString.Invariant($"Now there are {now.CreateCount} to create, {now.UpdateCount} to update and {now.DeleteCount} to delete: {Names(now.Changes)}.");
        }

        var then = Plan.Changes.ToDictionary(static change => change.Record, StringComparer.Ordinal);
        var records = now.Changes.Select(static change => change.Record).ToHashSet(StringComparer.Ordinal);
        (string Words, DnsRecordChange[] Changes)[] parts =
        [
            ("New in it", [.. now.Changes.Where(change => !then.ContainsKey(change.Record))]),
            ("No longer in it", [.. Plan.Changes.Where(change => !records.Contains(change.Record))]),
            ("Different", [.. now.Changes.Where(change => then.TryGetValue(change.Record, out var other) && !Same(other, change))]),
        ];
        return string.Join(" ", parts.Where(static part => part.Changes.Length > 0).Select(static part => $"{part.Words}: {Names(part.Changes)}."));
    }

    private static bool Same(DnsRecordChange left, DnsRecordChange right) =>
        left.SiteName == right.SiteName && left.Before.ToHashSet().SetEquals(right.Before) && left.After.ToHashSet().SetEquals(right.After);

    private static string Names(IReadOnlyList<DnsRecordChange> changes) =>
        string.Join(", ", changes.Take(MostNames).Select(static change => $"{change.Record} ({change.Action})"))
        + (changes.Count > MostNames ? FormattableString.Invariant($" and {changes.Count - MostNames} more") : "");
}
