namespace HostingOps.Engine.Watch.Incidents;

/// <summary>
/// Makes incidents of what is wrong: one for each cause, a site's within its host's, a host's within its provider's. Each is told
/// once when it begins and once when it ends; one that comes back soon is the same one. A pure function of what was held, what is
/// seen, and the time of both.
/// </summary>
internal sealed class IncidentBook
{
    private readonly Dictionary<(IncidentCause Cause, string Subject), IncidentEntry> held = [];
    private readonly List<IncidentNews> news = [];
    private readonly HashSet<string> dropped = new(StringComparer.Ordinal);
    private readonly IncidentTiming timing;
    private readonly Func<string> newId;

    private IncidentBook(IncidentTiming timing, Func<string> newId)
    {
        this.timing = timing;
        this.newId = newId;
    }

    /// <summary>Takes one look in.</summary>
    /// <param name="before">What was held: the open incidents, and those that ended not long ago.</param>
    /// <param name="sight">What is seen.</param>
    /// <param name="timing">How long to wait for what.</param>
    /// <param name="newId">Makes an incident's id.</param>
    public static IncidentTurn Turn(IReadOnlyList<IncidentEntry> before, TroubleSight sight, IncidentTiming timing, Func<string> newId) =>
        new IncidentBook(timing, newId).Run(before, sight);

    private IncidentTurn Run(IReadOnlyList<IncidentEntry> before, TroubleSight sight)
    {
        foreach (var entry in before.Where(entry => !IsOver(entry, sight.At)).OrderBy(static entry => entry.IsOpen).ThenBy(static entry => entry.Incident.OpenedAt))
        {
            held[entry.Key] = NotAhead(entry, sight.At);
        }

        var troubles = sight.Troubles.ToList();
        troubles.RemoveAll(narrow => sight.Troubles.Any(wide => narrow.IsPartOf(wide.Cause, wide.Subject)));
        var lingering = Linger(troubles, sight);
        foreach (var trouble in troubles.OrderByDescending(static trouble => trouble.Cause))
        {
            Meet(trouble, sight.At);
        }

        var seen = troubles.Select(static trouble => trouble.Key).ToHashSet();
        foreach (var entry in held.Values.Where(entry => entry.IsOpen && !seen.Contains(entry.Key) && !lingering.Contains(entry.Key) && !sight.Unclear.Contains(entry.Key)).ToList())
        {
            Miss(entry, sight);
        }

        foreach (var entry in held.Values.Where(entry => entry.IsOpen && !entry.IsTold && seen.Contains(entry.Key) && sight.At - entry.PendingSince >= timing.WaitOf(entry.Incident.Cause)).ToList())
        {
            Tell(IncidentNewsKind.Begun, entry with { IsTold = true, FormerEnd = null, FormerEnding = null });
        }

        return new IncidentTurn(held.Values.OrderBy(static entry => entry.Incident.OpenedAt).ThenBy(static entry => entry.Incident.Id, StringComparer.Ordinal).ToList(), news, dropped.ToList());
    }

    private bool IsOver(IncidentEntry entry, DateTimeOffset at) => at - entry.Incident.ClosedAt > timing.HoldDown;

    // After the clock was set back, what was seen before would be waited for until it has caught up.
    private static IncidentEntry NotAhead(IncidentEntry entry, DateTimeOffset at) => entry.PendingSince <= at && entry.SeenAt <= at && !(entry.QuietSince > at) ? entry : entry with
    {
        PendingSince = entry.PendingSince < at ? entry.PendingSince : at,
        SeenAt = entry.SeenAt < at ? entry.SeenAt : at,
        QuietSince = entry.QuietSince > at ? at : entry.QuietSince,
    };

    // A host that comes back does so site by site: the last ones are no incidents of their own yet.
    private HashSet<(IncidentCause Cause, string Subject)> Linger(List<Trouble> troubles, TroubleSight sight)
    {
        var lingering = new HashSet<(IncidentCause Cause, string Subject)>();
        foreach (var wide in held.Values.Where(static entry => entry.IsOpen && entry.Incident.Cause is IncidentCause.Host or IncidentCause.Provider or IncidentCause.Uplink))
        {
            if (wide.IsTold && troubles.TrueForAll(trouble => trouble.Key != wide.Key) && (sight.At - wide.SeenAt < timing.Grace || sight.Unclear.Contains(wide.Key))
                && troubles.RemoveAll(trouble => trouble.IsPartOf(wide.Incident.Cause, wide.Incident.Subject)) > 0)
            {
                lingering.Add(wide.Key);
            }
        }

        return lingering;
    }

