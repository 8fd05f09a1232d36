namespace HostingOps.Engine.Alerts.Outbox;

/// <summary>Deliveries of a process whose state database can't be written. Bounded: the oldest give way.</summary>
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
            entries.AddRange(deliveries.Select(delivery => new Entry(delivery with { Id = ++last }) { DueAt = now }));
            if (entries.Count > Most)
            {
                entries.RemoveRange(0, entries.Count - Most);
            }
        }
    }

    /// <summary>Takes out all that is not being sent.</summary>
    public IReadOnlyList<Delivery> TakeAll()
    {
        lock (gate)
        {
            var free = entries.Where(static entry => entry.ClaimedUntil is null).ToList();
            entries.RemoveAll(free.Contains);
            return free.ConvertAll(static entry => entry.Delivery);
        }
    }

    /// <inheritdoc/>
    public Delivery? Claim(string channel, string? incidentId, DateTimeOffset now, TimeSpan lease)
    {
        lock (gate)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in entries.Where(entry => entry.Delivery.Channel == channel))
            {
                var incident = entry.Delivery.Alert.IncidentId;
                var mayGo = incidentId is null ? entry.DueAt <= now : incident == incidentId;
                if (seen.Add(incident) && mayGo && (entry.ClaimedUntil is null || entry.ClaimedUntil <= now))
                {
                    entry.ClaimedUntil = now + lease;
                    entry.Delivery = entry.Delivery with { Attempts = entry.Delivery.Attempts + 1 };
                    return entry.Delivery;
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
            if (entries.Find(entry => entry.Delivery.Id == id) is not { } entry)
            {
                return;
            }

            entry.ClaimedUntil = null;
            entry.DueAt = nextAttemptAt ?? now;
            if (outcome != AlertDeliveryOutcome.Waiting)
            {
                entries.Remove(entry);
            }
        }
    }

    /// <inheritdoc/>
    public void Release(long id)
    {
        lock (gate)
        {
            if (entries.Find(entry => entry.Delivery.Id == id) is { } entry)
            {
                entry.ClaimedUntil = null;
                entry.Delivery = entry.Delivery with { Attempts = entry.Delivery.Attempts - 1 };
            }
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue()
    {
        lock (gate)
        {
            return entries.Count == 0 ? null : entries.Min(static entry => entry.DueAt);
        }
    }

    private sealed class Entry(Delivery delivery)
    {
        public Delivery Delivery { get; set; } = delivery;

        public DateTimeOffset DueAt { get; set; }

        public DateTimeOffset? ClaimedUntil { get; set; }
    }
}
