namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>
/// Deliveries of a process whose state database can't be written, also those that were sent or given up, until that can be written down:
/// the end of what was told is for those who were told. Bounded: what was sent gives way first, then the oldest.
/// </summary>
internal sealed class MemoryDeliveries : IDeliveryStore
{
    private const int Most = 1000;

    private readonly object gate = new();
    private readonly List<Entry> entries = [];
    private long last;

    /// <summary>Whether nothing is kept.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return entries.Count == 0;
            }
        }
    }

    /// <summary>Keeps deliveries; the ids are given here.</summary>
    public void Add(IEnumerable<Delivery> deliveries, DateTimeOffset now)
    {
        lock (gate)
        {
            entries.AddRange(deliveries.Select(delivery => new Entry(new KeptDelivery(delivery with { Id = ++last }, now))));
            Bound();
        }
    }

    /// <summary>Puts back what was taken out and could not be written down: as it was, and before what was added since.</summary>
    public void PutBack(IEnumerable<KeptDelivery> taken)
    {
        lock (gate)
        {
            entries.InsertRange(0, taken.Select(static kept => new Entry(kept)));
            Bound();
        }
    }

    /// <summary>The incidents of which something still waits here.</summary>
    public IReadOnlySet<string> WaitingIncidents()
    {
        lock (gate)
        {
            return entries.Where(static entry => entry.Waits).Select(static entry => entry.Incident).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>Takes out all but the incidents of which something is being sent: what follows that must stay behind it.</summary>
    public IReadOnlyList<KeptDelivery> TakeFree(DateTimeOffset now)
    {
        lock (gate)
        {
            var busy = entries.Where(entry => entry.ClaimedUntil > now).Select(static entry => entry.Incident).ToHashSet(StringComparer.Ordinal);
            var free = entries.FindAll(entry => !busy.Contains(entry.Incident));
            entries.RemoveAll(entry => !busy.Contains(entry.Incident));
            return free.ConvertAll(static entry => entry.Kept);
        }
    }

    /// <summary>Whether a channel was told, or is to be told, something of an incident that is kept here.</summary>
    public bool Knows(string channel, string incidentId)
    {
        lock (gate)
        {
            return entries.Exists(entry => entry.Kept.Delivery.Channel == channel && entry.Incident == incidentId);
        }
    }

    /// <inheritdoc/>
    public Delivery? Claim(string channel, string? incidentId, DateTimeOffset now, TimeSpan lease) => Claim(channel, incidentId, now, lease, static _ => false);

    /// <summary>The same, but what must wait for something elsewhere stays, and what is behind it.</summary>
    public Delivery? Claim(string channel, string? incidentId, DateTimeOffset now, TimeSpan lease, Func<Delivery, bool> mustWait)
    {
        lock (gate)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in entries.Where(entry => entry.Waits && entry.Kept.Delivery.Channel == channel))
            {
                var mayGo = incidentId is null ? entry.Kept.DueAt <= now : entry.Incident == incidentId;
                if (seen.Add(entry.Incident) && mayGo && (entry.ClaimedUntil is null || entry.ClaimedUntil <= now) && !mustWait(entry.Kept.Delivery))
                {
                    entry.ClaimedUntil = now + lease;
                    entry.Count(1);
                    return entry.Kept.Delivery;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public void End(long id, AlertDeliveryOutcome outcome, string answer, DateTimeOffset now, DateTimeOffset? nextAttemptAt)
    {
        lock (gate)
        {
            if (entries.Find(entry => entry.Kept.Delivery.Id == id) is not { } entry)
            {
                return;
            }

            entry.ClaimedUntil = null;
            entry.Kept = entry.Kept with { DueAt = nextAttemptAt ?? now, Answer = answer, Outcome = outcome, EndedAt = outcome == AlertDeliveryOutcome.Waiting ? null : now };
        }
    }

    /// <inheritdoc/>
    public void Release(long id)
    {
        lock (gate)
        {
            if (entries.Find(entry => entry.Kept.Delivery.Id == id) is { } entry)
            {
                entry.ClaimedUntil = null;
                entry.Count(-1);
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue()
    {
        lock (gate)
        {
            return entries.Where(static entry => entry.Waits).Min(static entry => (DateTimeOffset?)entry.Kept.DueAt);
        }
    }

    private void Bound()
    {
        while (entries.Count > Most)
        {
            entries.RemoveAt(Math.Max(0, entries.FindIndex(static entry => entry.Kept.Outcome == AlertDeliveryOutcome.Sent)));
        }
    }

    private sealed class Entry(KeptDelivery kept)
    {
        public KeptDelivery Kept { get; set; } = kept;

        public DateTimeOffset? ClaimedUntil { get; set; }

        public string Incident => Kept.Delivery.Alert.IncidentId;

        public bool Waits => Kept.EndedAt is null;

        public void Count(int tries) => Kept = Kept with { Delivery = Kept.Delivery with { Attempts = Kept.Delivery.Attempts + tries } };
    }
}
