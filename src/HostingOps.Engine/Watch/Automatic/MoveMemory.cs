using System.Collections.Concurrent;

namespace HostingOps.Engine.Watch.Automatic;

/// <summary>When each site's move may be tried again, and what people have been told of it. Safe for several threads.</summary>
internal sealed class MoveMemory(AutomaticOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (int Tries, DateTimeOffset Next)> waits = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Site, string What), DateTimeOffset> told = new();
    private readonly ConcurrentDictionary<(string Operation, string Site), bool> moved = new();

    /// <summary>When the site may be tried again; null for at once.</summary>
    public DateTimeOffset? NextTry(string siteName) => waits.TryGetValue(siteName, out var wait) ? wait.Next : null;

    /// <summary>A try that did not move these sites: the next comes after a longer wait. What was tried together is due together again.</summary>
    public void Wait(params IEnumerable<string> siteNames)
    {
        var now = time.GetUtcNow();
        foreach (var siteName in siteNames)
        {
            waits.AddOrUpdate(
                siteName,
                _ => (1, now + options.FirstWait),
                (_, before) => (before.Tries + 1, now + WaitAfter(before.Tries)));
        }
    }

    /// <summary>A try that did not move these sites, for a reason that may be gone in a moment: other waits do not grow by it.</summary>
    public void WaitFor(TimeSpan wait, params IEnumerable<string> siteNames)
    {
        var next = time.GetUtcNow() + wait;
        foreach (var siteName in siteNames)
        {
            waits.AddOrUpdate(siteName, _ => (0, next), (_, before) => (before.Tries, next));
        }
    }

    /// <summary>What held the site back may be gone, or it is another outage: it may be tried at once.</summary>
    public void Forget(string siteName) => waits.TryRemove(siteName, out _);

    /// <summary>
    /// Whether people are to be told of that: any of these sites has not been within the resend interval, neither by this process
    /// nor, by the outbox, by an earlier one. Then all of them count as told now.
    /// </summary>
    /// <param name="siteNames">The sites.</param>
    /// <param name="what">The same for the same news.</param>
    /// <param name="resend">The interval.</param>
    /// <param name="lastTold">When an earlier process told it, or null.</param>
    public bool ShouldTell(IReadOnlyList<string> siteNames, string what, TimeSpan resend, Func<DateTimeOffset?> lastTold)
    {
        var now = time.GetUtcNow();
        if (siteNames.All(site => told.TryGetValue((site, what), out var at) && now - at < resend))
        {
            return false;
        }

        var isNew = siteNames.All(site => !told.ContainsKey((site, what)));
        foreach (var site in siteNames)
        {
            told[(site, what)] = now;
        }

        return !(isNew && lastTold() is { } before && now - before < resend);
    }

    /// <summary>People were told that an operation moved a site.</summary>
    public void ToldMoved(string operationId, string siteName) => moved.TryAdd((operationId, siteName), true);

    /// <summary>Whether this process told that an operation moved a site.</summary>
    public bool HasToldMoved(string operationId, string siteName) => moved.ContainsKey((operationId, siteName));

    private TimeSpan WaitAfter(int tries) =>
        TimeSpan.FromTicks(Math.Min(options.LongestWait.Ticks, options.FirstWait.Ticks << Math.Min(tries, 20)));
}