    private void Meet(Trouble trouble, DateTimeOffset at)
    {
        if (held.TryGetValue(trouble.Key, out var known))
        {
            Absorb(trouble, at, null);
            var grown = Seen(known.IsOpen ? known : Reopened(known, at), trouble, at);
            held[grown.Key] = grown;
            if (grown.IsTold && grown.Severity > known.Severity)
            {
                Tell(IncidentNewsKind.Grown, grown);
            }

            return;
        }

        // The incident by which people heard of it first goes on as the wider one.
        var first = held.Values.Where(entry => entry.IsOpen && entry.Trouble.IsPartOf(trouble.Cause, trouble.Subject))
            .OrderByDescending(static entry => entry.IsTold).ThenBy(static entry => entry.Incident.OpenedAt).FirstOrDefault();
        Absorb(trouble, at, first);
        if (first is not null)
        {
            held.Remove(first.Key);
            var wider = Seen(first with { Incident = first.Incident with { Cause = trouble.Cause, Subject = trouble.Subject } }, trouble, at);
            held[wider.Key] = wider;
            if (wider.IsTold)
            {
                Tell(IncidentNewsKind.Grown, wider);
            }

            return;
        }

        held[trouble.Key] = new IncidentEntry
        {
            Incident = new HostingIncident
            {
                Id = newId(),
                Cause = trouble.Cause,
                Subject = trouble.Subject,
                Sites = trouble.Sites,
                Reason = trouble.Reason,
                OpenedAt = trouble.Since < at ? trouble.Since : at,
            },
            Trouble = trouble,
            Severity = trouble.Severity,
            PendingSince = at,
            SeenAt = at,
        };
    }

    // What is a part of something wider ends within it; who was told of it hears so.
    private void Absorb(Trouble wide, DateTimeOffset at, IncidentEntry? but)
    {
        foreach (var part in held.Values.Where(entry => entry.IsOpen && entry != but && entry.Trouble.IsPartOf(wide.Cause, wide.Subject)).ToList())
        {
            End(part, at, $"It is a part of this: {wide.Title}.");
        }
    }

    private void Miss(IncidentEntry entry, TroubleSight sight)
    {
        var quiet = entry with { QuietSince = entry.QuietSince ?? sight.At };
        held[entry.Key] = quiet;
        if (!entry.IsTold || sight.At - quiet.QuietSince >= timing.QuietOf(entry.Flaps))
        {
            End(quiet, sight.At, sight.Now.GetValueOrDefault(entry.Key) ?? "Nothing is seen of it any more.");
        }
    }

    private void End(IncidentEntry entry, DateTimeOffset at, string ending)
    {
        if (entry.IsTold)
        {
            Tell(IncidentNewsKind.Ended, entry with { IsTold = false, Incident = entry.Incident with { ClosedAt = at, Ending = ending } });
        }
        else if (entry.FormerEnd is { } end)
        {
            // It had come back, and went again before anybody was told.
            held[entry.Key] = entry with { Incident = entry.Incident with { ClosedAt = end, Ending = entry.FormerEnding }, FormerEnd = null, FormerEnding = null };
        }
        else
        {
            held.Remove(entry.Key);
            dropped.Add(entry.Incident.Id);
        }
    }

    private static IncidentEntry Reopened(IncidentEntry entry, DateTimeOffset at) => entry with
    {
        Incident = entry.Incident with { ClosedAt = null, Ending = null },
        FormerEnd = entry.Incident.ClosedAt,
        FormerEnding = entry.Incident.Ending,
        PendingSince = at,
        IsTold = false,
        Flaps = entry.Flaps + 1,
    };

    private static IncidentEntry Seen(IncidentEntry entry, Trouble trouble, DateTimeOffset at) => entry with
    {
        Incident = entry.Incident with
        {
            Reason = trouble.Reason,
            Sites = entry.Incident.Sites.Union(trouble.Sites, StringComparer.Ordinal).ToList(),
            OpenedAt = entry.FormerEnd is null && trouble.Since < entry.Incident.OpenedAt ? trouble.Since : entry.Incident.OpenedAt,
        },
        Trouble = trouble,
        Severity = trouble.Severity > entry.Severity ? trouble.Severity : entry.Severity,
        SeenAt = at,
        QuietSince = null,
    };

    private void Tell(IncidentNewsKind kind, IncidentEntry entry)
    {
        held[entry.Key] = entry;
        news.Add(new IncidentNews(kind, entry));
    }
}
