namespace HostingOps.Engine.Watch.Incidents;

/// <summary>What a turn changed, to be written down.</summary>
/// <param name="Changed">Entries that are new or other than they were.</param>
/// <param name="Dropped">Ids of those that never were.</param>
internal sealed record IncidentChanges(IReadOnlyList<IncidentEntry> Changed, IReadOnlyList<string> Dropped)
{
    /// <summary>Nothing.</summary>
    public static IncidentChanges None { get; } = new([], []);

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Changed.Count == 0 && Dropped.Count == 0;

    /// <summary>
    /// What differs. That something was only seen once more is not written each time: a run of one turn, for which the times matter,
    /// writes whatever else has changed.
    /// </summary>
    public static IncidentChanges Between(IReadOnlyList<IncidentEntry> before, IncidentTurn turn)
    {
        var known = before.ToDictionary(static entry => entry.Incident.Id, StringComparer.Ordinal);
        return new IncidentChanges(turn.Held.Where(entry => !known.TryGetValue(entry.Incident.Id, out var old) || Differs(old, entry)).ToList(), turn.Dropped);
    }

    /// <summary>
    /// All that is held, with what these changes, which could not be written, ended or dropped: the rows of those would stay open, and
    /// no other incident of their cause could ever be written.
    /// </summary>
    /// <param name="later">What has changed since.</param>
    /// <param name="held">What is held now.</param>
    public IncidentChanges Then(IncidentChanges later, IReadOnlyList<IncidentEntry> held)
    {
        var known = held.Select(static entry => entry.Incident.Id).ToHashSet(StringComparer.Ordinal);
        return new IncidentChanges([.. held, .. Changed.Where(entry => !entry.IsOpen && !known.Contains(entry.Incident.Id))], [.. Dropped, .. later.Dropped]);
    }

    private static bool Differs(IncidentEntry old, IncidentEntry entry) =>
        old.IsTold != entry.IsTold || old.Flaps != entry.Flaps || old.QuietSince != entry.QuietSince || old.Severity != entry.Severity || old.FormerEnd != entry.FormerEnd
        || old.Key != entry.Key || old.Incident.ClosedAt != entry.Incident.ClosedAt || old.Incident.OpenedAt != entry.Incident.OpenedAt
        || old.Incident.Sites.Count != entry.Incident.Sites.Count || old.Trouble.Title != entry.Trouble.Title
        || entry.SeenAt - old.SeenAt > TimeSpan.FromMinutes(1);
}
